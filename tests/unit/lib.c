/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lib.c: the runtime's own C functions. They take the place of the C library's
 * in this program, so the copies are compared with plain loops, and snprintf()
 * with what the C library's vasprintf() makes of the same arguments.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include "unit.h"

int parse_u64(const char *s, uint64_t *val, const char **end);
int parse_size(const char *s, uint64_t *val);
size_t strlcpy(char *d, const char *s, size_t size);

__attribute__((format(printf, 1, 2))) static void same(const char *fmt, ...)
{
	char got[300], cut[8], *want;
	int n, m;
	va_list ap;

	va_start(ap, fmt);
	n = vasprintf(&want, fmt, ap);
	va_end(ap);
	memset(got, 'Q', sizeof(got));
	va_start(ap, fmt);
	m = vsnprintf(got, sizeof(got), fmt, ap);
	va_end(ap);
	CHECK_STR(got, want);
	CHECK(m == n);
	/* Cut off, with its NUL, and nothing behind it touched. */
	memset(cut, 'Q', sizeof(cut));
	va_start(ap, fmt);
	m = vsnprintf(cut, 5, fmt, ap);
	va_end(ap);
	CHECK(m == n && memcmp(cut, want, n < 4 ? n : 4) == 0);
	CHECK(cut[n < 4 ? n : 4] == 0 && cut[5] == 'Q');
	free(want);
}

static void integers(void)
{
	static const long values[] = {
		0,    1,       -1,	9,	  10,	    255,
		-256, INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, 0x123456789abcdefL};
	static const char *const flags[] = {"",	 "-",  "0",  "+",   " ",
					    "#", "-0", "+0", " #0", "-+ #0"};
	static const char *const widths[] = {"", "1", "5", "23"};
	static const char *const precisions[] = {"",   ".",  ".0",
						 ".1", ".8", ".22"};
	static const char *const types[] = {
		"d",  "i",   "u",  "x",	 "X",	"o",  "hd", "hhd",
		"hx", "hhu", "ld", "lx", "llo", "zu", "jd", "tx"};
	char fmt[40];

	for (size_t f = 0; f < 10; f++)
		for (size_t w = 0; w < 4; w++)
			for (size_t p = 0; p < 6; p++)
				for (size_t t = 0; t < 16; t++)
					for (size_t v = 0; v < 12; v++) {
						sprintf(fmt, "%%%s%s%s%s",
							flags[f], widths[w],
							precisions[p],
							types[t]);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
						same(fmt, values[v]);
#pragma GCC diagnostic pop
					}
}

static void others(void)
{
	same("plain");
	same("%%");
	same("%c%c", 'a', 0x80);
	same("%5c|%-5c|", 'a', 'b');
	same("%s|%10s|%-10s|%.2s|%10.2s|", "abc", "abc", "abc", "abc", "abc");
	same("%.*s|%*s|%*s|", 2, "abc", 6, "abc", -6, "abc");
	same("%.3s", "ab");
	same("%*d|%-*d|%*.*d", 5, 1, 5, 2, 8, 4, 3);
	same("%p %p", (void *)0x1234, (void *)-1L);
	same("%p", NULL);
	same("%20p|%-20p|", (void *)0x1234, (void *)0x1234);
	same("%s", "a string that is longer than the small buffer");
	CHECK(snprintf(NULL, 0, "%d", 12345) == 5);
}

static unsigned char buf[256], want[256];

static void fill(void)
{
	for (int i = 0; i < 256; i++)
		buf[i] = want[i] = (unsigned char)(i * 7 + 3);
}

static void copies(void)
{
	for (size_t n = 0; n < 70; n++) {
		for (size_t from = 0; from < 90; from += 1 + from % 3) {
			for (size_t to = 0; to < 90; to += 1 + to % 5) {
				unsigned char tmp[128];

				fill();
				for (size_t i = 0; i < n; i++)
					tmp[i] = want[from + i];
				for (size_t i = 0; i < n; i++)
					want[to + i] = tmp[i];
				CHECK(memmove(buf + to, buf + from, n) ==
				      buf + to);
				CHECK(memcmp(buf, want, 256) == 0);
			}
			fill();
			for (size_t i = 0; i < n; i++)
				want[160 + i] = want[from + i];
			memcpy(buf + 160, buf + from, n);
			CHECK(memcmp(buf, want, 256) == 0);
			fill();
			for (size_t i = 0; i < n; i++)
				want[from + i] = 0xa5;
			CHECK(memset(buf + from, 0x1a5, n) == buf + from);
			for (size_t i = 0; i < 256; i++)
				CHECK(buf[i] == want[i]);
		}
	}
	for (size_t n = 1; n < 40; n++) {
		for (size_t at = 0; at < n; at++) {
			fill();
			buf[at + 1] = 100;
			want[at + 1] = 200;
			CHECK(memcmp(buf + 1, want + 1, n) < 0);
			CHECK(memcmp(want + 1, buf + 1, n) > 0);
			CHECK(memcmp(buf + 1, want + 1, at) == 0);
		}
	}
}

static void strings(void)
{
	char d[8];

	CHECK(strlen("") == 0 && strlen("abc") == 3);
	CHECK(strnlen("abc", 2) == 2 && strnlen("abc", 9) == 3);
	CHECK(strcmp("a", "a") == 0 && strcmp("a", "b") < 0 &&
	      strcmp("ab", "a") > 0 && strcmp("\x80", "a") > 0);
	CHECK(strncmp("abc", "abd", 2) == 0 && strncmp("abc", "abd", 3) < 0 &&
	      strncmp("a", "a", 9) == 0);
	CHECK(*strchr("abcb", 'b') == 'b' && strchr("abc", 'x') == NULL &&
	      *strchr("abc", 0) == 0);
	CHECK(strlen(strrchr("abcb", 'b')) == 1 && !strrchr("abc", 'x'));
	CHECK(memchr("abc", 'c', 2) == NULL && memchr("abc", 'c', 3) != NULL);
	CHECK(strlcpy(d, "abcdefghij", 8) == 10 && strcmp(d, "abcdefg") == 0);
	CHECK(strlcpy(d, "ab", 8) == 2 && strcmp(d, "ab") == 0);
	CHECK(strlcpy(NULL, "ab", 0) == 2);
}

static void numbers(void)
{
	const char *end;
	uint64_t v;

	CHECK(!parse_u64("0", &v, NULL) && v == 0);
	CHECK(!parse_u64("1234", &v, NULL) && v == 1234);
	CHECK(!parse_u64("0x1fF", &v, NULL) && v == 0x1ff);
	CHECK(!parse_u64("017", &v, NULL) && v == 15);
	CHECK(!parse_u64("18446744073709551615", &v, NULL) && v == UINT64_MAX);
	CHECK(parse_u64("18446744073709551616", &v, NULL));
	CHECK(parse_u64("", &v, NULL) && parse_u64("x", &v, NULL) &&
	      parse_u64("0x", &v, NULL) && parse_u64("-1", &v, NULL) &&
	      parse_u64("12x", &v, NULL) && parse_u64("08", &v, NULL));
	CHECK(!parse_u64("12x", &v, &end) && v == 12 && *end == 'x');
	CHECK(!parse_size("3", &v) && v == 3);
	CHECK(!parse_size("3k", &v) && v == 3072);
	CHECK(!parse_size("64M", &v) && v == 64UL << 20);
	CHECK(!parse_size("2G", &v) && v == 2UL << 30);
	CHECK(parse_size("2GB", &v) && parse_size("M", &v) &&
	      parse_size("18446744073709551615K", &v));
}

int main(void)
{
	integers();
	others();
	copies();
	strings();
	numbers();
	return unit_done();
}
