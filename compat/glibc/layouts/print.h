/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * print.h: what printf(3) and wprintf(3) for objects compiled against glibc
 * share: a directive, its argument, and numbers as text. print.c has the
 * functions, print.inc reads formats, printf.c and wprintf.c have the entries.
 */
#ifndef GLIBC_PRINT_H
#define GLIBC_PRINT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

/* A directive: %[N$][flags][width][.precision][length]conversion. */
struct directive {
	bool alternate, zero, left, space, plus, grouped, own_digits;
	int width, precision; /* precision: -1 if there is none */
	char size;	      /* of the argument: one of SIZES */
	char conversion;      /* 0 if the format ends before it */
	/* Positions of the arguments: 0 for the next one, -1 for none. */
	int at, width_at, precision_at;
};

/* Of a length modifier: none, hh, h, l, any of 8 bytes (long double). */
enum { SIZE_INT, SIZE_CHAR, SIZE_SHORT, SIZE_LONG, SIZE_LONGER };

struct argument {
	union {
		intmax_t integer;
		void *pointer;
	};
	long double real;
};

enum kind { KIND_NONE, KIND_INT, KIND_LONG, KIND_DOUBLE, KIND_LONG_DOUBLE };

/* The arguments of a call; values is NULL unless the format has positions. */
struct arguments {
	va_list next;
	struct argument *values;
	int count, taken;
};

/* How a conversion's argument is passed. */
enum kind __px_print_kind(const struct directive *d);
/*
 * The argument at a position or, if that is 0, the next one. Types that are
 * shorter than int or long are extended as the directive wants them by
 * __px_print_number().
 */
struct argument __px_print_take(struct arguments *a, int at, enum kind kind);

/*
 * A number as ASCII, without padding but for zeros between sign and digits
 * that the precision or the flag 0 ask for: %d i o u x X b B p, and floating
 * point. Returns the text: in buf, or allocated with malloc() if it is larger
 * (*allocated), or NULL if there is no memory.
 */
enum { PRINT_ROOM = 128 };
char *__px_print_number(const struct directive *d, struct argument arg,
			char buf[PRINT_ROOM], char **allocated);

/* strerror(3) for glibc's objects: strings.c. */
char *__glibc_strerror(int error);
const char *strerrorname_np(int error);

/* The entries that others build on: printf.c, wprintf.c, warn.c. */
int __glibc_vfprintf(FILE *f, const char *format, va_list args);
int __glibc_vsnprintf(char *to, size_t room, const char *format, va_list args);
int __glibc_vsprintf(char *to, const char *format, va_list args);
int __glibc_vasprintf(char **to, const char *format, va_list args);
int __glibc_vdprintf(int fd, const char *format, va_list args);
int __glibc_vfwprintf(FILE *f, const wchar_t *format, va_list args);
int __glibc_vswprintf(wchar_t *to, size_t room, const wchar_t *format,
		      va_list args);
void __glibc_vsyslog(int priority, const char *format, va_list args);

#endif
