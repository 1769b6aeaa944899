/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linked in beside a suite's objects: main() waits until the machine is up for
 * SUITE_UPTIME seconds. Linux's own are several before there is a program; a
 * guest starts in less than one, which a few tests do not expect.
 */
#include <stdlib.h>
#include <time.h>

__attribute__((constructor)) static void wait_for_uptime(void)
{
	const char *want = getenv("SUITE_UPTIME");
	struct timespec until = {want ? atoi(want) : 0, 0};

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}
