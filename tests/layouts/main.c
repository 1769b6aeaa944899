/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each test of tests.def prints what it finds; run compares that with what
 * glibc does. Arguments, if there are any, name the tests to run.
 */
#include <stdio.h>
#include <string.h>

#define TEST(name) void test_##name(void);
#include "tests.def"
#undef TEST

static int wanted(const char *name, char **argv)
{
	if (!*++argv)
		return 1;
	for (; *argv; argv++)
		if (!strcmp(name, *argv))
			return 1;
	return 0;
}

int main(int argc, char **argv)
{
	(void)argc;
#define TEST(name)                                                             \
	if (wanted(#name, argv)) {                                             \
		printf("-- %s\n", #name);                                      \
		fflush(stdout);                                                \
		test_##name();                                                 \
	}
#include "tests.def"
	return 0;
}
