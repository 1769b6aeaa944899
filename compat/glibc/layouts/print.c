/* SPDX-License-Identifier: BSD-2-Clause */
/* Arguments and numbers of printf(3): print.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print.h"

enum kind __px_print_kind(const struct directive *d)
{
	switch (d->conversion) {
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		return d->size == SIZE_LONGER ? KIND_LONG_DOUBLE : KIND_DOUBLE;
	case 's':
	case 'S':
	case 'p':
	case 'n':
		return KIND_LONG;
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
	case 'b':
	case 'B':
		return d->size >= SIZE_LONG ? KIND_LONG : KIND_INT;
	case 'c':
	case 'C':
		return KIND_INT;
	}
	return KIND_NONE;
}

static struct argument next(struct arguments *a, enum kind kind)
{
	struct argument value = {.real = 0};

	if (kind == KIND_DOUBLE)
		value.real = va_arg(a->next, double);
	else if (kind == KIND_LONG_DOUBLE)
		value.real = va_arg(a->next, long double);
	else if (kind == KIND_LONG)
		value.integer = va_arg(a->next, long);
	else
		value.integer = va_arg(a->next, int);
	return value;
}

struct argument __px_print_take(struct arguments *a, int at, enum kind kind)
{
	if (!a->values)
		return next(a, kind);
	if (!at)
		at = ++a->taken;
	return at > 0 && at <= a->count ? a->values[at - 1]
					: (struct argument){.real = 0};
}

/* The digits of v, up to end; returns where they begin: nowhere for 0. */
static char *digits(uintmax_t v, unsigned base, bool upper, char *end)
{
	for (; v; v /= base)
		*--end = (upper ? "0123456789ABCDEF"
				: "0123456789abcdef")[v % base];
	return end;
}

static intmax_t narrowed(const struct directive *d, intmax_t v, bool is_signed)
{
	if (d->size == SIZE_CHAR)
		return is_signed ? (signed char)v : (unsigned char)v;
	if (d->size == SIZE_SHORT)
		return is_signed ? (short)v : (unsigned short)v;
	if (d->size == SIZE_INT)
		return is_signed ? (int)v : (intmax_t)(unsigned)v;
	return v;
}

/* Put sign or prefix, zeros and digits together. */
static char *assemble(const struct directive *d, const char *head,
		      const char *text, size_t length, char *buf,
		      char **allocated)
{
	size_t before = strlen(head), zeros = 0;

	if (d->precision >= 0 && (size_t)d->precision > length)
		zeros = d->precision - length;
	if (d->precision < 0 && d->zero && !d->left &&
	    (size_t)d->width > before + length)
		zeros = d->width - before - length;
	if (before + zeros + length >= PRINT_ROOM) {
		buf = *allocated = malloc(before + zeros + length + 1);
		if (!buf)
			return NULL;
	}
	memcpy(buf, head, before);
	memset(buf + before, '0', zeros);
	memcpy(buf + before + zeros, text, length);
	buf[before + zeros + length] = 0;
	return buf;
}

static char *integer(const struct directive *d, intmax_t v, char *buf,
		     char **allocated)
{
	char text[64], *end = text + sizeof(text), *start, head[4] = "", *h;
	char c = d->conversion;
	bool is_signed = c == 'd' || c == 'i', negative = false;
	unsigned base = 10;

	if (c == 'o')
		base = 8;
	else if (strchr("xXp", c))
		base = 16;
	else if (strchr("bB", c))
		base = 2;
	if (c != 'p')
		v = narrowed(d, v, is_signed);
	h = head;
	if (is_signed && v < 0) {
		negative = true;
		v = -(uintmax_t)v;
	}
	if (negative)
		*h++ = '-';
	else if ((is_signed || c == 'p') && (d->plus || d->space))
		*h++ = d->plus ? '+' : ' ';
	start = digits(v, base, c == 'X', end);
	if (!v && d->precision)
		*--start = '0';
	if (c == 'p' || (d->alternate && v && (base == 16 || base == 2))) {
		*h++ = '0';
		*h++ = c == 'p' ? 'x' : c;
	}
	/* An octal number begins with 0: print(3), #. */
	if (c == 'o' && d->alternate && (start == end || *start != '0') &&
	    d->precision <= end - start)
		*--start = '0';
	*h = 0;
	return assemble(d, head, start, end - start, buf, allocated);
}

/*
 * %a as glibc writes it: a double has one bit before the point, none if it is
 * subnormal; a long double, which has no hidden bit, has four.
 */
static char *hexadecimal(const struct directive *d, long double real, char *buf,
			 char **allocated)
{
	bool is_long = d->size == SIZE_LONGER, upper = d->conversion == 'A';
	int nibbles = is_long ? 15 : 13, exponent = 0, want = d->precision;
	char text[64], *t = text, head[4], *h = head;
	struct directive padded = *d;
	uint64_t bits = 0, lead;

	if (signbit(real))
		*h++ = '-';
	else if (d->plus || d->space)
		*h++ = d->plus ? '+' : ' ';
	*h++ = '0';
	*h++ = upper ? 'X' : 'x';
	*h = 0;
	if (real != 0) {
		int smallest = is_long ? -16382 : -1022;
		long double m = frexpl(fabsl(real), &exponent);

		if (--exponent < smallest) {
			m = ldexpl(m, exponent - smallest);
			exponent = smallest;
		}
		bits = ldexpl(m, is_long ? 64 : 53);
		exponent -= is_long ? 3 : 0;
	}
	if (want >= 0 && want < nibbles) {
		int drop = 4 * (nibbles - want);
		uint64_t rest = bits & ((1ULL << drop) - 1),
			 half = 1ULL << (drop - 1);

		bits >>= drop;
		if (rest > half || (rest == half && bits & 1))
			bits++;
		nibbles = want;
		/* Past f there is one digit more. */
		if (is_long && bits >> (4 * nibbles) > 15) {
			bits >>= 4;
			exponent += 4;
		}
	}
	lead = bits >> (4 * nibbles);
	*t++ = (upper ? "0123456789ABCDEF" : "0123456789abcdef")[lead];
	if (want < 0)
		while (nibbles && !(bits & 15)) {
			bits >>= 4;
			nibbles--;
		}
	if (nibbles || want > 0 || d->alternate)
		*t++ = '.';
	while (nibbles)
		*t++ = (upper ? "0123456789ABCDEF"
			      : "0123456789abcdef")[bits >> (4 * --nibbles) &
						    15];
	padded.precision = -1;
	if (want > (is_long ? 15 : 13)) {
		/* Zeros behind the last digit: none can be left of it. */
		size_t more = want - (is_long ? 15 : 13);
		char *longer = malloc(t - text + more + 16), *result;

		if (!longer)
			return NULL;
		memcpy(longer, text, t - text);
		memset(longer + (t - text), '0', more);
		sprintf(longer + (t - text) + more, "%c%+d", upper ? 'P' : 'p',
			exponent);
		result = assemble(&padded, head, longer, strlen(longer), buf,
				  allocated);
		free(longer);
		return result;
	}
	sprintf(t, "%c%+d", upper ? 'P' : 'p', exponent);
	return assemble(&padded, head, text, strlen(text), buf, allocated);
}

/* The rest is musl's, whose digits are exact. */
static char *floating(const struct directive *d, long double real, char *buf,
		      char **allocated)
{
	char format[16], *f = format;
	bool zero = d->zero && !d->left;
	int width = zero ? d->width : 0, n;

	if (strchr("aA", d->conversion) && isfinite(real))
		return hexadecimal(d, real, buf, allocated);
	*f++ = '%';
	if (d->alternate)
		*f++ = '#';
	if (zero)
		*f++ = '0';
	if (d->plus)
		*f++ = '+';
	else if (d->space)
		*f++ = ' ';
	strcpy(f, "*.*L");
	f += strlen(f);
	*f++ = d->conversion;
	*f = 0;
	n = snprintf(buf, PRINT_ROOM, format, width, d->precision, real);
	if (n < PRINT_ROOM)
		return n < 0 ? NULL : buf;
	*allocated = malloc((size_t)n + 1);
	if (*allocated)
		snprintf(*allocated, (size_t)n + 1, format, width, d->precision,
			 real);
	return *allocated;
}

char *__px_print_number(const struct directive *d, struct argument arg,
			char buf[PRINT_ROOM], char **allocated)
{
	if (strchr("aAeEfFgG", d->conversion))
		return floating(d, arg.real, buf, allocated);
	return integer(d, arg.integer, buf, allocated);
}
