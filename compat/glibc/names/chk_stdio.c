/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fortified input of <stdio.h>. fgets(3) and its kin may be told a size that
 * is too large, as long as the line that comes is short enough.
 */
#include "names/fortify.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

/*
 * A line of at most max characters into room, newline included, terminated.
 * NULL if there was none or reading failed. The caller holds f's lock.
 */
static char *get_line(char *to, size_t room, size_t max, FILE *f)
{
	size_t n = 0;
	int c = 0;

	while (n < max && c != '\n') {
		c = getc_unlocked(f);
		if (c == EOF)
			break;
		need_room(n + 2, room);
		to[n++] = c;
	}
	if (!n || (c == EOF && ferror_unlocked(f)))
		return NULL;
	to[n] = '\0';
	return to;
}

char *__fgets_unlocked_chk(char *to, size_t room, int n, FILE *f)
{
	need_room(1, room);
	if (n <= 0)
		return NULL;
	if (n == 1) {
		*to = '\0';
		return to;
	}
	if ((size_t)n <= room)
		return fgets_unlocked(to, n, f);
	return get_line(to, room, n - 1, f);
}

char *__fgets_chk(char *to, size_t room, int n, FILE *f)
{
	char *line;

	flockfile(f);
	line = __fgets_unlocked_chk(to, room, n, f);
	funlockfile(f);
	return line;
}

char *__gets_chk(char *to, size_t room)
{
	char *line, *s;

	need_room(1, room);
	flockfile(stdin);
	/* The newline is read too but takes no room. */
	for (s = to;; s++) {
		int c = getc_unlocked(stdin);

		if (c == EOF || c == '\n') {
			line = c == EOF && s == to ? NULL : to;
			break;
		}
		need_room(s - to + 2, room);
		*s = c;
	}
	if (line)
		*s = '\0';
	if (ferror_unlocked(stdin))
		line = NULL;
	funlockfile(stdin);
	return line;
}

static wchar_t *get_wline(wchar_t *to, size_t room, size_t max, FILE *f)
{
	size_t n = 0;
	wint_t c = 0;

	while (n < max && c != L'\n') {
		c = getwc_unlocked(f);
		if (c == WEOF)
			break;
		need_room(n + 2, room);
		to[n++] = c;
	}
	if (!n || (c == WEOF && ferror_unlocked(f)))
		return NULL;
	to[n] = L'\0';
	return to;
}

wchar_t *__fgetws_unlocked_chk(wchar_t *to, size_t room, int n, FILE *f)
{
	need_room(1, room);
	if (n <= 0)
		return NULL;
	if (n == 1) {
		*to = L'\0';
		return to;
	}
	return get_wline(to, room, n - 1, f);
}

wchar_t *__fgetws_chk(wchar_t *to, size_t room, int n, FILE *f)
{
	wchar_t *line;

	flockfile(f);
	line = __fgetws_unlocked_chk(to, room, n, f);
	funlockfile(f);
	return line;
}

static void need_items(size_t size, size_t n, size_t room)
{
	size_t bytes;

	if (__builtin_mul_overflow(size, n, &bytes) || bytes > room)
		__chk_fail();
}

size_t __fread_chk(void *to, size_t room, size_t size, size_t n, FILE *f)
{
	need_items(size, n, room);
	return fread(to, size, n, f);
}

size_t __fread_unlocked_chk(void *to, size_t room, size_t size, size_t n,
			    FILE *f)
{
	need_items(size, n, room);
	return fread_unlocked(to, size, n, f);
}
