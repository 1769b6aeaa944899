/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strftime(3) with GNU's conversions %k, %l and %P and its flags ^ and #, at
 * which musl gives up: it returns 0 and leaves the buffer undefined. They are
 * put into words that musl knows.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "layouts.h"

/* One conversion becomes this much of a format at most. */
#define LONGEST 128

size_t __glibc_strftime(char *buf, size_t size, const char *format,
			const struct tm *tm);

/* The text of a conversion in the other case, its % doubled. */
static char *other_case(char *out, char flag, char conversion,
			const struct tm *tm)
{
	char one[3] = {'%', conversion, 0}, text[LONGEST / 2];
	int lower = flag == '#' && strchr("pZ", conversion);
	size_t length = strftime(text, sizeof(text), one, tm);

	for (size_t i = 0; i < length; i++) {
		*out++ = lower ? tolower((unsigned char)text[i])
			       : toupper((unsigned char)text[i]);
		if (text[i] == '%')
			*out++ = '%';
	}
	return out;
}

static char *append(char *out, const char *text)
{
	size_t length = strlen(text);

	memcpy(out, text, length);
	return out + length;
}

static void translate(char *out, const char *p, const struct tm *tm)
{
	while (*p) {
		if (*p != '%' || !p[1]) {
			*out++ = *p++;
			continue;
		}
		p++;
		if (*p == 'k')
			out = append(out, "%_H");
		else if (*p == 'l')
			out = append(out, "%_I");
		else if (*p == 'P')
			out = append(out, tm->tm_hour >= 12 ? "pm" : "am");
		else if ((*p == '^' || *p == '#') && p[1] &&
			 strchr("aAbBhpZ", p[1])) {
			out = other_case(out, *p, p[1], tm);
			p++;
		} else {
			*out++ = '%';
			*out++ = *p;
		}
		p++;
	}
	*out = 0;
}

size_t __glibc_strftime(char *buf, size_t size, const char *format,
			const struct tm *tm)
{
	size_t count = 0, result;
	char *ours;

	for (const char *p = format; *p; p++)
		count += *p == '%';
	ours = malloc(strlen(format) + count * LONGEST + 1);
	if (!ours)
		return 0;
	translate(ours, format, tm);
	result = strftime(buf, size, ours, tm);
	free(ours);
	return result;
}
