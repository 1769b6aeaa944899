/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each test prints what it finds; run compares that with what glibc does. The
 * argument, if there is one, is a test's name.
 */
#include <stdio.h>
#include <string.h>

#define TESTS(X)                                                               \
	X(regex)                                                               \
	X(message)                                                             \
	X(mutex)                                                               \
	X(locale)                                                              \
	X(strings)                                                             \
	X(sched)                                                               \
	X(filled)                                                              \
	X(context)                                                             \
	X(both)

#define DECLARE(name) void test_##name(void);
TESTS(DECLARE)

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
#define ROW(name) {#name, test_##name},
	TESTS(ROW)};

int main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		if (argc > 1 && strcmp(argv[1], tests[i].name) != 0)
			continue;
		printf("-- %s\n", tests[i].name);
		tests[i].run();
	}
	return 0;
}
