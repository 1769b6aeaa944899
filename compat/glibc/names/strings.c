/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions of <string.h>, <wchar.h> and <glob.h> that are glibc's alone. */
#include <glob.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* memchr(3) by a caller who knows that c is there. */
void *rawmemchr(const void *s, int c)
{
	return memchr(s, c, -1UL >> 1);
}

void *__rawmemchr(const void *s, int c)
{
	return rawmemchr(s, c);
}

wchar_t *wcschrnul(const wchar_t *s, wchar_t c)
{
	while (*s && *s != c)
		s++;
	return (wchar_t *)s;
}

wchar_t *wmempcpy(wchar_t *to, const wchar_t *from, size_t n)
{
	return wmemcpy(to, from, n) + n;
}

/* memfrob(3): reversed by a second call. */
void *memfrob(void *s, size_t n)
{
	unsigned char *p = s;

	while (n--)
		*p++ ^= 42;
	return s;
}

/* True if glob(3) would not take the pattern for one name; quote: \ quotes. */
int glob_pattern_p(const char *pattern, int quote)
{
	bool in_bracket = false;

	for (; *pattern; pattern++) {
		switch (*pattern) {
		case '?':
		case '*':
			return 1;
		case '\\':
			if (quote && pattern[1])
				pattern++;
			break;
		case '[':
			in_bracket = true;
			break;
		case ']':
			if (in_bracket)
				return 1;
			break;
		}
	}
	return 0;
}

char *canonicalize_file_name(const char *path)
{
	return realpath(path, NULL);
}
