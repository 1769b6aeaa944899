/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf(3) and its family for objects compiled against glibc. Formats that
 * musl takes the same way are musl's business. It gives up at others in the
 * middle of the output, though (%qd, %Zu, %Id, %Ld, what it does not know), or
 * writes them another way (%p of NULL, %La, %m of unknown errors): these are
 * done here, number by number.
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

#define CHAR char

/* Where text goes: to f by way of buf, or to a buffer of room bytes. */
struct sink {
	FILE *f;
	char *to;
	size_t room, total;
	char buf[256];
	size_t held;
};

static bool flush(struct sink *to)
{
	size_t held = to->held;

	to->held = 0;
	return !held || fwrite(to->buf, 1, held, to->f) == held;
}

static bool put(struct sink *to, const char *text, size_t n)
{
	if (n > INT_MAX - to->total) {
		errno = EOVERFLOW;
		return false;
	}
	to->total += n;
	if (!to->f) {
		size_t fits = n < to->room ? n : to->room;

		memcpy(to->to, text, fits);
		to->to += fits;
		to->room -= fits;
		return true;
	}
	if (n > sizeof(to->buf) - to->held && !flush(to))
		return false;
	if (n > sizeof(to->buf))
		return fwrite(text, 1, n, to->f) == n;
	memcpy(to->buf + to->held, text, n);
	to->held += n;
	return true;
}

static bool put_ascii(struct sink *to, const char *text, size_t n)
{
	return put(to, text, n);
}

static bool pad(struct sink *to, int n);
static bool put_padded(struct sink *to, const struct directive *d,
		       const CHAR *text, size_t n);

static bool put_multibyte(struct sink *to, const struct directive *d,
			  const char *text)
{
	return put_padded(to, d, text,
			  d->precision < 0 ? strlen(text)
					   : strnlen(text, d->precision));
}

/* The precision counts bytes, and no character is cut: printf(3). */
static bool put_wide(struct sink *to, const struct directive *d,
		     const wchar_t *text)
{
	size_t room = d->precision < 0 ? SIZE_MAX : (size_t)d->precision;
	char one[MB_LEN_MAX];
	mbstate_t state = {0};
	size_t n = 0, length;
	const wchar_t *w;
	int more;

	for (w = text; n < room && *w; w++) {
		length = wcrtomb(one, *w, &state);
		if (length == (size_t)-1)
			return false;
		if (length > room - n)
			break;
		n += length;
	}
	more = n < (size_t)d->width ? d->width - (int)n : 0;
	if (!d->left && !pad(to, more))
		return false;
	state = (mbstate_t){0};
	for (; text < w; text++) {
		length = wcrtomb(one, *text, &state);
		if (!put(to, one, length))
			return false;
	}
	return !d->left || pad(to, more);
}

static bool put_character(struct sink *to, const struct directive *d, int c)
{
	char one[MB_LEN_MAX] = {(char)c};
	mbstate_t state = {0};
	size_t n = 1;

	if (d->conversion == 'C' || d->size >= SIZE_LONG)
		n = wcrtomb(one, (wchar_t)c, &state);
	return n != (size_t)-1 && put_padded(to, d, one, n);
}

#include "print.inc"

int __glibc_vprintf(const char *format, va_list args);
int __glibc_fprintf(FILE *f, const char *format, ...);
int __glibc_printf(const char *format, ...);
int __glibc_dprintf(int fd, const char *format, ...);
int __glibc_asprintf(char **to, const char *format, ...);
int __glibc_sprintf(char *to, const char *format, ...);
int __glibc_snprintf(char *to, size_t room, const char *format, ...);

int __glibc_vfprintf(FILE *f, const char *format, va_list args)
{
	struct sink to = {.f = f, .total = 0};
	bool done;

	if (is_plain(format))
		return vfprintf(f, format, args);
	flockfile(f);
	done = print(&to, format, args);
	/* What came before a directive that failed is written. */
	done = flush(&to) && done;
	funlockfile(f);
	return done ? (int)to.total : -1;
}

int __glibc_vsnprintf(char *buf, size_t room, const char *format, va_list args)
{
	struct sink to = {.to = buf, .room = room ? room - 1 : 0};
	bool done;

	/* Callers that know of no end say SIZE_MAX; musl refuses that. */
	if (room > INT_MAX)
		to.room = room = INT_MAX;
	if (is_plain(format))
		return vsnprintf(buf, room, format, args);
	done = print(&to, format, args);
	if (room)
		*to.to = 0;
	return done ? (int)to.total : -1;
}

int __glibc_vasprintf(char **to, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = __glibc_vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0 || !(*to = malloc((size_t)n + 1)))
		return -1;
	return __glibc_vsnprintf(*to, (size_t)n + 1, format, args);
}

int __glibc_vdprintf(int fd, const char *format, va_list args)
{
	char *text;
	int n;

	if (is_plain(format))
		return vdprintf(fd, format, args);
	n = __glibc_vasprintf(&text, format, args);
	if (n < 0)
		return -1;
	n = dprintf(fd, "%s", text);
	free(text);
	return n;
}

int __glibc_vsprintf(char *to, const char *format, va_list args)
{
	return __glibc_vsnprintf(to, INT_MAX, format, args);
}

int __glibc_vprintf(const char *format, va_list args)
{
	return __glibc_vfprintf(stdout, format, args);
}

/* The functions with ... are those with va_list. */
#define FORWARD(call)                                                          \
	va_list args;                                                          \
	int n;                                                                 \
                                                                               \
	va_start(args, format);                                                \
	n = call;                                                              \
	va_end(args);                                                          \
	return n

int __glibc_fprintf(FILE *f, const char *format, ...)
{
	FORWARD(__glibc_vfprintf(f, format, args));
}

int __glibc_printf(const char *format, ...)
{
	FORWARD(__glibc_vfprintf(stdout, format, args));
}

int __glibc_dprintf(int fd, const char *format, ...)
{
	FORWARD(__glibc_vdprintf(fd, format, args));
}

int __glibc_asprintf(char **to, const char *format, ...)
{
	FORWARD(__glibc_vasprintf(to, format, args));
}

int __glibc_sprintf(char *to, const char *format, ...)
{
	FORWARD(__glibc_vsprintf(to, format, args));
}

int __glibc_snprintf(char *to, size_t room, const char *format, ...)
{
	FORWARD(__glibc_vsnprintf(to, room, format, args));
}
