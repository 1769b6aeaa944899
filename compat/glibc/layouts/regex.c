/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regcomp(3) and regexec(3) with glibc's regex_t, regmatch_t (offsets are
 * int: 8 bytes, musl's 16) and REG_STARTEND.
 *
 * Both regex_t have 64 bytes, and musl keeps what it needs in the first 16.
 * So a pattern that one kind of object has compiled serves the other kind,
 * and musl's regfree() and regerror() serve both; regcomp() only adds what
 * glibc's callers read.
 */
#include <ctype.h>
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "layouts.h"

_Static_assert(sizeof(regex_t) >= sizeof(struct glibc_regex),
	       "glibc's fields lie in musl's regex_t");

int __glibc_regcomp(regex_t *re, const char *pattern, int flags);
int __glibc_regexec(const regex_t *re, const char *string, size_t nmatch,
		    struct glibc_regmatch *match, int flags);

/*
 * Patterns as musl takes them. glibc lets extended expressions refer back
 * (\1): as a basic expression, where musl knows \|, \+ and \? too, they can.
 * {,2} has its 0 left out; \` and \' are the string's beginning and end; [=a=]
 * and [.a.] in a bracket are a; and a backslash before any other letter or
 * digit means nothing, where musl has \d, \n, \x and more.
 */

/* What is between the brackets, and they. */
static const char *bracket(const char *s, char **to)
{
	*(*to)++ = *s++;
	if (*s == '^')
		*(*to)++ = *s++;
	if (*s == ']')
		*(*to)++ = *s++;
	while (*s && *s != ']') {
		const char *end = NULL;

		if (*s == '[' && s[1] && strchr(":.=", s[1]) && s[2])
			end = strchr(s + 3, s[1]);
		if (!end || end[1] != ']') {
			*(*to)++ = *s++;
			continue;
		}
		if (s[1] != ':' && end == s + 3 && !strchr("-]^[", s[2])) {
			*(*to)++ = s[2];
		} else {
			memcpy(*to, s, end + 2 - s);
			*to += end + 2 - s;
		}
		s = end + 2;
	}
	if (*s)
		*(*to)++ = *s++;
	return s;
}

static const char *escaped(const char *s, char **to, int flags, bool to_basic)
{
	char c = s[1];

	if (!c) {
		*(*to)++ = *s;
		return s + 1;
	}
	if ((c == '`' || c == '\'') && !(flags & REG_NEWLINE)) {
		*(*to)++ = c == '`' ? '^' : '$';
		return s + 2;
	}
	/* With a meaning in musl that is glibc's, or none in either. */
	if (strchr("wWsSbB<>123456789", c) ||
	    (!isalnum((unsigned char)c) && !(to_basic && strchr("(){}|+?", c))))
		*(*to)++ = '\\';
	*(*to)++ = c;
	if (c == '{' && !(flags & REG_EXTENDED) && s[2] == ',')
		*(*to)++ = '0';
	return s + 2;
}

/* True if a backslash and a digit stand outside of brackets. */
static bool refers_back(const char *s)
{
	while (*s) {
		if (*s == '\\' && s[1]) {
			if (s[1] >= '1' && s[1] <= '9')
				return true;
			s += 2;
		} else if (*s == '[') {
			s += 1 + (s[1] == '^');
			s += *s == ']';
			while (*s && *s != ']')
				s++;
		} else {
			s++;
		}
	}
	return false;
}

/* To be freed; NULL if there is no memory. */
static char *translated(const char *s, int *flags)
{
	bool extended = *flags & REG_EXTENDED, interval = false;
	bool to_basic = extended && refers_back(s);
	char *ours = malloc(3 * strlen(s) + 1), *to = ours;

	while (ours && *s) {
		if (*s == '[') {
			s = bracket(s, &to);
			continue;
		}
		if (*s == '\\') {
			s = escaped(s, &to, *flags, to_basic);
			continue;
		}
		if (to_basic &&
		    (strchr("({|+?)", *s) || (*s == '}' && interval)))
			*to++ = '\\';
		if (*s == '{' || *s == '}')
			interval = *s == '{';
		*to++ = *s;
		if (extended && *s == '{' && s[1] == ',')
			*to++ = '0';
		s++;
	}
	if (!ours)
		return NULL;
	*to = 0;
	if (to_basic)
		*flags &= ~REG_EXTENDED;
	return ours;
}

int __glibc_regcomp(regex_t *re, const char *pattern, int flags)
{
	struct glibc_regex *theirs = (struct glibc_regex *)re;
	int ours_flags = flags, error;
	char *ours = NULL;

	if (strpbrk(pattern, "\\{[")) {
		ours = translated(pattern, &ours_flags);
		if (!ours)
			return REG_ESPACE;
	}
	error = regcomp(re, ours ? ours : pattern, ours_flags);
	free(ours);
	if (error)
		return error;
	theirs->re_nsub = re->re_nsub;
	theirs->bits = (flags & REG_NOSUB ? GLIBC_REGEX_NO_SUB : 0) |
		       (flags & REG_NEWLINE ? GLIBC_REGEX_NEWLINE : 0);
	return 0;
}

static void give(struct glibc_regmatch *to, size_t room, const regmatch_t *from,
		 size_t count, int base)
{
	for (size_t i = 0; i < room; i++) {
		if (i < count && from[i].rm_so >= 0)
			to[i] = (struct glibc_regmatch){
				base + (int)from[i].rm_so,
				base + (int)from[i].rm_eo,
			};
		else
			to[i] = (struct glibc_regmatch){-1, -1};
	}
}

static int execute(const regex_t *re, const char *string, size_t nmatch,
		   struct glibc_regmatch *match, int flags, int base)
{
	regmatch_t few[10], *ours = few;
	size_t count = re->re_nsub + 1;
	int error;

	if (nmatch < count)
		count = nmatch;
	if (count > sizeof(few) / sizeof(few[0])) {
		ours = malloc(count * sizeof(*ours));
		if (!ours)
			return REG_ESPACE;
	}
	error = regexec(re, string, count, ours, flags);
	if (!error)
		give(match, nmatch, ours, count, base);
	if (ours != few)
		free(ours);
	return error;
}

/*
 * regexec(3), REG_STARTEND: the string is match[0].rm_so up to rm_eo and need
 * not end there; offsets count from its beginning all the same, and what is
 * before rm_so is no beginning of a line. musl matches what ends with a null
 * byte, so it gets a copy, and a null byte within ends the string.
 */
static int part(const regex_t *re, const char *string, size_t nmatch,
		struct glibc_regmatch *match, int flags)
{
	const struct glibc_regex *theirs = (const struct glibc_regex *)re;
	int start = match->rm_so, length = match->rm_eo - start, error;
	char small[256], *copy = small;

	if (start < 0 || length < 0)
		return REG_NOMATCH;
	if (length >= (int)sizeof(small)) {
		copy = malloc((size_t)length + 1);
		if (!copy)
			return REG_ESPACE;
	}
	memcpy(copy, string + start, length);
	copy[length] = 0;
	if (start &&
	    !(theirs->bits & GLIBC_REGEX_NEWLINE && string[start - 1] == '\n'))
		flags |= REG_NOTBOL;
	if (theirs->bits & GLIBC_REGEX_NO_SUB)
		nmatch = 0;
	error = execute(re, copy, nmatch, match, flags, start);
	if (copy != small)
		free(copy);
	return error;
}

int __glibc_regexec(const regex_t *re, const char *string, size_t nmatch,
		    struct glibc_regmatch *match, int flags)
{
	const struct glibc_regex *theirs = (const struct glibc_regex *)re;
	int ours = (flags & GLIBC_REG_NOTBOL ? REG_NOTBOL : 0) |
		   (flags & GLIBC_REG_NOTEOL ? REG_NOTEOL : 0);

	if (flags & ~(GLIBC_REG_NOTBOL | GLIBC_REG_NOTEOL | GLIBC_REG_STARTEND))
		return REG_BADPAT;
	if (flags & GLIBC_REG_STARTEND)
		return part(re, string, nmatch, match, ours);
	if (theirs->bits & GLIBC_REGEX_NO_SUB)
		nmatch = 0;
	return execute(re, string, nmatch, match, ours, 0);
}
