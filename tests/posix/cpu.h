/* SPDX-License-Identifier: BSD-2-Clause */
/* cpu.h: what the tests of CPU time share: ways to spend it, and how much it
 * was. */
#ifndef TESTS_POSIX_CPU_H
#define TESTS_POSIX_CPU_H

#include "t.h"
#include <time.h>

/* Seconds that this process has had. */
static inline double cpu(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

/* Mostly the program's own time. */
static inline void computes(void)
{
	for (volatile int i = 0; i < 1000000; i++)
		;
}

/* Mostly the system's. */
static inline void calls(void)
{
	static char buf[1 << 20];
	static int fd = -1;

	if (fd < 0)
		fd = open("/dev/zero", O_RDONLY);
	read(fd, buf, sizeof(buf));
}

#endif
