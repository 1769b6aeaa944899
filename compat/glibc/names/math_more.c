/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions of C23's <math.h> (ISO TS 18661-1) that glibc 2.36 has and musl
 * lacks, for float, double and long double: math_more.inc, read once for each.
 */
#include <errno.h>
#include <fenv.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* <bits/mathdef.h>, <math.h> */
enum rounding { UPWARD, DOWNWARD, TOWARD_ZERO, AWAY, TO_EVEN };

/* A domain error of fromfp(3): the nearest number of the width. */
static uintmax_t outside(bool negative, bool is_signed, unsigned width)
{
	uintmax_t top = is_signed     ? (uintmax_t)1 << (width - 1)
			: width == 64 ? 0
				      : (uintmax_t)1 << width;

	feraiseexcept(FE_INVALID);
	errno = EDOM;
	if (!width)
		return 0;
	if (!is_signed)
		return negative ? 0 : top - 1;
	return negative ? -top : top - 1;
}

#define TYPE	 float
#define NAME(n)	 n##f
#define UNSIGNED uint32_t
#define MANTISSA 23
#define QUIET	 ((uint32_t)1 << 22)
#include "names/math_more.inc"
#include "names/math_bits.inc"
#undef TYPE
#undef NAME
#undef UNSIGNED
#undef MANTISSA
#undef QUIET

#define TYPE	 double
#define NAME(n)	 n
#define UNSIGNED uint64_t
#define MANTISSA 52
#define QUIET	 ((uint64_t)1 << 51)
#include "names/math_more.inc"
#include "names/math_bits.inc"
#undef TYPE
#undef NAME

#define TYPE	long double
#define NAME(n) n##l
#include "names/math_more.inc"

/* x87's numbers: sign and exponent behind a mantissa with all its bits. */
struct extended {
	uint64_t mantissa;
	uint16_t exponent; /* and the sign */
};

static struct extended parts(long double x)
{
	struct extended e;

	memcpy(&e, &x, 10);
	return e;
}

static long double whole(struct extended e)
{
	long double x = 0;

	memcpy(&x, &e, 10);
	return x;
}

int __issignalingl(long double x)
{
	return isnan(x) && !(parts(x).mantissa & (uint64_t)1 << 62);
}

static int before_l(struct extended x, struct extended y)
{
	int a = x.exponent >> 15, b = y.exponent >> 15;

	if (a != b)
		return a;
	x.mantissa &= INT64_MAX;
	y.mantissa &= INT64_MAX;
	if (x.exponent == y.exponent)
		return a ? x.mantissa >= y.mantissa : x.mantissa <= y.mantissa;
	return a ? x.exponent > y.exponent : x.exponent < y.exponent;
}

int totalorderl(const long double *x, const long double *y)
{
	return before_l(parts(*x), parts(*y));
}

int totalordermagl(const long double *x, const long double *y)
{
	return before_l(parts(fabsl(*x)), parts(fabsl(*y)));
}

long double getpayloadl(const long double *x)
{
	if (!isnan(*x))
		return -1;
	return parts(*x).mantissa & (((uint64_t)1 << 62) - 1);
}

static int payload_l(long double *result, long double payload, bool quiet)
{
	if (signbit(payload) || payload >= 0x1p62L ||
	    payload != truncl(payload) || (!quiet && payload == 0)) {
		*result = 0;
		return 1;
	}
	*result = whole((struct extended){
		(uint64_t)payload | (uint64_t)1 << 63 | (uint64_t)quiet << 62,
		0x7fff});
	return 0;
}

int setpayloadl(long double *result, long double payload)
{
	return payload_l(result, payload, true);
}

int setpayloadsigl(long double *result, long double payload)
{
	return payload_l(result, payload, false);
}
