/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * system(3). musl's says of a null pointer that there is a shell; here is none,
 * since a program has the machine for itself, and a program can tell. The call
 * that would start it is made all the same: its error is the caller's, and
 * tools/syscall-report shows who asks for processes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

int system(const char *command)
{
	char *argv[] = {"sh", "-c", (char *)command, NULL};
	pid_t pid;

	if (!command)
		return 0;
	errno = posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ);
	return -1;
}
