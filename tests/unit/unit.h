/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unit.h: for tests that link a few objects of the runtime into an ordinary
 * program of the build machine. Include it after the C library's headers.
 *
 * A test is tests/unit/<name>.c with a main() that ends in
 * `return unit_done();`, and tests/unit/<name>.mk, which says
 * `unit-objs-<name> := ...` (objects of the runtime, without build prefix) and,
 * if it has more sources of its own, `unit-src-<name> := ...`.
 */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <stdio.h>
#include <string.h>

static int unit_failed, unit_passed;

static inline void unit_check(int ok, const char *file, int line,
			      const char *what)
{
	if (ok) {
		unit_passed++;
		return;
	}
	unit_failed++;
	printf("%s:%d: %s\n", file, line, what);
}

#define CHECK(c) unit_check(!!(c), __FILE__, __LINE__, #c)

/* Two strings are the same; shows both when they are not. */
#define CHECK_STR(got, want) unit_check_str((got), (want), __FILE__, __LINE__)
static inline void unit_check_str(const char *got, const char *want,
				  const char *file, int line)
{
	if (strcmp(got, want) == 0) {
		unit_passed++;
		return;
	}
	unit_failed++;
	printf("%s:%d:\n  got  %s\n  want %s\n", file, line, got, want);
}

static inline int unit_done(void)
{
	if (unit_failed)
		printf("%d of %d checks failed\n", unit_failed,
		       unit_failed + unit_passed);
	return unit_failed || !unit_passed;
}

#endif
