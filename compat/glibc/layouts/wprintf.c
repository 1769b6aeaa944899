/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wprintf(3) and its family for objects compiled against glibc: printf.c for
 * wide characters. All of them: musl's swprintf(3) goes through a stream of
 * bytes and fails at characters that the locale's bytes do not have, and what
 * its fwprintf(3) makes of numbers never reaches an open_wmemstream(3).
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "print.h"

/* <bits/local_lim.h> */
#define NL_ARGMAX_GLIBC 4096

#define CHAR wchar_t

/* Where text goes: to f, or to a buffer of room characters. */
struct sink {
	FILE *f;
	wchar_t *to;
	size_t room, total;
};

static bool put(struct sink *to, const wchar_t *text, size_t n)
{
	if (n > INT_MAX - to->total) {
		errno = EOVERFLOW;
		return false;
	}
	to->total += n;
	if (!to->f) {
		/* swprintf(3) fails if there is no room. */
		size_t fits = n < to->room ? n : to->room;

		wmemcpy(to->to, text, fits);
		to->to += fits;
		to->room -= fits;
		return fits == n;
	}
	for (; n; n--, text++)
		if (fputwc(*text, to->f) == WEOF)
			return false;
	return true;
}

static bool put_ascii(struct sink *to, const char *text, size_t n)
{
	for (; n; n--, text++) {
		wchar_t c = (unsigned char)*text;

		if (!put(to, &c, 1))
			return false;
	}
	return true;
}

static bool pad(struct sink *to, int n);
static bool put_padded(struct sink *to, const struct directive *d,
		       const CHAR *text, size_t n);

static bool put_wide(struct sink *to, const struct directive *d,
		     const wchar_t *text)
{
	return put_padded(to, d, text,
			  d->precision < 0 ? wcslen(text)
					   : wcsnlen(text, d->precision));
}

/* The precision counts wide characters: wprintf(3). */
static bool put_multibyte(struct sink *to, const struct directive *d,
			  const char *text)
{
	size_t room = d->precision < 0 ? SIZE_MAX : (size_t)d->precision;
	mbstate_t state = {0};
	size_t n = 0, length;
	const char *s = text;
	wchar_t one;
	int more;

	for (; n < room && *s; n++, s += length) {
		length = mbrtowc(&one, s, MB_LEN_MAX, &state);
		if (length >= (size_t)-2)
			return false;
	}
	more = n < (size_t)d->width ? d->width - (int)n : 0;
	if (!d->left && !pad(to, more))
		return false;
	state = (mbstate_t){0};
	for (; n; n--, text += length) {
		length = mbrtowc(&one, text, MB_LEN_MAX, &state);
		if (!put(to, &one, 1))
			return false;
	}
	return !d->left || pad(to, more);
}

static bool put_character(struct sink *to, const struct directive *d, int c)
{
	wchar_t one = d->conversion == 'C' || d->size >= SIZE_LONG
			      ? (wchar_t)c
			      : (wchar_t)btowc((unsigned char)c);

	return put_padded(to, d, &one, 1);
}

#include "print.inc"

int __glibc_vwprintf(const wchar_t *format, va_list args);
int __glibc_fwprintf(FILE *f, const wchar_t *format, ...);
int __glibc_wprintf(const wchar_t *format, ...);
int __glibc_swprintf(wchar_t *to, size_t room, const wchar_t *format, ...);

int __glibc_vfwprintf(FILE *f, const wchar_t *format, va_list args)
{
	struct sink to = {.f = f, .total = 0};
	bool done;

	flockfile(f);
	done = print(&to, format, args);
	funlockfile(f);
	return done ? (int)to.total : -1;
}

int __glibc_vswprintf(wchar_t *buf, size_t room, const wchar_t *format,
		      va_list args)
{
	struct sink to = {.to = buf, .room = room ? room - 1 : 0};
	bool done = room && print(&to, format, args);

	if (room)
		*to.to = 0;
	return done ? (int)to.total : -1;
}

int __glibc_vwprintf(const wchar_t *format, va_list args)
{
	return __glibc_vfwprintf(stdout, format, args);
}

int __glibc_fwprintf(FILE *f, const wchar_t *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = __glibc_vfwprintf(f, format, args);
	va_end(args);
	return n;
}

int __glibc_wprintf(const wchar_t *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = __glibc_vfwprintf(stdout, format, args);
	va_end(args);
	return n;
}

int __glibc_swprintf(wchar_t *to, size_t room, const wchar_t *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = __glibc_vswprintf(to, room, format, args);
	va_end(args);
	return n;
}
