/* SPDX-License-Identifier: BSD-2-Clause */
/* The tracer's characters: numbers, quoted strings, the line's buffer. */
#include <posixen/platform.h>
#include <posixen/uaccess.h>
#include "trace.h"

/* strace shows this many bytes of a buffer. */
#define SHOWN 32

void put_flush(struct trace *t)
{
	plat_log(t->buf, t->n);
	t->n = 0;
}

void put_char(struct trace *t, char c)
{
	if (t->n == sizeof(t->buf))
		put_flush(t);
	t->buf[t->n++] = c;
}

void put(struct trace *t, const char *s)
{
	while (*s)
		put_char(t, *s++);
}

static void put_base(struct trace *t, unsigned long v, unsigned int base)
{
	char digits[24];
	unsigned int n = 0;

	do {
		digits[n++] = "0123456789abcdef"[v % base];
		v /= base;
	} while (v);
	while (n)
		put_char(t, digits[--n]);
}

void put_udec(struct trace *t, unsigned long v)
{
	put_base(t, v, 10);
}

void put_dec(struct trace *t, long v)
{
	if (v < 0)
		put_char(t, '-');
	put_base(t, v < 0 ? -(unsigned long)v : (unsigned long)v, 10);
}

void put_hex(struct trace *t, unsigned long v)
{
	if (v)
		put(t, "0x");
	put_base(t, v, 16);
}

/* At least three digits, of which the first is 0. */
void put_oct(struct trace *t, unsigned int v)
{
	put_char(t, '0');
	if (v < 8)
		put_char(t, '0');
	put_base(t, v, 8);
}

void put_addr(struct trace *t, unsigned long v)
{
	if (v)
		put_hex(t, v);
	else
		put(t, "NULL");
}

void put_sep(struct trace *t, bool *first, const char *sep)
{
	if (!*first)
		put(t, sep);
	*first = false;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* One byte of a quoted string; next is the byte behind it, or -1. */
static void put_escaped(struct trace *t, unsigned char c, int next)
{
	static const char plain[] = "\"\\\n\t\r\v\f";
	static const char letter[] = "\"\\ntrvf";
	unsigned int i;

	for (i = 0; i < sizeof(plain) - 1; i++) {
		if (c == (unsigned char)plain[i]) {
			put_char(t, '\\');
			put_char(t, letter[i]);
			return;
		}
	}
	if (c >= ' ' && c < 0x7f) {
		put_char(t, c);
		return;
	}
	/* Octal, in as few digits as cannot be misread. */
	put_char(t, '\\');
	if (is_digit(next) || c >= 0100)
		put_char(t, '0' + (c >> 6));
	if (is_digit(next) || c >= 010)
		put_char(t, '0' + (c >> 3 & 7));
	put_char(t, '0' + (c & 7));
}

static void put_hex_byte(struct trace *t, unsigned char c)
{
	put(t, "\\x");
	put_char(t, "0123456789abcdef"[c >> 4]);
	put_char(t, "0123456789abcdef"[c & 15]);
}

void put_bytes(struct trace *t, const void *ubuf, size_t n, bool hex)
{
	unsigned char bytes[SHOWN];
	size_t i, shown = MIN(n, (size_t)SHOWN);

	if (copy_in(bytes, ubuf, shown) < 0) {
		put_addr(t, (unsigned long)ubuf);
		return;
	}
	put_char(t, '"');
	for (i = 0; i < shown; i++) {
		if (hex)
			put_hex_byte(t, bytes[i]);
		else
			put_escaped(t, bytes[i],
				    i + 1 < shown ? bytes[i + 1] : -1);
	}
	put_char(t, '"');
	if (n > SHOWN)
		put(t, "...");
}

void put_path(struct trace *t, const char *ustr)
{
	char part[64];
	size_t i, got, shown;
	bool begun = false;

	for (shown = 0; shown < PATH_MAX; shown += got) {
		got = copy_in_some(part, ustr, sizeof(part));
		if (!got) {
			/* Unreadable, at once or half-way. */
			if (begun)
				put(t, "\"...");
			else
				put_addr(t, (unsigned long)ustr);
			return;
		}
		if (!begun)
			put_char(t, '"');
		begun = true;
		for (i = 0; i < got; i++) {
			if (!part[i]) {
				put_char(t, '"');
				return;
			}
			put_escaped(t, part[i], i + 1 < got ? part[i + 1] : -1);
		}
		ustr += got;
	}
	put(t, "\"...");
}

void put_quoted(struct trace *t, const char *s, size_t n)
{
	size_t i;

	put_char(t, '"');
	for (i = 0; i < n && s[i]; i++)
		put_escaped(t, s[i], i + 1 < n ? s[i + 1] : -1);
	put_char(t, '"');
}
