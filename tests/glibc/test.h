/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs of one object file each way: compiled by the system's gcc against
 * glibc's headers, they print what happens; the same is expected of the object
 * linked with glibc and of the object in an image.
 */
#ifndef TESTS_GLIBC_TEST_H
#define TESTS_GLIBC_TEST_H

#include <errno.h>
#include <setjmp.h>
#include <stdio.h>

/* One for each file; main.c calls them by their names. */
void test_accounts(void);
void test_argp(void);
void test_backtrace(void);
void test_calls(void);
void test_context(void);
void test_error(void);
void test_fortify(void);
void test_fortify_wide(void);
void test_fts(void);
void test_ifunc(void);
void test_lists(void);
void test_math(void);
void test_more(void);
void test_netdb(void);
void test_obstack(void);
void test_random(void);
void test_resolver(void);
void test_strings(void);
void test_threads(void);

/* Where abort(3) comes back to: its signal is caught. */
extern sigjmp_buf test_aborted;

/* Say what the expression gives, as a number. */
#define SHOW(expression) printf("%s = %ld\n", #expression, (long)(expression))
/* The same, with errno if it is negative. */
#define SHOW_ERRNO(expression)                                                 \
	do {                                                                   \
		long value_ = (errno = 0, (long)(expression));                 \
                                                                               \
		printf("%s = %ld, errno %d\n", #expression, value_,            \
		       value_ < 0 ? errno : 0);                                \
	} while (0)
#define SHOW_STRING(expression)                                                \
	do {                                                                   \
		const char *string_ = (expression);                            \
                                                                               \
		printf("%s = %s\n", #expression, string_ ? string_ : "NULL");  \
	} while (0)
/* Run a statement; say whether it ended the program. */
#define TRY(...)                                                               \
	do {                                                                   \
		printf("%s\n", #__VA_ARGS__);                                  \
		fflush(stdout);                                                \
		if (!sigsetjmp(test_aborted, 1)) {                             \
			__VA_ARGS__;                                           \
			printf("  went on\n");                                 \
		} else {                                                       \
			printf("  aborted\n");                                 \
		}                                                              \
	} while (0)

#endif
