/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * glob(3) with what glibc's flags add: GLOB_BRACE, GLOB_NOMAGIC, and gl_flags
 * with GLOB_MAGCHAR in the result. GLOB_ONLYDIR is a hint, says its page, and
 * is not taken. GLOB_ALTDIRFUNC, to read directories by the caller's
 * functions, is refused as not implemented.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "layouts.h"

#define GLIBC_GLOB_MAGCHAR    (1 << 8)
#define GLIBC_GLOB_ALTDIRFUNC (1 << 9)
#define GLIBC_GLOB_BRACE      (1 << 10)
#define GLIBC_GLOB_NOMAGIC    (1 << 11)

/* What musl has too, with the same numbers. */
#define SHARED                                                                 \
	(GLOB_ERR | GLOB_MARK | GLOB_NOSORT | GLOB_DOOFFS | GLOB_NOCHECK |     \
	 GLOB_APPEND | GLOB_NOESCAPE | GLOB_PERIOD | GLOB_TILDE |              \
	 GLOB_TILDE_CHECK)

typedef int on_error(const char *path, int error);

struct glibc_glob {
	size_t gl_pathc;
	char **gl_pathv;
	size_t gl_offs;
	int gl_flags;
	void *functions[5];
};

_Static_assert(sizeof(struct glibc_glob) == sizeof(glob_t),
	       "both have room for what the other keeps");

int __glibc_glob(const char *pattern, int flags, on_error *error,
		 struct glibc_glob *found);

static int has_magic(const char *pattern, int flags)
{
	for (; *pattern; pattern++) {
		if (strchr("*?[", *pattern))
			return 1;
		if (*pattern == '\\' && !(flags & GLOB_NOESCAPE) && pattern[1])
			pattern++;
	}
	return 0;
}

/*
 * The end of the alternative that begins at p: its comma or closing brace, or
 * NULL if the brace is not closed.
 */
static const char *alternative_end(const char *p, int flags)
{
	int depth = 0;

	for (; *p; p++) {
		if (*p == '\\' && !(flags & GLOB_NOESCAPE) && p[1])
			p++;
		else if (*p == '{')
			depth++;
		else if (*p == '}' && !depth--)
			return p;
		else if (*p == ',' && !depth)
			return p;
	}
	return NULL;
}

/* The first brace of a list; {} stands for itself, as in csh. */
static const char *first_brace(const char *p, int flags)
{
	for (; *p; p++) {
		if (*p == '\\' && !(flags & GLOB_NOESCAPE) && p[1])
			p++;
		else if (*p == '{' && p[1] == '}')
			p++;
		else if (*p == '{')
			return p;
	}
	return NULL;
}

static int expand(const char *pattern, int flags, on_error *error, glob_t *g,
		  int *started)
{
	const char *open = first_brace(pattern, flags), *close = open, *from;
	size_t head = open ? (size_t)(open - pattern) : 0;
	int result = GLOB_NOMATCH;
	char *one;

	while (close && *close != '}')
		close = alternative_end(close + 1, flags);
	if (!close) {
		if (*started)
			flags |= GLOB_APPEND;
		result = glob(pattern, flags, error, g);
		*started |= !result;
		return result;
	}
	one = malloc(strlen(pattern) + 1);
	if (!one)
		return GLOB_NOSPACE;
	memcpy(one, pattern, head);
	for (from = open; *from != '}';) {
		const char *end = alternative_end(++from, flags);
		int got;

		memcpy(one + head, from, end - from);
		strcpy(one + head + (end - from), close + 1);
		got = expand(one, flags, error, g, started);
		if (got != GLOB_NOMATCH)
			result = got;
		if (got && got != GLOB_NOMATCH)
			break;
		from = end;
	}
	free(one);
	return result;
}

int __glibc_glob(const char *pattern, int flags, on_error *error,
		 struct glibc_glob *found)
{
	int ours = flags & SHARED, magic = has_magic(pattern, flags), result;
	int keep =
		flags & GLOB_NOCHECK || (flags & GLIBC_GLOB_NOMAGIC && !magic);
	glob_t *g = (glob_t *)found;

	if (flags & GLIBC_GLOB_ALTDIRFUNC)
		return GLOB_NOSYS;
	if (flags & GLIBC_GLOB_BRACE && first_brace(pattern, flags)) {
		int started = flags & GLOB_APPEND;

		if (!started) {
			g->gl_pathc = 0;
			g->gl_pathv = NULL;
		}
		result = expand(pattern, ours & ~GLOB_NOCHECK, error, g,
				&started);
		if (result == GLOB_NOMATCH && keep)
			result = glob(pattern, ours | GLOB_NOCHECK, error, g);
	} else {
		result = glob(pattern, keep ? ours | GLOB_NOCHECK : ours, error,
			      g);
	}
	if (!(flags & GLOB_NOESCAPE) && strchr(pattern, '\\'))
		magic = 1;
	found->gl_flags = flags | (magic ? GLIBC_GLOB_MAGCHAR : 0);
	return result;
}
