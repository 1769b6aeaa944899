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
 */
#include <ctype.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

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

/*
 * An allocated base is changed in place, so it stays as large as it is. glibc
 * takes the bit of LC_ALL for all categories, and libstdc++ gives no other;
 * to musl it is none of them.
 */
locale_t __glibc_newlocale(int mask, const char *name, locale_t base)
{
	locale_t made =
		newlocale(mask == 1 << LC_ALL ? LC_ALL_MASK : mask, name, base);

	return made && made == base ? made : grow(made);
}

locale_t __glibc_duplocale(locale_t old)
{
	return grow(duplocale(old));
}
