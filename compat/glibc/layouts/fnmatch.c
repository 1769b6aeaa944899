/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fnmatch(3) with FNM_EXTMATCH: ?(a|b) *(a|b) +(a|b) @(a|b) !(a|b), each of
 * whose alternatives is a pattern again. musl's function serves all patterns
 * without; its flags have glibc's numbers.
 *
 * A list is matched by trying each beginning of the text that an alternative
 * can take, the rest against the rest. What stands between lists is cut out
 * and given to musl's fnmatch(), which knows brackets, classes, periods.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "layouts.h"

#define GLIBC_FNM_EXTMATCH (1 << 5)

int __glibc_fnmatch(const char *pattern, const char *string, int flags);

static int list_begins(const char *p)
{
	return *p && strchr("?*+@!", *p) && p[1] == '(';
}

/* The end of a bracket expression, or its beginning if it is none. */
static const char *skip_bracket(const char *p)
{
	const char *q = p + 1;

	if (*q == '!' || *q == '^')
		q++;
	if (*q == ']')
		q++;
	for (; *q && *q != ']'; q++)
		if (*q == '[' && (q[1] == ':' || q[1] == '.' || q[1] == '=')) {
			char stop[3] = {q[1], ']', 0};
			const char *end = strstr(q + 2, stop);

			if (!end)
				return p;
			q = end + 1;
		}
	return *q ? q : p;
}

/* One step of a pattern: the place behind it. */
static const char *step(const char *p, int flags)
{
	if (*p == '\\' && !(flags & FNM_NOESCAPE) && p[1])
		return p + 2;
	if (*p == '[')
		return skip_bracket(p) + 1;
	return p + 1;
}

/* Behind the alternative that begins at p: its | or ); NULL if there is none.
 */
static const char *alternative_end(const char *p, int flags)
{
	int depth = 0;

	while (*p) {
		if (*p == ')' && !depth--)
			return p;
		if (*p == '|' && !depth)
			return p;
		if (list_begins(p)) {
			depth++;
			p += 2;
			continue;
		}
		/* glibc finds a | or ) behind a backslash, too. */
		p = step(p, flags | FNM_NOESCAPE);
	}
	return NULL;
}

static const char *list_end(const char *p, int flags)
{
	const char *end = alternative_end(p + 2, flags);

	while (end && *end == '|')
		end = alternative_end(end + 1, flags);
	return end;
}

static const char *first_list(const char *p, int flags)
{
	while (*p && !(list_begins(p) && list_end(p, flags)))
		p = step(p, flags);
	return *p ? p : NULL;
}

static int match(const char *pattern, size_t plen, const char *text,
		 size_t tlen, int flags);

/* musl's, of parts of strings: in copies. */
static int plain(const char *pattern, size_t plen, const char *text,
		 size_t tlen, int flags)
{
	char *copy = malloc(plen + tlen + 2);
	int result;

	if (!copy)
		return -1;
	memcpy(copy, pattern, plen);
	copy[plen] = 0;
	memcpy(copy + plen + 1, text, tlen);
	copy[plen + 1 + tlen] = 0;
	result = fnmatch(copy, copy + plen + 1, flags);
	free(copy);
	return result;
}

/* Where a text is cut, its second part does not begin a file's name. */
static int inner(const char *text, size_t at, int flags)
{
	if (at && !(flags & FNM_PATHNAME && text[at - 1] == '/'))
		flags &= ~FNM_PERIOD;
	return flags;
}

/* Whether one of the alternatives of the list matches all of the text. */
static int any(const char *list, const char *end, const char *text, size_t tlen,
	       int flags)
{
	const char *from = list + 2;

	for (;;) {
		const char *to = alternative_end(from, flags);

		if (!match(from, to - from, text, tlen,
			   flags & ~FNM_LEADING_DIR))
			return 1;
		if (to == end)
			return 0;
		from = to + 1;
	}
}

/* A list, then the rest of the pattern. */
static int match_list(const char *list, const char *end, size_t rest,
		      const char *text, size_t tlen, int flags)
{
	int kind = *list;

	if ((kind == '?' || kind == '*') &&
	    !match(end + 1, rest, text, tlen, flags))
		return 0;
	for (size_t n = 0; n <= tlen; n++) {
		int after = inner(text, n, flags);

		if (kind == '!') {
			/* Of slashes and leading periods, too, as glibc. */
			if (!any(list, end, text, n, flags) &&
			    !match(end + 1, rest, text + n, tlen - n, after))
				return 0;
			continue;
		}
		if (!any(list, end, text, n, flags))
			continue;
		if (!match(end + 1, rest, text + n, tlen - n, after))
			return 0;
		/* Once more; an empty part would go on for ever. */
		if (n && (kind == '*' || kind == '+') &&
		    !match_list(list, end, rest, text + n, tlen - n, after))
			return 0;
	}
	return FNM_NOMATCH;
}

static int match(const char *pattern, size_t plen, const char *text,
		 size_t tlen, int flags)
{
	char *copy = strndup(pattern, plen);
	const char *list, *end;
	size_t head, rest;
	int result = FNM_NOMATCH;

	if (!copy)
		return -1;
	list = first_list(copy, flags);
	if (!list) {
		result = plain(copy, plen, text, tlen, flags);
		free(copy);
		return result;
	}
	end = list_end(list, flags);
	head = list - copy;
	rest = plen - (end + 1 - copy);
	for (size_t n = 0; n <= tlen && result; n++) {
		if (head ? plain(copy, head, text, n, flags & ~FNM_LEADING_DIR)
			 : n != 0)
			continue;
		result = match_list(list, end, rest, text + n, tlen - n,
				    inner(text, n, flags));
	}
	free(copy);
	return result;
}

int __glibc_fnmatch(const char *pattern, const char *string, int flags)
{
	int ours = flags & ~GLIBC_FNM_EXTMATCH;

	if (!(flags & GLIBC_FNM_EXTMATCH) || !first_list(pattern, ours))
		return fnmatch(pattern, string, ours);
	return match(pattern, strlen(pattern), string, strlen(string), ours);
}
