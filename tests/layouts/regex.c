/* SPDX-License-Identifier: BSD-2-Clause */
/* regex_t, regmatch_t, REG_STARTEND, and patterns that are GNU's. */
#include <regex.h>
#include <stdio.h>
#include <string.h>

static void match(const char *pattern, int cflags, const char *text,
		  size_t nmatch, int eflags, int from, int to)
{
	/* What lies behind what was asked for must stay. */
	struct {
		regmatch_t m[16];
		char guard[64];
	} room;
	regex_t re;
	int error = regcomp(&re, pattern, cflags);
	char name[64];

	memset(&room, 0x5a, sizeof(room));
	if (error) {
		printf("%s: %d %d\n", pattern, error,
		       (int)regerror(error, &re, name, sizeof(name)) > 1);
		return;
	}
	room.m[0].rm_so = from;
	room.m[0].rm_eo = to;
	error = regexec(&re, text, nmatch, room.m, eflags);
	printf("%s: nsub %zu, %d", pattern, re.re_nsub, error);
	for (size_t i = 0; !error && i < nmatch && !(cflags & REG_NOSUB); i++)
		printf(" %d-%d", room.m[i].rm_so, room.m[i].rm_eo);
	for (size_t i = nmatch + (eflags & REG_STARTEND ? 1 : 0); i < 16; i++)
		if (room.m[i].rm_so != 0x5a5a5a5a)
			printf(" [%zu overwritten]", i);
	for (size_t i = 0; i < sizeof(room.guard); i++)
		if (room.guard[i] != 0x5a)
			printf(" <%zu overwritten>", i);
	printf("\n");
	regfree(&re);
}

/* Each with what it is tried on; basic expressions begin with a space. */
static const char *const patterns[][2] = {
	{"(a)\\1", "aa"},
	{"(a|b)\\1", "bb"},
	{"([a-c]+)x\\1", "abxab"},
	{"(a{2})\\1", "aaaa"},
	{"\\(a(b)\\1", "(abb"},
	{"(.+)\\+\\1", "12+12"},
	{"^(.*)(.)\\2$", "hello"},
	{"(a)?b\\1", "aba"},
	{"(a})\\1", "a}a}"},
	{"(x)\\{\\1", "x{x"},
	{"a{,2}b", "aab"},
	{" a\\{,2\\}b", "aab"},
	{" \\(x\\)\\(y\\)\\2", "xyy"},
	{"[[=a=]b]+", "xbab"},
	{"[^[:digit:][.x.]]", "x5y"},
	{"[[:space:]]*=[[:space:]]*", "a = b"},
	{"[\\n]", "n"},
	{"[]a]+", "]a"},
	{"[^]a]", "b"},
	{"a\\n", "an"},
	{"\\x\\d", "xd"},
	{"\\/\\-\\:", "/-:"},
	{"a\\'", "aba"},
	{"\\`a", "aba"},
	{"\\w+\\W\\s*\\S", "ab_1.  c"},
	{"\\bfoo\\b", "a foo b"},
	{"\\<foo\\>", "a foo b"},
	{"\\Bb", "ab"},
	{"a}b", "a}b"},
	{"\\.[.]", "a.."},
	{"\\", "x"},
};

static void all_patterns(void)
{
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		int basic = *patterns[i][0] == ' ';

		match(patterns[i][0] + basic, basic ? 0 : REG_EXTENDED,
		      patterns[i][1], 4, 0, 0, 0);
	}
}

void test_regex(void)
{
	match("a(b+)(c)?", REG_EXTENDED, "xxabbbc", 3, 0, 0, 0);
	match("a(b+)(c)?", REG_EXTENDED, "xxabbbd", 5, 0, 0, 0);
	match("a(b+)(c)?", REG_EXTENDED, "xxabbbd", 1, 0, 0, 0);
	match("a(b+)(c)?", REG_EXTENDED, "xxabbbd", 0, 0, 0, 0);
	match("a(b+)(c)?", REG_EXTENDED, "xxa", 3, 0, 0, 0);
	match("\\(a\\)\\(b\\)", 0, "xab", 3, 0, 0, 0);
	match("A.C", REG_ICASE, "zabc", 1, 0, 0, 0);
	match("^b$", REG_NEWLINE, "a\nb\nc", 1, 0, 0, 0);
	match("^b$", 0, "a\nb\nc", 1, 0, 0, 0);
	match("b", REG_NOSUB, "abc", 2, 0, 0, 0);
	match("^a", 0, "abc", 1, REG_NOTBOL, 0, 0);
	match("c$", 0, "abc", 1, REG_NOTEOL, 0, 0);
	match("(((((((((((x)))))))))))", REG_EXTENDED, "yyx", 12, 0, 0, 0);
	match("a(b", REG_EXTENDED, "", 0, 0, 0, 0);
	match("a[b", REG_EXTENDED, "", 0, 0, 0, 0);
	match("a{2,1}", REG_EXTENDED, "", 0, 0, 0, 0);
	match("b+", REG_EXTENDED, "bbabbbabb", 2, REG_STARTEND, 2, 5);
	match("b+", REG_EXTENDED, "bbabbbabb", 2, REG_STARTEND, 2, 3);
	match("b+", REG_EXTENDED | REG_NOSUB, "bbabbbabb", 2, REG_STARTEND, 2,
	      5);
	match("^b", REG_EXTENDED, "bbb", 1, REG_STARTEND, 0, 3);
	match("^b", REG_EXTENDED, "bbb", 1, REG_STARTEND, 1, 3);
	match("^b", REG_NEWLINE, "a\nb", 1, REG_STARTEND, 2, 3);
	match("b$", REG_EXTENDED, "bbb", 1, REG_STARTEND, 1, 2);
	match("b", REG_EXTENDED, "bbb", 0, REG_STARTEND, 1, 2);
	match("b", REG_EXTENDED, "b", 1, 1 << 6, 0, 0);
	all_patterns();
}
