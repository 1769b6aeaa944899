/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __nscd_query: ask the name service cache daemon (getpwnam(3), getgrnam(3)
 * and kin do, when the files have no answer).
 *
 * The image is the only program of its machine: there is no such daemon, and
 * nobody else can bind its socket. So this answers at once what musl's answers
 * when it cannot connect: not found, errno as it was, and a stream to close.
 * Otherwise each image that asks for a user's name would contain sockets.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "src/passwd/nscd.h"

FILE *__nscd_query(int32_t req, const char *key, int32_t *buf, size_t len,
		   int *swap)
{
	int saved = errno;
	FILE *f = fopen("/dev/null", "re");

	*swap = 0;
	memset(buf, 0, len);
	buf[0] = NSCDVERSION;
	if (f)
		errno = saved;
	return f;
}
