/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the overlay share: CHECK() counts and says. */
#ifndef TESTS_UNIT_MUSL_TEST_H
#define TESTS_UNIT_MUSL_TEST_H

#include <stdio.h>

extern int passed, failed;

#define CHECK(cond)                                                            \
	do {                                                                   \
		if (cond) {                                                    \
			passed++;                                              \
		} else {                                                       \
			failed++;                                              \
			printf("FAIL %s:%d: %s\n", __FILE__, __LINE__, #cond); \
		}                                                              \
	} while (0)

void test_process(char **argv);
void test_threads(void);
void test_mutex(void);
void test_cancel(void);

#endif
