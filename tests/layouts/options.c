/* SPDX-License-Identifier: BSD-2-Clause */
/* getopt() moves what is no option to the end. */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MOST 12

static void options(const char *known, char *const *given)
{
	char *argv[MOST + 1];
	int argc = 0, c;

	for (; given[argc]; argc++)
		argv[argc] = given[argc];
	argv[argc] = NULL;
	optind = 0;
	opterr = 0;
	printf("%s:", known);
	while ((c = getopt(argc, argv, known)) != -1)
		printf(" %d(%s,%d)", c, optarg && c != '?' ? optarg : "",
		       c == '?' || c == ':' ? optopt : 0);
	printf(" %d", optind);
	for (int i = 1; i < argc; i++)
		printf(" %s", argv[i]);
	printf("\n");
}

static void words(const char *known)
{
	options(known, (char *[]){"p", "-a", "one", "-b", "two", "-c", NULL});
	options(known, (char *[]){"p", "one", "-abtwo", "--", "-c", NULL});
	options(known, (char *[]){"p", "one", "two", NULL});
	options(known, (char *[]){"p", "-x", "-b", NULL});
	options(known, (char *[]){"p", "-", "-a", "--", NULL});
}

void test_options(void)
{
	words("ab:c");
	words(":ab:c");
	words("+ab:c");
	words("-ab:c");
	words("ab::c");
	setenv("POSIXLY_CORRECT", "1", 1);
	words("ab:c");
	unsetenv("POSIXLY_CORRECT");
}
