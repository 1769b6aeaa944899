/* SPDX-License-Identifier: BSD-2-Clause */
/* What <string.h>, <stdlib.h> and others have of glibc's own. */
#define _GNU_SOURCE
#include "test.h"
#include <fenv.h>
#include <glob.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

long long strtoq(const char *, char **, int);
unsigned long long strtouq(const char *, char **, int);

static void conversions(void)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", NULL);
	char *end;
	wchar_t *wend;

	SHOW(strtoll_l("-123x", &end, 10, c));
	SHOW_STRING(end);
	SHOW(strtoull_l("0x1f", &end, 0, c));
	SHOW(strtol_l("077", &end, 0, c));
	SHOW(strtoul_l("99999999999999999999", &end, 10, c) == -1UL);
	SHOW(wcstol_l(L"12z", &wend, 10, c));
	SHOW(*wend);
	SHOW(wcstod_l(L"1.5", &wend, c) * 2);
	SHOW(strtoq("-5", NULL, 10));
	SHOW(strtouq("5", NULL, 10));
	freelocale(c);
}

static void searching(void)
{
	char text[] = "find me";
	wchar_t wide[4];

	SHOW((char *)rawmemchr(text, 'm') - text);
	SHOW((char *)rawmemchr(text, '\0') - text);
	SHOW(wcschrnul(L"abc", L'b')[0]);
	SHOW(wcschrnul(L"abc", L'x')[0]);
	SHOW(wmempcpy(wide, L"ab", 3) - wide);
	SHOW_STRING((char *)memfrob(memfrob(text, 4), 4));
	memfrob(text, 2);
	SHOW(text[0]);
	SHOW(glob_pattern_p("a*b", 0));
	SHOW(glob_pattern_p("a\\*b", 1));
	SHOW(glob_pattern_p("a\\*b", 0));
	SHOW(glob_pattern_p("a[b", 0));
	SHOW(glob_pattern_p("a[b]", 0));
	SHOW(glob_pattern_p("a]b", 0));
	SHOW_STRING(canonicalize_file_name("/tmp/../tmp/."));
	SHOW(canonicalize_file_name("/none/at/all") == NULL);
}

static void exceptions(void)
{
	SHOW(fegetexcept());
	SHOW(feenableexcept(FE_DIVBYZERO | FE_INVALID));
	SHOW(fegetexcept());
	SHOW(fedisableexcept(FE_INVALID));
	SHOW(fegetexcept());
	SHOW(fedisableexcept(FE_ALL_EXCEPT));
	SHOW(fegetexcept());
}

void test_strings(void)
{
	struct tm tm = {.tm_year = 100, .tm_mon = 1, .tm_mday = 29};

	conversions();
	searching();
	exceptions();
	SHOW(mbrlen("a", 1, NULL));
	SHOW(dysize(2000) + dysize(1900) + dysize(2004));
	setenv("TZ", "UTC", 1);
	SHOW(timelocal(&tm));
}
