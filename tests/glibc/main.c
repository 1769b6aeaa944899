/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main [NAME...]: run all tests, or those named. Prints what they print.
 * main die: overflow a buffer and be ended for it.
 */
#include "test.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

sigjmp_buf test_aborted;

static const struct test {
	const char *name;
	void (*run)(void);
} tests[] = {
	{"accounts", test_accounts},
	{"argp", test_argp},
	{"backtrace", test_backtrace},
	{"calls", test_calls},
	{"context", test_context},
	{"error", test_error},
	{"fortify", test_fortify},
	{"fortify_wide", test_fortify_wide},
	{"fts", test_fts},
	{"ifunc", test_ifunc},
	{"lists", test_lists},
	{"math", test_math},
	{"more", test_more},
	{"netdb", test_netdb},
	{"obstack", test_obstack},
	{"random", test_random},
	{"resolver", test_resolver},
	{"strings", test_strings},
	{"threads", test_threads},
};

static void on_abort(int signal)
{
	siglongjmp(test_aborted, 1);
}

static int named(int argc, char **argv, const char *name)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], name))
			return 1;
	return argc == 1;
}

char *__strcpy_chk(char *to, const char *from, size_t room);

static void die(void)
{
	char small[8];

	printf("== done\n");
	__strcpy_chk(small, "too long for it", sizeof(small));
	printf("alive: %s\n", small);
}

int main(int argc, char **argv)
{
	/* One stream, in order: messages go to standard error. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	dup2(STDOUT_FILENO, STDERR_FILENO);
	if (argc == 2 && !strcmp(argv[1], "die"))
		die();
	signal(SIGABRT, on_abort);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++) {
		if (!named(argc, argv, tests[i].name))
			continue;
		printf("== %s\n", tests[i].name);
		tests[i].run();
		fflush(stdout);
	}
	printf("== done\n");
	return 0;
}
