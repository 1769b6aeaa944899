/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ecvt_r(3), fcvt_r(3) and their kin: the digits of a number, and where its
 * point stands. The functions without a buffer are here too: where fcvt() has
 * digits behind zeros, musl's gives too many.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More digits of a double, or a long double, say nothing: glibc's limits. */
#define DIGITS	    17
#define LONG_DIGITS 21
#define ROOM	    (4933 + 32)

static int copy(char *to, size_t room, const char *from, size_t n)
{
	if (n >= room) {
		n = room ? room - 1 : 0;
		memcpy(to, from, n);
		if (room)
			to[n] = 0;
		return -1;
	}
	memcpy(to, from, n);
	to[n] = 0;
	return 0;
}

/* Infinities and what is no number. */
static int special(long double x, int *point, int *sign, char *buf, size_t size)
{
	char text[8];

	*point = 0;
	*sign = signbit(x) != 0;
	snprintf(text, sizeof(text), "%Lf", x);
	return copy(buf, size, text, strlen(text));
}

/* So many digits behind the point. */
static int fixed(long double x, int digits, int most, int *point, int *sign,
		 char *buf, size_t size)
{
	static _Thread_local char text[ROOM + 64];
	char *whole = text, *dot;
	size_t n;

	if (!buf) {
		errno = EINVAL;
		return -1;
	}
	if (!isfinite(x))
		return special(x, point, sign, buf, size);
	*sign = signbit(x) != 0;
	if (digits > most)
		digits = most;
	snprintf(text, sizeof(text), "%.*Lf", digits > 0 ? digits : 0,
		 fabsl(x));
	dot = strchr(text, '.');
	n = strlen(text);
	*point = dot ? (int)(dot - text) : (int)n;
	if (!dot)
		return copy(buf, size, text, n);
	memmove(dot, dot + 1, n - *point);
	n--;
	/* Zeros in front are left out, unless there is nothing else. */
	if (*text == '0' && x != 0) {
		while (n && *whole == '0') {
			whole++;
			n--;
			--*point;
		}
	}
	return copy(buf, size, whole, n);
}

/* So many digits at all. */
static int scaled(long double x, int digits, int most, int *point, int *sign,
		  char *buf, size_t size)
{
	char text[64], *exponent;

	if (!buf) {
		errno = EINVAL;
		return -1;
	}
	if (!isfinite(x) && digits > 0)
		return special(x, point, sign, buf, size);
	*sign = signbit(x) != 0;
	if (digits > most)
		digits = most;
	if (digits <= 0) {
		snprintf(text, sizeof(text), "%.*Le", LONG_DIGITS, fabsl(x));
		exponent = strchr(text, 'e');
		*point = exponent ? atoi(exponent + 1) + 1 : 1;
		return copy(buf, size, "", 0);
	}
	snprintf(text, sizeof(text), "%.*Le", digits - 1, fabsl(x));
	exponent = strchr(text, 'e');
	*point = atoi(exponent + 1) + 1;
	if (digits > 1)
		memmove(text + 1, text + 2, exponent - text - 2);
	return copy(buf, size, text, digits);
}

#define FAMILY(type, prefix, most)                                             \
	static char prefix##text[ROOM];                                        \
	int prefix##ecvt_r(type x, int n, int *point, int *sign, char *buf,    \
			   size_t size)                                        \
	{                                                                      \
		return scaled(x, n, most, point, sign, buf, size);             \
	}                                                                      \
	int prefix##fcvt_r(type x, int n, int *point, int *sign, char *buf,    \
			   size_t size)                                        \
	{                                                                      \
		return fixed(x, n, most, point, sign, buf, size);              \
	}

FAMILY(double, , DIGITS)
FAMILY(long double, q, LONG_DIGITS)

char *qecvt(long double x, int n, int *point, int *sign)
{
	qecvt_r(x, n, point, sign, qtext, sizeof(qtext));
	return qtext;
}

char *qfcvt(long double x, int n, int *point, int *sign)
{
	qfcvt_r(x, n, point, sign, qtext, sizeof(qtext));
	return qtext;
}

char *qgcvt(long double x, int n, char *buf)
{
	sprintf(buf, "%.*Lg", n > LONG_DIGITS ? LONG_DIGITS : n, x);
	return buf;
}

char *__glibc_ecvt(double x, int n, int *point, int *sign);
char *__glibc_fcvt(double x, int n, int *point, int *sign);

char *__glibc_ecvt(double x, int n, int *point, int *sign)
{
	ecvt_r(x, n, point, sign, text, sizeof(text));
	return text;
}

char *__glibc_fcvt(double x, int n, int *point, int *sign)
{
	fcvt_r(x, n, point, sign, text, sizeof(text));
	return text;
}
