/* SPDX-License-Identifier: BSD-2-Clause */
/* What inline functions read of a locale_t. */
#define _GNU_SOURCE
#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wctype.h>

static void classes(locale_t l)
{
	unsigned sum = 0;

	for (int c = -128; c < 256; c++) {
		sum = sum * 33 + toupper(c);
		sum = sum * 33 + tolower(c);
		sum = sum * 33 + l->__ctype_tolower[c] + l->__ctype_toupper[c];
	}
	for (int c = 0; c < 128; c++) {
		int bits = (isalpha_l(c, l) != 0) | !!isdigit_l(c, l) << 1 |
			   !!isspace_l(c, l) << 2 | !!isupper_l(c, l) << 3 |
			   !!ispunct_l(c, l) << 4 | !!iscntrl_l(c, l) << 5 |
			   !!isprint_l(c, l) << 6 | !!isxdigit_l(c, l) << 7 |
			   !!isblank_l(c, l) << 8 | !!isgraph_l(c, l) << 9;

		sum = sum * 33 + bits;
		sum = sum * 33 + toupper_l(c, l);
		sum = sum * 33 + tolower_l(c, l);
		/* As libstdc++'s ctype<char> does. */
		sum = sum * 33 + l->__ctype_b[c] + l->__ctype_tolower[c] +
		      l->__ctype_toupper[c];
	}
	printf("%08x %d", sum, !!iswalpha_l(L'x', l));
	printf(" %.2f", strtod_l("1.25", NULL, l));
	printf(" %d\n", strcoll_l("a", "b", l) < 0);
}

void test_locale(void)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", NULL), d, old;
	struct tm tm = {.tm_wday = 2, .tm_mon = 4};
	char day[32];

	if (!c)
		return;
	classes(c);
	d = duplocale(c);
	classes(d);
	freelocale(c);
	c = newlocale(LC_CTYPE_MASK, "C.UTF-8", d);
	classes(c);
	old = uselocale(c);
	printf("%d %d\n", old == LC_GLOBAL_LOCALE, uselocale(NULL) == c);
	printf("%d %d\n", (size_t)MB_CUR_MAX > 1, isalpha('x') != 0);
	strftime_l(day, sizeof(day), "%A %B", &tm, c);
	puts(day);
	uselocale(old);
	freelocale(c);
	d = duplocale(LC_GLOBAL_LOCALE);
	classes(d);
	d = newlocale(LC_NUMERIC_MASK, "C", d);
	classes(d);
	freelocale(d);
}
