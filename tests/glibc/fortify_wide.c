/* SPDX-License-Identifier: BSD-2-Clause */
/* fortify.c for wide characters and conversions to and from them. */
#define _GNU_SOURCE
#include "test.h"
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>
#include <wchar.h>

#define UNKNOWN ((size_t)-1)

wchar_t *__wmemcpy_chk(wchar_t *, const wchar_t *, size_t, size_t);
wchar_t *__wmempcpy_chk(wchar_t *, const wchar_t *, size_t, size_t);
wchar_t *__wmemmove_chk(wchar_t *, const wchar_t *, size_t, size_t);
wchar_t *__wmemset_chk(wchar_t *, wchar_t, size_t, size_t);
wchar_t *__wcscpy_chk(wchar_t *, const wchar_t *, size_t);
wchar_t *__wcpcpy_chk(wchar_t *, const wchar_t *, size_t);
wchar_t *__wcsncpy_chk(wchar_t *, const wchar_t *, size_t, size_t);
wchar_t *__wcpncpy_chk(wchar_t *, const wchar_t *, size_t, size_t);
wchar_t *__wcscat_chk(wchar_t *, const wchar_t *, size_t);
wchar_t *__wcsncat_chk(wchar_t *, const wchar_t *, size_t, size_t);
int __swprintf_chk(wchar_t *, size_t, int, size_t, const wchar_t *, ...);
wchar_t *__fgetws_chk(wchar_t *, size_t, int, FILE *);
wchar_t *__fgetws_unlocked_chk(wchar_t *, size_t, int, FILE *);
size_t __mbstowcs_chk(wchar_t *, const char *, size_t, size_t);
size_t __mbsrtowcs_chk(wchar_t *, const char **, size_t, mbstate_t *, size_t);
size_t __mbsnrtowcs_chk(wchar_t *, const char **, size_t, size_t, mbstate_t *,
			size_t);
size_t __wcstombs_chk(char *, const wchar_t *, size_t, size_t);
size_t __wcsrtombs_chk(char *, const wchar_t **, size_t, mbstate_t *, size_t);
size_t __wcsnrtombs_chk(char *, const wchar_t **, size_t, size_t, mbstate_t *,
			size_t);
size_t __wcrtomb_chk(char *, wchar_t, mbstate_t *, size_t);
int __wctomb_chk(char *, wchar_t, size_t);

static wchar_t to[32];
static char bytes[32];

static void show(void)
{
	printf("  ");
	for (const wchar_t *s = to; *s; s++)
		printf("%x ", (unsigned)*s);
	printf("\n");
}

static void strings(void)
{
	TRY(__wmemcpy_chk(to, L"abc", 4, 4), show());
	TRY(__wmemcpy_chk(to, L"abc", 4, 3));
	TRY(SHOW(__wmempcpy_chk(to, L"abc", 4, 4) - to));
	TRY(__wmempcpy_chk(to, L"abc", 4, 3));
	TRY(__wmemmove_chk(to + 1, to, 4, 4), show());
	TRY(__wmemmove_chk(to + 1, to, 4, 3));
	TRY(__wmemset_chk(to, L'x', 2, 2), show());
	TRY(__wmemset_chk(to, L'x', 2, 1));
	TRY(__wcscpy_chk(to, L"123", 4), show());
	TRY(__wcscpy_chk(to, L"123", 3));
	TRY(SHOW(__wcpcpy_chk(to, L"123", 4) - to));
	TRY(__wcpcpy_chk(to, L"123", 3));
	TRY(__wcsncpy_chk(to, L"1", 4, 4), show());
	TRY(__wcsncpy_chk(to, L"1", 4, 3));
	TRY(SHOW(__wcpncpy_chk(to, L"1", 4, 4) - to));
	TRY(__wcpncpy_chk(to, L"1", 4, 3));
	TRY(__wcscat_chk(to, L"23", 4), show());
	TRY(__wcscat_chk(to, L"4", 4));
	wcscpy(to, L"123");
	TRY(__wcsncat_chk(to, L"456", 1, 5), show());
	TRY(__wcsncat_chk(to, L"56", 1, 5));
}

static void formats(void)
{
	wchar_t writable[] = L"a%n";
	int n = 0;

	TRY(SHOW(__swprintf_chk(to, 8, 1, 8, L"%d", 1234)), show());
	TRY(__swprintf_chk(to, 8, 1, 7, L"%d", 1234));
	TRY(SHOW(__swprintf_chk(to, 3, 1, 8, L"%d", 1234)));
	TRY(__swprintf_chk(to, 8, 1, 8, writable, &n));
	TRY(SHOW(__swprintf_chk(to, 8, 0, 8, writable, &n)));
	SHOW(n);
}

static void streams(void)
{
	FILE *f = fopen("/tmp/wide", "w");

	fputs("wide line\nnext line\n", f);
	fclose(f);
	/* A stream is for wide characters from the first it reads. */
	f = fopen("/tmp/wide", "r");
	TRY(__fgetws_chk(to, 11, 100, f), show());
	TRY(__fgetws_unlocked_chk(to, 5, 100, f));
	rewind(f);
	TRY(__fgetws_chk(to, 9, 100, f));
	fclose(f);
	unlink("/tmp/wide");
}

static void conversions(void)
{
	mbstate_t state = {0};
	const char *narrow = "abc";
	const wchar_t *wide = L"abc";

	TRY(SHOW(__mbstowcs_chk(to, "abc", 4, 4)), show());
	TRY(__mbstowcs_chk(to, "abc", 4, 3));
	TRY(SHOW(__mbstowcs_chk(NULL, "abc", 0, UNKNOWN)));
	TRY(SHOW(__mbsrtowcs_chk(to, &narrow, 4, &state, 4)));
	narrow = "abc";
	TRY(__mbsrtowcs_chk(to, &narrow, 4, &state, 3));
	TRY(SHOW(__mbsnrtowcs_chk(to, &narrow, 2, 4, &state, 4)));
	TRY(__mbsnrtowcs_chk(to, &narrow, 2, 4, &state, 3));
	TRY(SHOW(__wcstombs_chk(bytes, L"abc", 4, 4)));
	TRY(__wcstombs_chk(bytes, L"abc", 4, 3));
	TRY(SHOW(__wcsrtombs_chk(bytes, &wide, 4, &state, 4)));
	wide = L"abc";
	TRY(__wcsrtombs_chk(bytes, &wide, 4, &state, 3));
	TRY(SHOW(__wcsnrtombs_chk(bytes, &wide, 2, 4, &state, 4)));
	TRY(__wcsnrtombs_chk(bytes, &wide, 2, 4, &state, 3));
	TRY(SHOW(__wcrtomb_chk(bytes, L'a', &state, 16)));
	TRY(__wcrtomb_chk(bytes, L'a', &state, 0));
	TRY(SHOW(__wctomb_chk(bytes, L'a', 16)));
	TRY(__wctomb_chk(bytes, L'a', 0));
}

void test_fortify_wide(void)
{
	strings();
	formats();
	streams();
	conversions();
}
