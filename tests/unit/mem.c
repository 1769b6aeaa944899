/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory half of the runtime: see mem/mem.h. */
#include "mem/mem.h"

#define TEST_ROW(name) {test_##name, #name},
static const struct {
	void (*run)(void);
	const char *name;
} tests[] = {TESTS(TEST_ROW)};

int main(int argc, char **argv)
{
	int failed = 0;

	for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
		if (argc < 2 || strcmp(argv[1], tests[i].name) == 0)
			failed += run_in_child(tests[i].run, tests[i].name);
	}
	return failed != 0;
}
