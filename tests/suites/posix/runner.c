/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The main() of the image that holds the suite's cases:
 *
 *	suite CASE [ARG...]	be that program
 *
 * Its own main() is called as a C library would call it, with its own name, in
 * a folder that it may write to, as the suite's makefile runs it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct test_case {
	const char *name;
	int (*main)();
};

extern const struct test_case cases[];

int main(int argc, char **argv, char **envp)
{
	const struct test_case *c;

	if (mkdir("/tmp", 01777) < 0 && errno != EEXIST)
		perror("/tmp");
	if (argc >= 2 && chdir("/tmp") == 0) {
		errno = 0;
		for (c = cases; c->name; c++) {
			if (strcmp(c->name, argv[1]) == 0)
				return c->main(argc - 1, argv + 1, envp);
		}
	}
	fprintf(stderr, "usage: %s CASE\n", argv[0]);
	return 127;
}
