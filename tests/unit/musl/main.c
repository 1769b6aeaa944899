/* SPDX-License-Identifier: BSD-2-Clause */
#define _GNU_SOURCE
#include "test.h"
#include <sched.h>
#include <unistd.h>

int passed, failed;

int main(int argc, char **argv)
{
	cpu_set_t one;

	if (argc > 1)
		return 7; /* the child of posix_spawn() in process.c */
	/* One CPU, as in a guest: see atomic_arch.h. */
	sched_getaffinity(0, sizeof(one), &one);
	for (int cpu = 0, found = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &one) && found++)
			CPU_CLR(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);

	alarm(60); /* a test that hangs fails */
	test_process(argv);
	test_threads();
	test_mutex();
	test_cancel();
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
