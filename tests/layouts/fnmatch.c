/* SPDX-License-Identifier: BSD-2-Clause */
/* fnmatch() with FNM_EXTMATCH, by all patterns against all texts. */
#define _GNU_SOURCE
#include <fnmatch.h>
#include <stdio.h>

static const char *const patterns[] = {
	"a",	    "*.c",	  "@(a|b)",	"@(a|b).c",   "+(a|b)",
	"*(a|b)",   "?(a|b)c",	  "!(a|b)",	"!(*.c)",     "*.@(c|h)",
	"a+(b)c",   "a*(b|bb)c",  "@(ab|a)bc",	"+([0-9])",   "x@(a|@(b|c))y",
	"!(a)b",    "*(a)@(b|)c", "@(a*|b?)d",	"+(?)",	      "a@(|b)c",
	"@(a",	    "a@b",	  "[@](a)",	"\\@(a)",     "!(x)/y",
	"*/@(a|b)", "@(.a|b)",	  "*(.)a",	"?(?)",	      "*(*)a",
	"!()",	    "+(a|)b",	  "@([|]|[)])", "@(a\\|b|c)",
};

static const char *const texts[] = {
	"",    "a",   "b",     "c",	 "ab",	"abc", "abbc", "abbbc",
	"a.c", "b.c", "a.h",   "c.txt",	 "123", "12a", "xay",  "xby",
	"xcy", "xdy", "aab",   "bc",	 "ad",	"bxd", ".a",   "..a",
	"x/y", "z/y", "dir/a", "dir/c",	 "@b",	"a@b", "@(a)", "@(a",
	"|",   ")",   "a|b",   "aabbab", "xb",	"ac",  "d/.a", "dd/b",
};

static const int flags[] = {0,
			    FNM_PATHNAME,
			    FNM_PERIOD,
			    FNM_PATHNAME | FNM_PERIOD,
			    FNM_CASEFOLD,
			    FNM_NOESCAPE};

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

void test_fnmatch(void)
{
	for (size_t p = 0; p < COUNT(patterns); p++) {
		for (size_t f = 0; f < COUNT(flags); f++) {
			printf("%s %x:", patterns[p], flags[f]);
			for (size_t t = 0; t < COUNT(texts); t++)
				if (!fnmatch(patterns[p], texts[t],
					     flags[f] | FNM_EXTMATCH))
					printf(" %s", texts[t]);
			printf("\n");
		}
	}
	printf("%d %d\n", fnmatch("@(a)", "a", 0), fnmatch("@(a)", "@(a)", 0));
}
