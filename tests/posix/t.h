/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t.h: what a test of a system call uses to say what it saw.
 *
 * A test is tests/posix/<name>.c, a program that prints facts, one a line. The
 * same source runs on Linux and on Posixen and must print the same, so it
 * judges nothing itself; and what differs from run to run (addresses, pids,
 * times, descriptors) must not be printed.
 *
 * It begins in an empty directory of its own on a memory filesystem, as root,
 * with descriptors 0, 1 and 2 only. Everything but main() is static: all tests
 * are linked into one program (runner.c).
 *
 * A test that cannot share a process with others, because it ends it or changes
 * it for good, says so in a line of its own: "t: alone".
 */
#ifndef TESTS_POSIX_T_H
#define TESTS_POSIX_T_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>

/* An address at which nothing is mapped, for EFAULT. */
#define T_BAD ((void *)8)

/* printf() to descriptor 1 in one write, without stdio's buffers. */
void t_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* "name: ok" for a result that is not negative, else "name: ENOENT". */
void t_ret(const char *name, long ret);
/* The value itself, or the error: for results that are the same everywhere. */
void t_val(const char *name, long ret);
/* "name: yes" or "name: no". */
void t_is(const char *name, int cond);
/* "name: text", with bytes that do not print as \x. */
void t_str(const char *name, const char *s);
void t_bytes(const char *name, const void *p, size_t n);
/* Print that the rest cannot be tried here, and end the test. */
void t_skip(const char *why) __attribute__((noreturn));

/* "ENOENT" for the number; "E123" for an unknown one. */
const char *t_errno_name(int err);

/* Make a file with these contents; a failure ends the test loudly. */
void t_file(const char *path, const char *text);
/* Print the whole contents of a file. */
void t_cat(const char *name, const char *path);
/* Print type, permission, links and size of a file. */
void t_stat(const char *name, const char *path);

/* A number below n by chance, in each run the same; *state is what the test
 * begins with. */
unsigned int t_rnd(uint64_t *state, unsigned int n);

/* Catch a signal with a handler that does nothing. */
void t_catch(int sig, int flags);
/* Start a thread, to be joined, which in 50 ms sends the calling one SIGUSR1.
 */
pthread_t t_interrupt_soon(void);

#endif
