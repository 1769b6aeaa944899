/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions of <math.h> that are new in C23. The sign of what is no number is
 * not compared, nor which of two zeros fmaxmag() gives.
 */
#define _GNU_SOURCE
#include "test.h"
#include <fenv.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static const double values[] = {
	0,	  -0.0,	     1,	    -1,	    0.5,     -0.5,
	1.5,	  2.5,	     -2.5,  3.5,    1e10,    0.49999999999999994,
	127.5,	  128,	     255.5, 1e300,  5e-324,  -1e-310,
	INFINITY, -INFINITY, NAN,   0x1p63, -0x1p63, 9007199254740993.0};

#define COUNT (int)(sizeof(values) / sizeof(*values))

static uint64_t sum;

static void add(long double x)
{
	unsigned char bytes[10];

	if (isnan(x)) {
		sum = sum * 131 + 77;
		return;
	}
	memcpy(bytes, &x, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		sum = sum * 131 + bytes[i];
}

static void show(const char *what)
{
	printf("%s: %016lx\n", what, sum);
	sum = 0;
}

#define ADD(call)                                                              \
	do {                                                                   \
		feclearexcept(FE_ALL_EXCEPT);                                  \
		add(call);                                                     \
		sum += !!fetestexcept(FE_INVALID);                             \
	} while (0)
#define ONE(function)                                                          \
	do {                                                                   \
		for (int i = 0; i < COUNT; i++) {                              \
			volatile double x = values[i];                         \
			volatile float f = (float)x;                           \
			volatile long double l = x;                            \
                                                                               \
			ADD(function(x));                                      \
			ADD(function##f(f));                                   \
			ADD(function##l(l));                                   \
		}                                                              \
		show(#function);                                               \
	} while (0)
#define TWO(function)                                                          \
	do {                                                                   \
		for (int i = 0; i < COUNT * COUNT; i++) {                      \
			volatile double x = values[i / COUNT];                 \
			volatile double y = values[i % COUNT];                 \
			volatile float f = (float)x, g = (float)y;             \
			volatile long double l = x, m = y;                     \
                                                                               \
			ADD(function(x, y));                                   \
			ADD(function##f(f, g));                                \
			ADD(function##l(l, m));                                \
		}                                                              \
		show(#function);                                               \
	} while (0)

#define WHOLE(call)                                                            \
	do {                                                                   \
		errno = 0;                                                     \
		feclearexcept(FE_ALL_EXCEPT);                                  \
		add((long double)(call));                                      \
		sum = sum * 7 + errno + fetestexcept(FE_INVALID | FE_INEXACT); \
	} while (0)

static void whole_numbers(void)
{
	static const unsigned widths[] = {0, 1, 7, 8, 9, 32, 63, 64, 65};

	for (int i = 0; i < COUNT; i++) {
		for (int j = 0; j < 45; j++) {
			unsigned width = widths[j % 9];
			double x = values[i];
			long double l = x;
			float f = (float)x;
			int how = j / 9;

			WHOLE(fromfp(x, how, width));
			WHOLE(fromfpf(f, how, width));
			WHOLE(fromfpl(l, how, width));
			WHOLE(ufromfp(x, how, width));
			WHOLE(ufromfpx(x, how, width));
			WHOLE(fromfpxl(l, how, width));
		}
	}
	show("fromfp");
}

static void ordered(void)
{
	for (int i = 0; i < COUNT * COUNT; i++) {
		double x = values[i / COUNT], y = values[i % COUNT];
		float f = (float)x, g = (float)y;
		long double l = x, m = y;

		add(totalorder(&x, &y) + 2 * totalorderf(&f, &g) +
		    4 * totalorderl(&l, &m) + 8 * totalordermag(&x, &y) +
		    16 * totalordermagf(&f, &g) + 32 * totalordermagl(&l, &m) +
		    64 * iseqsig(x, y) + 128 * iseqsig(f, g) +
		    256 * iseqsig(l, m));
	}
	show("totalorder");
}

static void payloads(void)
{
	static const double some[] = {0, 1, 2, 5.5, -1, 1e6, 0x1p51, 0x1p62};

	for (int i = 0; i < 16; i++) {
		double p = some[i / 2], d = 9, c = 1;
		long double l = 9;
		float f = 9;

		if (i & 1)
			printf("%d%d%d ", setpayload(&d, p),
			       setpayloadf(&f, (float)p), setpayloadl(&l, p));
		else
			printf("%d%d%d ", setpayloadsig(&d, p),
			       setpayloadsigf(&f, (float)p),
			       setpayloadsigl(&l, p));
		printf("%g %g %Lg %d%d%d", getpayload(&d), getpayloadf(&f),
		       getpayloadl(&l), !!issignaling(d), !!issignaling(f),
		       !!issignaling(l));
		printf(" %d", canonicalize(&c, &d));
		printf(" %d\n", !!issignaling(c));
	}
}

static uint64_t state = 12345;

static double any(void)
{
	uint64_t bits;
	double x;

	state = state * 6364136223846793005 + 1442695040888963407;
	bits = (state & 0x800fffffffffffff) | (0x3ff - 20 + (state >> 40) % 40)
						      << 52;
	memcpy(&x, &bits, sizeof(x));
	return x;
}

static void narrowed(void)
{
	static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD,
				    FE_TOWARDZERO};

	for (int i = 0; i < 4000; i++) {
		volatile double x = any(), y = any();
		volatile long double l = x + any() * 0x1p-50L;
		volatile long double m = y + any() * 0x1p-45L;
		volatile long double results[15];

		fesetround(modes[i / 1000]);
		results[0] = fadd(x, y);
		results[1] = fsub(x, y);
		results[2] = fmul(x, y);
		results[3] = fdiv(x, y);
		results[4] = fsqrt(fabs(x));
		results[5] = faddl(l, m);
		results[6] = fsubl(l, m);
		results[7] = fmull(l, m);
		results[8] = fdivl(l, m);
		results[9] = fsqrtl(fabsl(l));
		results[10] = daddl(l, m);
		results[11] = dsubl(l, m);
		results[12] = dmull(l, m);
		results[13] = ddivl(l, m);
		results[14] = dsqrtl(fabsl(l));
		fesetround(FE_TONEAREST);
		for (int k = 0; k < 15; k++)
			add(results[k]);
		if (i % 500 == 499)
			show("narrowed");
	}
	feclearexcept(FE_ALL_EXCEPT);
	add(fadd(1e308, 1e308));
	SHOW(fetestexcept(FE_OVERFLOW) != 0);
	show("outside");
}

static void environment(void)
{
	fexcept_t flags;
	femode_t mode;

	feclearexcept(FE_ALL_EXCEPT);
	SHOW(fesetexcept(FE_OVERFLOW | FE_INEXACT));
	SHOW(fetestexcept(FE_ALL_EXCEPT) == (FE_OVERFLOW | FE_INEXACT));
	SHOW(fegetexceptflag(&flags, FE_ALL_EXCEPT));
	SHOW(fetestexceptflag(&flags, FE_INEXACT | FE_INVALID) == FE_INEXACT);
	SHOW(fegetmode(&mode));
	fesetround(FE_UPWARD);
	SHOW(fesetmode(&mode));
	SHOW(fegetround() == FE_TONEAREST);
	fesetround(FE_DOWNWARD);
	SHOW(fesetmode(FE_DFL_MODE));
	SHOW(fegetround() == FE_TONEAREST);
	SHOW(fetestexcept(FE_OVERFLOW) != 0);
	feclearexcept(FE_ALL_EXCEPT);
}

void test_math(void)
{
	volatile _Float32x x = 2.5;
	volatile _Float64x l = 2.25;

	ONE(nextup);
	ONE(nextdown);
	ONE(roundeven);
	ONE(llogb);
	TWO(fmaximum);
	TWO(fminimum);
	TWO(fmaximum_num);
	TWO(fminimum_num);
	TWO(fmaximum_mag);
	TWO(fminimum_mag);
	TWO(fmaximum_mag_num);
	TWO(fminimum_mag_num);
	whole_numbers();
	ordered();
	payloads();
	narrowed();
	environment();
	printf("%g %Lg %g\n", (double)roundevenf32x(x),
	       (long double)sqrtf64x(l), (double)f32addf32x(x, x));
}
