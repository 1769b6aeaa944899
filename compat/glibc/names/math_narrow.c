/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fadd(3) and its kin: an operation in one type with its result in a shorter
 * one, rounded once. In the longer type it is rounded toward zero, and its
 * last bit set if that was inexact: the second rounding then sees that there
 * was more, and gives what one rounding would ("rounding to odd").
 */
#include <fenv.h>
#include <math.h>
#include <string.h>

/* Begin and end an operation; inexact: of it alone. */
static int begin(fenv_t *environment)
{
	int rounding = fegetround();

	feholdexcept(environment);
	fesetround(FE_TOWARDZERO);
	return rounding;
}

static int end(const fenv_t *environment, int rounding)
{
	int inexact = fetestexcept(FE_INEXACT) != 0;

	fesetround(rounding);
	feupdateenv(environment);
	return inexact;
}

static double odd(double x, int inexact)
{
	unsigned long bits;

	if (!inexact || !isfinite(x))
		return x;
	memcpy(&bits, &x, sizeof(bits));
	bits |= 1;
	memcpy(&x, &bits, sizeof(bits));
	return x;
}

static long double oddl(long double x, int inexact)
{
	unsigned char last;

	if (!inexact || !isfinite(x))
		return x;
	memcpy(&last, &x, 1);
	last |= 1;
	memcpy(&x, &last, 1);
	return x;
}

/* volatile: the rounding that counts is the one set when it is computed. */
#define NARROW(name, to, from, make_odd, operation, ...)                       \
	to name(__VA_ARGS__)                                                   \
	{                                                                      \
		fenv_t environment;                                            \
		int rounding = begin(&environment), inexact;                   \
		volatile from value = (operation);                             \
                                                                               \
		inexact = end(&environment, rounding);                         \
		return (to)make_odd(value, inexact);                           \
	}
#define OPERATE(operator)                                                      \
	((*(volatile __typeof__(x) *)&x) operator(                             \
		*(volatile __typeof__(y) *)&y))
#define ALL(f, to, from, make_odd, suffix, root)                               \
	NARROW(f##add##suffix, to, from, make_odd, OPERATE(+), from x, from y) \
	NARROW(f##sub##suffix, to, from, make_odd, OPERATE(-), from x, from y) \
	NARROW(f##mul##suffix, to, from, make_odd, OPERATE(*), from x, from y) \
	NARROW(f##div##suffix, to, from, make_odd, OPERATE(/), from x, from y) \
	NARROW(f##sqrt##suffix, to, from, make_odd,                            \
	       root(*(volatile from *)&x), from x)

ALL(f, float, double, odd, , sqrt)
ALL(f, float, long double, oddl, l, sqrtl)
ALL(d, double, long double, oddl, l, sqrtl)
