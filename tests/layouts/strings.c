/* SPDX-License-Identifier: BSD-2-Clause */
/* strerror_r() and basename() of GNU. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>

static void name(const char *path)
{
	char copy[64];

	strcpy(copy, path);
	printf("[%s] of [%s]", basename(copy), path);
	printf(" %s\n", strcmp(copy, path) ? "changed" : "kept");
}

void test_strings(void)
{
	char buf[64] = "untouched", small[4] = "";
	const char *text;

	printf("%s\n", strerror_r(ENOENT, buf, sizeof(buf)));
	printf("%s\n", strerror_r(EACCES, buf, 0));
	printf("%s\n", strerror_r(0, buf, sizeof(buf)));
	text = strerror_r(EEXIST, buf, sizeof(buf));
	printf("%s %d\n", text, text != buf);
	text = strerror_r(12345, buf, sizeof(buf));
	printf("%s %d\n", text, text == buf);
	text = strerror_r(-3, small, sizeof(small));
	printf("%s %d\n", text, text == small);
	name("/usr/lib");
	name("/usr/lib/");
	name("/");
	name("//");
	name("");
	name("usr");
	name("a/b/c");
}
