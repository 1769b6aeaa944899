/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * iconv(3) for objects compiled against glibc. Its callers expect what musl
 * does another way:
 *
 * - a character that the target does not have is EILSEQ, and the input stops
 *   there; musl writes * and goes on. With //TRANSLIT it becomes something
 *   like it, with //IGNORE nothing;
 * - UTF-16 and UTF-32 are the machine's byte order with a mark in front; musl
 *   writes the other order without one.
 *
 * Into UCS and UTF nothing gets lost, so musl converts all at once. Into other
 * targets each character goes by way of wchar_t.
 */
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <langinfo.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

#include "layouts.h"

#define NONE ((iconv_t)-1)

struct converter {
	iconv_t direct;		/* into UCS and UTF */
	iconv_t decode, encode; /* into what has not all characters */
	iconv_t little;		/* for input of no mark, while none was seen */
	size_t unit;		/* of UTF-16 and UTF-32 input, else 0 */
	size_t mark;		/* bytes of the mark to write, else 0 */
	bool began, marked, translate, ignore;
};

iconv_t __glibc_iconv_open(const char *to, const char *from);
size_t __glibc_iconv(iconv_t cd, char **in, size_t *in_left, char **out,
		     size_t *out_left);
int __glibc_iconv_close(iconv_t cd);

/* Characters of Latin scripts from U+00C0 on; ? is looked up below. */
static const char letters[] =
	"AAAAAA?CEEEEIIIIDNOOOOOxOUUUUY??aaaaaa?ceeeeiiiidnooooo/ouuuuy?y"
	"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKkqLlLlLl"
	"LlLlNnNnNn?NnOoOoOo??RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static const struct {
	wchar_t from;
	const char *to;
} likes[] = {
	{0xa0, " "},	  {0xa9, "(C)"},   {0xab, "<<"},    {0xad, "-"},
	{0xae, "(R)"},	  {0xb1, "+-"},	   {0xb4, "'"},	    {0xb5, "u"},
	{0xb7, "."},	  {0xb8, ","},	   {0xbb, ">>"},    {0xbc, " 1/4 "},
	{0xbd, " 1/2 "},  {0xbe, " 3/4 "}, {0xb2, "2"},	    {0xb3, "3"},
	{0xb9, "1"},	  {0xa3, "GBP"},   {0xa5, "JPY"},   {0xa6, "|"},
	{0xc6, "AE"},	  {0xde, "TH"},	   {0xdf, "ss"},    {0xe6, "ae"},
	{0xfe, "th"},	  {0x132, "IJ"},   {0x133, "ij"},   {0x149, "'n"},
	{0x152, "OE"},	  {0x153, "oe"},   {0x218, "S"},    {0x219, "s"},
	{0x21a, "T"},	  {0x21b, "t"},	   {0x2002, " "},   {0x2003, " "},
	{0x2009, " "},	  {0x2010, "-"},   {0x2011, "-"},   {0x2012, "-"},
	{0x2013, "-"},	  {0x2014, "--"},  {0x2015, "-"},   {0x2018, "'"},
	{0x2019, "'"},	  {0x201a, ","},   {0x201c, "\""},  {0x201d, "\""},
	{0x201e, ",,"},	  {0x2020, "+"},   {0x2022, "o"},   {0x2026, "..."},
	{0x2039, "<"},	  {0x203a, ">"},   {0x2044, "/"},   {0x20ac, "EUR"},
	{0x2122, "(TM)"}, {0x2190, "<-"},  {0x2192, "->"},  {0x2212, "-"},
	{0x2264, "<="},	  {0x2265, ">="},  {0x3000, " "},   {0xfb00, "ff"},
	{0xfb01, "fi"},	  {0xfb02, "fl"},  {0xfb03, "ffi"}, {0xfb04, "ffl"},
};

static const char *like(wchar_t c)
{
	static char letter[2];

	if (c >= 0xc0 && (size_t)c - 0xc0 < sizeof(letters) - 1 &&
	    letters[c - 0xc0] != '?') {
		letter[0] = letters[c - 0xc0];
		return letter;
	}
	for (size_t i = 0; i < sizeof(likes) / sizeof(likes[0]); i++)
		if (likes[i].from == c)
			return likes[i].to;
	return "?";
}

/* A name without its suffixes, in small letters and digits only. */
static bool plain_name(char to[32], const char *name)
{
	size_t n = 0;

	if (!*name || *name == '/')
		name = nl_langinfo(CODESET);
	for (; *name && *name != '/'; name++) {
		if (!isalnum((unsigned char)*name))
			continue;
		if (n == 31)
			return false;
		to[n++] = tolower((unsigned char)*name);
	}
	to[n] = 0;
	if (!strcmp(to, "ansix341968"))
		strcpy(to, "ascii");
	return n > 0;
}

static bool has_suffix(const char *name, const char *suffix)
{
	const char *slashes = strstr(name, "//");

	return slashes && strcasestr(slashes, suffix);
}

/* The names of musl that hold all characters. */
static bool holds_all(const char *name)
{
	return !strncmp(name, "utf", 3) || !strncmp(name, "ucs", 3) ||
	       !strcmp(name, "wchart");
}

static iconv_t refuse(struct converter *c, int error)
{
	if (c)
		__glibc_iconv_close((iconv_t)c);
	errno = error;
	return NONE;
}

iconv_t __glibc_iconv_open(const char *to, const char *from)
{
	char target[32], source[32], little[40];
	struct converter *c;
	bool all;

	if (!plain_name(target, to) || !plain_name(source, from))
		return refuse(NULL, EINVAL);
	c = calloc(1, sizeof(*c));
	if (!c)
		return NONE;
	c->direct = c->decode = c->encode = c->little = NONE;
	c->translate = has_suffix(to, "TRANSLIT");
	c->ignore = has_suffix(to, "IGNORE");
	all = holds_all(target);
	if (!strcmp(target, "utf16"))
		c->mark = 2;
	else if (!strcmp(target, "utf32"))
		c->mark = 4;
	if (c->mark || !strcmp(target, "ucs2"))
		strcat(target, "le");
	if (!strcmp(source, "utf16"))
		c->unit = 2;
	else if (!strcmp(source, "utf32"))
		c->unit = 4;
	else if (!strcmp(source, "ucs2"))
		strcat(source, "le");
	strcpy(little, source);
	if (c->unit)
		strcat(little, "le");
	if (all) {
		c->direct = iconv_open(target, source);
		if (c->direct == NONE)
			return refuse(c, EINVAL);
	} else {
		c->decode = iconv_open("WCHAR_T", source);
		c->encode = iconv_open(target, "WCHAR_T");
		if (c->decode == NONE || c->encode == NONE)
			return refuse(c, EINVAL);
	}
	if (c->unit) {
		c->little = iconv_open(all ? target : "WCHAR_T", little);
		if (c->little == NONE)
			return refuse(c, EINVAL);
	}
	return (iconv_t)c;
}

int __glibc_iconv_close(iconv_t cd)
{
	struct converter *c = (struct converter *)cd;

	if (c->direct != NONE)
		iconv_close(c->direct);
	if (c->decode != NONE)
		iconv_close(c->decode);
	if (c->encode != NONE)
		iconv_close(c->encode);
	if (c->little != NONE)
		iconv_close(c->little);
	free(c);
	return 0;
}

/* The first unit says whether a mark is there, which musl takes away. */
static bool has_mark(const struct converter *c, const char *in)
{
	static const char marks[][4] = {"\xff\xfe", "\xfe\xff", "\xff\xfe\0\0",
					"\0\0\xfe\xff"};

	return !memcmp(in, marks[c->unit - 2], c->unit) ||
	       !memcmp(in, marks[c->unit - 1], c->unit);
}

/* One character to the output: 0, 1 if it became another, or an error. */
static int put_character(struct converter *c, wchar_t w, char **out,
			 size_t *out_left)
{
	char bytes[64], *to = bytes, *in = (char *)&w;
	size_t room = sizeof(bytes), left = sizeof(w), n;
	size_t lost = iconv(c->encode, &in, &left, &to, &room);

	if (lost == (size_t)-1)
		return EILSEQ;
	if (lost) {
		if (!c->translate)
			return EILSEQ;
		to = bytes;
		room = sizeof(bytes);
		for (const char *s = like(w); *s; s++) {
			w = (unsigned char)*s;
			in = (char *)&w;
			left = sizeof(w);
			if (iconv(c->encode, &in, &left, &to, &room))
				return EILSEQ;
		}
	}
	n = to - bytes;
	if (n > *out_left)
		return E2BIG;
	memcpy(*out, bytes, n);
	*out += n;
	*out_left -= n;
	return lost != 0;
}

static size_t by_character(struct converter *c, iconv_t decode, char **in,
			   size_t *in_left, char **out, size_t *out_left)
{
	size_t changed = 0;
	bool ignored = false;
	int before = errno;

	while (*in_left) {
		wchar_t w;
		char *from = *in, *to = (char *)&w;
		size_t left = *in_left, room = sizeof(w);
		size_t got = iconv(decode, &from, &left, &to, &room);
		int error = errno, put;

		if (room) {
			/* None was whole, or what was read only changed how. */
			if (got != (size_t)-1) {
				*in = from;
				*in_left = left;
				continue;
			}
			if (error != EILSEQ || !c->ignore) {
				errno = error;
				return (size_t)-1;
			}
			ignored = true;
			*in = from + 1;
			*in_left = left - 1;
			continue;
		}
		put = put_character(c, w, out, out_left);
		if (put == EILSEQ && c->ignore) {
			ignored = true;
		} else if (put > 1) {
			errno = put;
			return (size_t)-1;
		} else {
			changed += put;
		}
		*in = from;
		*in_left = left;
	}
	errno = ignored ? EILSEQ : before;
	return ignored ? (size_t)-1 : changed;
}

size_t __glibc_iconv(iconv_t cd, char **in, size_t *in_left, char **out,
		     size_t *out_left)
{
	struct converter *c = (struct converter *)cd;
	iconv_t first;
	size_t result;
	bool ignored = false;

	if (!in || !*in) {
		c->began = c->marked = false;
		return 0;
	}
	if (c->mark && !c->marked && *in_left) {
		if (*out_left < c->mark) {
			errno = E2BIG;
			return (size_t)-1;
		}
		memcpy(*out, "\xff\xfe\0\0", c->mark);
		*out += c->mark;
		*out_left -= c->mark;
		c->marked = true;
	}
	if (c->unit && !c->began && *in_left >= c->unit) {
		c->began = true;
		if (has_mark(c, *in) && c->little != NONE) {
			iconv_close(c->little);
			c->little = NONE;
		}
	}
	first = c->little != NONE ? c->little : c->direct;
	if (c->direct == NONE)
		return by_character(c,
				    c->little != NONE ? c->little : c->decode,
				    in, in_left, out, out_left);
	for (;;) {
		result = iconv(first, in, in_left, out, out_left);
		if (result != (size_t)-1 || errno != EILSEQ || !c->ignore ||
		    !*in_left)
			break;
		ignored = true;
		++*in;
		--*in_left;
	}
	if (ignored && result != (size_t)-1) {
		errno = EILSEQ;
		return (size_t)-1;
	}
	return result;
}
