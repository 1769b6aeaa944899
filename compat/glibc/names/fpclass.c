/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isinf(3), isnan(3) and finite(3) as functions: objects compiled as C++, or
 * with old headers, call them. isinf() tells the sign.
 */
#include <math.h>

#undef isinf
#undef isnan

#define CLASSIFY(type, suffix)                                                 \
	int isinf##suffix(type x)                                              \
	{                                                                      \
		return __builtin_isinf_sign(x);                                \
	}                                                                      \
	int isnan##suffix(type x)                                              \
	{                                                                      \
		return __builtin_isnan(x);                                     \
	}                                                                      \
	int __isinf##suffix(type x)                                            \
	{                                                                      \
		return __builtin_isinf_sign(x);                                \
	}                                                                      \
	int __isnan##suffix(type x)                                            \
	{                                                                      \
		return __builtin_isnan(x);                                     \
	}                                                                      \
	int __finite##suffix(type x)                                           \
	{                                                                      \
		return __builtin_isfinite(x);                                  \
	}

CLASSIFY(double, )
CLASSIFY(float, f)
CLASSIFY(long double, l)

int finitel(long double x)
{
	return __builtin_isfinite(x);
}

double gamma(double x)
{
	return lgamma(x);
}

float gammaf(float x)
{
	return lgammaf(x);
}

long double gammal(long double x)
{
	return lgammal(x);
}

long double scalbl(long double x, long double n)
{
	return x * exp2l(n);
}

long double significandl(long double x)
{
	return scalbnl(x, -ilogbl(x));
}
