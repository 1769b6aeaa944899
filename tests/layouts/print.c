/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf() and wprintf(): directives that musl does not take or writes another
 * way, and directives put together by chance, of which each is printed by both
 * functions and at two places.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
#pragma GCC diagnostic ignored "-Wformat-security"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-truncation"

static unsigned long state = 12345;

static unsigned pick(unsigned n)
{
	state = state * 6364136223846793005UL + 1442695040888963407UL;
	return (state >> 33) % n;
}

#define ONE_OF(list) ((list)[pick(sizeof(list) / sizeof((list)[0]))])

static void say(const char *format, const char *text, int n,
		const wchar_t *wide, int wn)
{
	char bytes[1000] = "";

	wcstombs(bytes, wide, sizeof(bytes));
	printf("%s: %d %s", format, n, text);
	if (wn != n || strcmp(text, bytes))
		printf(" wide %d %s", wn, bytes);
	puts("");
}

static char text[1000], format[64];
static wchar_t wide[1000], wide_format[64];

/* The same arguments both ways, behind others, which come in registers. */
#define TRY(...)                                                               \
	do {                                                                   \
		int n_, wn_;                                                   \
                                                                               \
		mbstowcs(wide_format, format, 64);                             \
		wide[0] = 0;                                                   \
		errno = ENOENT;                                                \
		n_ = snprintf(text, sizeof(text), format, __VA_ARGS__);        \
		errno = ENOENT;                                                \
		wn_ = swprintf(wide, 1000, wide_format, __VA_ARGS__);          \
		say(format, text, n_, wide, wn_);                              \
	} while (0)

static char *flags(void)
{
	char *f = format;

	*f++ = '<';
	*f++ = '%';
	for (int k = pick(4); k > 0; k--)
		*f++ = "-+ #0'I0"[pick(8)];
	if (!pick(3))
		f += sprintf(f, "%u", pick(30));
	if (!pick(3)) {
		*f++ = '.';
		if (pick(4))
			f += sprintf(f, "%u", pick(25));
	}
	return f;
}

static void integers(void)
{
	static const char *const lengths[] = {"",  "h", "hh", "l", "ll", "q",
					      "L", "z", "Z",  "t", "j"};
	static const long values[] = {
		0,	   1,	      -1,	 127,	    128,
		255,	   256,	      -128,	 32767,	    65536,
		INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, 123456789};
	long value;

	for (int i = 0; i < 300; i++) {
		sprintf(flags(), "%s%c>", ONE_OF(lengths), "diouxXbB"[pick(8)]);
		value = ONE_OF(values);
		TRY(value);
	}
}

static void reals(void)
{
	static const double values[] = {
		0,	    -0.0,   1,	 1.5,	   0.1,
		1e10,	    1e-10,  9.5, 99.5,	   3.14159265358979,
		5e-324,	    1e308,  0.5, INFINITY, -INFINITY,
		1.99999999, 1e-310, NAN, 0x1.8p0,  0x1.fffffffffffffp1,
	};
	static const long double longer[] = {
		0,	  -0.0L,    1,
		1.5L,	  0.1L,	    1e-4940L,
		1e4000L,  INFINITY, 3e-4950L,
		0xf.8p0L, 0x9.8p0L, 0x1.fffffffffffffffep0L,
		0xa.8p0L, NAN,	    3.14159265358979L,
	};
	long double longer_value;
	double value;

	for (int i = 0; i < 200; i++) {
		sprintf(flags(), "%s%c>", pick(2) ? "" : "l",
			"aAeEfFgG"[pick(8)]);
		value = ONE_OF(values);
		TRY(value);
		sprintf(flags(), "L%c>", "aAeEgG"[pick(6)]);
		longer_value = ONE_OF(longer);
		TRY(longer_value);
	}
}

static void strings(void)
{
	for (int i = 0; i < 300; i++) {
		const wchar_t *wide_value = pick(3) ? L"w\u00e9\u20acde" : NULL;
		const char *value = pick(3) ? "h\303\251llo" : NULL;
		const void *pointer = pick(2) ? (void *)0x1234abcd : NULL;
		char *f = flags();

		/* What 0 does before a string no standard says. */
		for (char *p = format; p < f; p++)
			if (*p == '0')
				*p = '1';
		switch (pick(9)) {
		case 0:
			strcpy(f, "s>");
			TRY(value);
			break;
		case 1:
			strcpy(f, pick(2) ? "ls>" : "S>");
			TRY(wide_value);
			break;
		case 2:
			strcpy(f, "c>");
			TRY('x');
			break;
		case 3:
			strcpy(f, pick(2) ? "C>" : "lc>");
			TRY(0x20ac);
			break;
		case 4:
			strcpy(f, "m>");
			TRY(0);
			break;
		case 5:
			strcpy(f, "p>");
			TRY(pointer);
			break;
		case 6:
			strcpy(f, "%>");
			TRY(0);
			break;
		default:
			sprintf(f, "%c>", "yKwkv!"[pick(6)]);
			TRY(0);
		}
	}
}

static void positions(void)
{
	static const char *const formats[] = {
		"%2$s %1$s|%3$ld",
		"%1$*2$d|%3$.*2$f",
		"%3$Lf %2$c %1$d %1$x",
		"%1$s%1$s %% %2$5s",
		"%4$d %3$d %2$d %1$d",
		"%2$*1$d",
		"%12$s",
	};

	strcpy(format, formats[0]);
	TRY("one", "two", 3L);
	strcpy(format, formats[1]);
	TRY(3, 8, 2.5);
	strcpy(format, formats[2]);
	TRY(77, 'c', 2.5L);
	strcpy(format, formats[3]);
	TRY("a", "b");
	strcpy(format, formats[4]);
	TRY(1, 2, 3, 4);
	strcpy(format, formats[5]);
	TRY(-7, 5);
	strcpy(format, "%*d|%-*d|%.*d|%.*f|%*d|");
	TRY(5, 1, 5, 1, 3, 1, -1, 2.5, -5, 3);
}

/* Through each of the functions. */
static void functions(void)
{
	/* As a program that is not fortified has it. */
	static int (*volatile unbounded)(char *, size_t, const char *, ...) =
		snprintf;
	static char *volatile nothing;
	char *made = NULL;
	int before = -1;
	signed char small = -1;
	FILE *f;

	printf("%d\n",
	       printf("%qd %Zu %p %.3s|\n", 5LL, (size_t)6, nothing, nothing));
	fflush(stdout);
	printf("%d\n", fprintf(stdout, "%Ld %n%hhn\n", -7LL, &before, &small));
	printf("%d %d\n", before, small);
	fflush(stdout);
	printf("%d\n", dprintf(STDOUT_FILENO, "%Id %#m\n", 8));
	printf("%d\n", asprintf(&made, "%qx|%5y|", 255LL));
	puts(made);
	free(made);
	printf("%d\n", snprintf(text, 4, "%p", nothing));
	puts(text);
	printf("%d\n", sprintf(text, "%Zd and %s", (size_t)1, "more"));
	puts(text);
	errno = 0;
	printf("%d %d\n", snprintf(text, 10, "ab%"), errno);
	printf("%d\n", unbounded(text, -1UL, "all %s", "there is"));
	puts(text);
	printf("%d\n", swprintf(wide, 4, L"%d", 12345));
	f = fopen("/dev/null", "w");
	printf("%d\n", fwprintf(f, L"%ls %qd", L"x", 12LL));
	fclose(f);
	fflush(stdout);
	errno = ENOENT;
	printf("%m\n");
	errno = 9999;
	printf("%m\n");
	errno = 0;
	printf("%m %s %s\n", strerror(0), strerror(-5));
}

void test_print(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	integers();
	reals();
	strings();
	positions();
	functions();
	setlocale(LC_ALL, "C");
}
