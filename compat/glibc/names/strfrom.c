/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strfromd(3): a number as text by one directive, "%" [. precision] and one of
 * aAeEfFgG. Any other is the caller's mistake and ends the program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 32 };

/* format with an L before its conversion: the widest type serves all. */
static void widen(const char *format, char to[LONGEST])
{
	size_t len = strlen(format);
	const char *s = format;

	if (*s++ != '%')
		abort();
	if (*s == '.')
		s += 1 + strspn(s + 1, "0123456789");
	if (!*s || !strchr("aAeEfFgG", *s) || s[1] || len + 2 > LONGEST)
		abort();
	memcpy(to, format, len - 1);
	to[len - 1] = 'L';
	to[len] = *s;
	to[len + 1] = '\0';
}

int strfroml(char *to, size_t n, const char *format, long double value)
{
	char wide[LONGEST];

	widen(format, wide);
	return snprintf(to, n, wide, value);
}

/* %a shows the bits of the type itself. */
int strfromd(char *to, size_t n, const char *format, double value)
{
	char wide[LONGEST];

	widen(format, wide);
	return snprintf(to, n, format, value);
}

int strfromf(char *to, size_t n, const char *format, float value)
{
	return strfromd(to, n, format, value);
}

int strfromf32(char *to, size_t n, const char *format, float value)
{
	return strfromd(to, n, format, value);
}

int strfromf64(char *to, size_t n, const char *format, double value)
{
	return strfromd(to, n, format, value);
}

int strfromf32x(char *to, size_t n, const char *format, double value)
{
	return strfromd(to, n, format, value);
}

int strfromf64x(char *to, size_t n, const char *format, long double value)
{
	return strfroml(to, n, format, value);
}
