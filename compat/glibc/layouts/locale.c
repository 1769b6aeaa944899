/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Locales that have glibc's layout: its inline isalpha_l() and kin, and
 * libstdc++, read pointers to the tables of character classes from the
 * object that a locale_t points to.
 *
 * musl's object is six pointers, one a category; glibc's begins with thirteen
 * of which the first six are the same categories. So one object is both:
 * musl's at its beginning, glibc's tables where glibc has them. It comes from
 * libc's own allocator, as musl's do, so that any freelocale() may free it.
 * The tables are those of the C locale, as in all locales of musl.
 *
 * musl takes any name. A locale that does not exist is to be refused, or
 * std::locale() would not throw: here exist C, POSIX, what MUSL_LOCPATH has a
 * file for, and any language's in UTF-8, which differs from C.UTF-8 only in
 * the texts that such a file would hold. None is in another character set.
 */
#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "layouts.h"

#define MUSL_CATEGORIES 6

/* libc.a's: tables, and the allocator that freelocale() gives back to. */
const unsigned short **__ctype_b_loc(void);
__attribute__((visibility("hidden"))) void *__libc_malloc(size_t size);

/* ctype.c */
const int **__glibc___ctype_tolower_loc(void);
const int **__glibc___ctype_toupper_loc(void);

locale_t __glibc_newlocale(int mask, const char *name, locale_t base);
locale_t __glibc_duplocale(locale_t old);

/* Takes the locale, which only its maker knows; NULL if memory is short. */
static locale_t grow(locale_t musls)
{
	struct glibc_locale *big;

	if (!musls)
		return NULL;
	big = __libc_malloc(sizeof(*big));
	if (big) {
		memset(big, 0, sizeof(*big));
		memcpy(big, musls, MUSL_CATEGORIES * sizeof(void *));
		big->ctype_b = *__ctype_b_loc();
		big->ctype_tolower = *__glibc___ctype_tolower_loc();
		big->ctype_toupper = *__glibc___ctype_toupper_loc();
	}
	freelocale(musls);
	return (locale_t)big;
}

/* What the file's name may be is musl's matter: no slash, 23 bytes. */
static bool has_file(const char *name)
{
	const char *folder = getenv("MUSL_LOCPATH");
	char path[256];

	while (folder && *folder) {
		int n = strcspn(folder, ":");

		if (snprintf(path, sizeof(path), "%.*s/%s", n, folder, name) <
			    (int)sizeof(path) &&
		    !access(path, R_OK))
			return true;
		folder += n + (folder[n] == ':');
	}
	return false;
}

/* language[_TERRITORY].UTF-8[@modifier] (setlocale(3)) */
static bool in_utf8(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz");
	const char *set = name + n;

	if (n && (n < 2 || n > 3))
		return false;
	if (!n && *set++ != 'C')
		return false;
	if (n && *set == '_') {
		if (!isupper(set[1]) || !isupper(set[2]))
			return false;
		set += 3;
	}
	n = strcspn(set, "@");
	return (n == 6 && !strncasecmp(set, ".utf-8", n)) ||
	       (n == 5 && !strncasecmp(set, ".utf8", n));
}

/* An empty name stands for what the environment says, which musl reads. */
static bool exists(const char *name)
{
	return !*name || !strcmp(name, "C") || !strcmp(name, "POSIX") ||
	       (!strchr(name, '/') && (in_utf8(name) || has_file(name)));
}

/*
 * An allocated base is changed in place, so it stays as large as it is. glibc
 * takes the bit of LC_ALL for all categories, and libstdc++ gives no other;
 * to musl it is none of them.
 */
locale_t __glibc_newlocale(int mask, const char *name, locale_t base)
{
	locale_t made;

	if (name && !exists(name)) {
		errno = ENOENT;
		return NULL;
	}
	made = newlocale(mask == 1 << LC_ALL ? LC_ALL_MASK : mask, name, base);
	return made && made == base ? made : grow(made);
}

locale_t __glibc_duplocale(locale_t old)
{
	return grow(duplocale(old));
}
