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
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "layouts.h"

_Static_assert(sizeof(regex_t) >= sizeof(struct glibc_regex),
	       "glibc's fields lie in musl's regex_t");

int __glibc_regcomp(regex_t *re, const char *pattern, int flags);
int __glibc_regexec(const regex_t *re, const char *string, size_t nmatch,
		    struct glibc_regmatch *match, int flags);

int __glibc_regcomp(regex_t *re, const char *pattern, int flags)
{
	struct glibc_regex *theirs = (struct glibc_regex *)re;
	int error = regcomp(re, pattern, flags);

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
