/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf.c: snprintf for the runtime (lib.h lists what it knows). C11 7.21.6.1
 * decides all questions; %n and floating point are left out.
 */
#include <posixen/lib.h>

enum {
	LEFT = 1,  /* - */
	ZERO = 2,  /* 0 */
	PLUS = 4,  /* + */
	SPACE = 8, /* blank */
	ALT = 16,  /* # */
};

struct out {
	char *buf;
	size_t size;
	size_t len; /* of the whole text, also of what did not fit */
};

struct spec {
	unsigned int flags;
	int width;
	int precision; /* -1: none given */
	int length;    /* size in bytes of the integer argument */
};

static void put(struct out *o, char c)
{
	if (o->len < o->size)
		o->buf[o->len] = c;
	o->len++;
}

static void put_n(struct out *o, char c, int n)
{
	for (; n > 0; n--)
		put(o, c);
}

static void put_text(struct out *o, const char *s, size_t n)
{
	for (; n; n--)
		put(o, *s++);
}

static unsigned int parse_flags(const char **fmt)
{
	static const char names[] = "-0+ #";
	unsigned int flags = 0;

	for (;; (*fmt)++) {
		const char *p = **fmt ? strchr(names, **fmt) : NULL;

		if (!p)
			return flags;
		flags |= 1u << (p - names);
	}
}

static int parse_int(const char **fmt)
{
	int n = 0;

	while (**fmt >= '0' && **fmt <= '9')
		n = n * 10 + *(*fmt)++ - '0';
	return n;
}

/* The integer's size after the letters hh h l ll z t j. */
static int parse_length(const char **fmt)
{
	switch (**fmt) {
	case 'h':
		(*fmt)++;
		if (**fmt != 'h')
			return 2;
		(*fmt)++;
		return 1;
	case 'l':
		(*fmt)++;
		if (**fmt == 'l')
			(*fmt)++;
		return 8;
	case 'z':
	case 't':
	case 'j':
		(*fmt)++;
		return 8;
	}
	return 4;
}

static void put_field(struct out *o, const struct spec *s, const char *text,
		      size_t n)
{
	int pad = s->width > (int)n ? s->width - (int)n : 0;

	if (!(s->flags & LEFT))
		put_n(o, ' ', pad);
	put_text(o, text, n);
	if (s->flags & LEFT)
		put_n(o, ' ', pad);
}

static void put_number(struct out *o, const struct spec *s, uint64_t v,
		       char conv, const char *sign)
{
	const char *digits =
		conv == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned int base = conv == 'o' ? 8 : conv == 'u' ? 10 : 16;
	char text[24];
	int n = 0, zeros, pad;
	const char *prefix = sign;

	if ((s->flags & ALT) && v && base == 16)
		prefix = conv == 'X' ? "0X" : "0x";
	for (; v; v /= base)
		text[n++] = digits[v % base];

	zeros = (s->precision < 0 ? 1 : s->precision) - n;
	if (base == 8 && (s->flags & ALT) && zeros < 1)
		zeros = 1;
	if (zeros < 0)
		zeros = 0;
	pad = s->width - (int)strlen(prefix) - zeros - n;
	if (s->precision < 0 && (s->flags & (ZERO | LEFT)) == ZERO && pad > 0) {
		zeros += pad;
		pad = 0;
	}

	if (!(s->flags & LEFT))
		put_n(o, ' ', pad);
	put_text(o, prefix, strlen(prefix));
	put_n(o, '0', zeros);
	while (n)
		put(o, text[--n]);
	if (s->flags & LEFT)
		put_n(o, ' ', pad);
}

static uint64_t truncate_to(uint64_t v, int bytes)
{
	return bytes == 8 ? v : v & ((1UL << (8 * bytes)) - 1);
}

static int64_t extend_from(uint64_t v, int bytes)
{
	int shift = 64 - 8 * bytes;

	return (int64_t)(v << shift) >> shift;
}

static void put_signed(struct out *o, const struct spec *s, int64_t v)
{
	const char *sign = v < 0	      ? "-"
			   : s->flags & PLUS  ? "+"
			   : s->flags & SPACE ? " "
					      : "";

	put_number(o, s, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, 'u', sign);
}

static void put_string(struct out *o, const struct spec *s, const char *text)
{
	if (!text)
		text = "(null)";
	put_field(o, s, text,
		  s->precision < 0 ? strlen(text)
				   : strnlen(text, (size_t)s->precision));
}

static void put_pointer(struct out *o, struct spec *s, uintptr_t v)
{
	if (!v) {
		put_field(o, s, "(nil)", 5);
		return;
	}
	s->flags |= ALT;
	put_number(o, s, v, 'x', "");
}

/* va_list is an array, of which a parameter has the address only. */
struct args {
	va_list ap;
};

/* "*", or digits; 0 if there are none. */
static int parse_number(const char **fmt, struct args *a)
{
	if (**fmt != '*')
		return parse_int(fmt);
	(*fmt)++;
	return va_arg(a->ap, int);
}

/* What stands between "%" and the letter. */
static struct spec parse_spec(const char **fmt, struct args *a)
{
	struct spec s = {.flags = parse_flags(fmt), .precision = -1};

	s.width = parse_number(fmt, a);
	if (s.width < 0) {
		s.flags |= LEFT;
		s.width = -s.width;
	}
	if (**fmt == '.') {
		(*fmt)++;
		s.precision = parse_number(fmt, a);
	}
	s.length = parse_length(fmt);
	return s;
}

static uint64_t next_integer(const struct spec *s, struct args *a)
{
	return s->length == 8 ? va_arg(a->ap, uint64_t)
			      : va_arg(a->ap, unsigned int);
}

static void convert(struct out *o, struct spec *s, char c, struct args *a)
{
	char ch;

	switch (c) {
	case 'd':
	case 'i':
		put_signed(o, s, extend_from(next_integer(s, a), s->length));
		break;
	case 'u':
	case 'x':
	case 'X':
	case 'o':
		put_number(o, s, truncate_to(next_integer(s, a), s->length), c,
			   "");
		break;
	case 'c':
		ch = (char)va_arg(a->ap, int);
		put_field(o, s, &ch, 1);
		break;
	case 's':
		put_string(o, s, va_arg(a->ap, const char *));
		break;
	case 'p':
		put_pointer(o, s, va_arg(a->ap, uintptr_t));
		break;
	default:
		/* "%%", or a mistake that is then seen. */
		if (c != '%')
			put(o, '%');
		put(o, c);
	}
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct out o = {buf, size ? size - 1 : 0, 0};
	struct args a;

	va_copy(a.ap, ap);
	while (*fmt) {
		struct spec s;

		if (*fmt != '%') {
			put(&o, *fmt++);
			continue;
		}
		fmt++;
		s = parse_spec(&fmt, &a);
		if (!*fmt)
			break;
		convert(&o, &s, *fmt++, &a);
	}
	va_end(a.ap);
	if (size)
		buf[MIN(o.len, size - 1)] = '\0';
	return (int)o.len;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return n;
}
