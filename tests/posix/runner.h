/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_POSIX_RUNNER_H
#define TESTS_POSIX_RUNNER_H

/* End the running test with a status: 77 skipped, 99 broken. */
void runner_leave(int status) __attribute__((noreturn));

#endif
