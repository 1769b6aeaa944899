/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_getres(): see clock_getres(2). */
#include "t.h"
#include <time.h>

int main(void)
{
	struct timespec ts = {9, 9};

	t_ret("REALTIME", syscall(SYS_clock_getres, CLOCK_REALTIME, &ts));
	t_say("%ld s %ld ns\n", (long)ts.tv_sec, ts.tv_nsec);
	t_ret("MONOTONIC", syscall(SYS_clock_getres, CLOCK_MONOTONIC, &ts));
	t_say("%ld s %ld ns\n", (long)ts.tv_sec, ts.tv_nsec);
	/* A tick of the kernel, whatever that is: finer than 20 ms. */
	t_ret("coarse", syscall(SYS_clock_getres, CLOCK_MONOTONIC_COARSE, &ts));
	t_is("a tick",
	     ts.tv_sec == 0 && ts.tv_nsec >= 1 && ts.tv_nsec <= 20000000);
	t_ret("without a place", syscall(SYS_clock_getres, CLOCK_BOOTTIME, 0));
	t_ret("no such clock", syscall(SYS_clock_getres, 77, &ts));
	t_ret("no clock, no place", syscall(SYS_clock_getres, 77, 0));
	t_ret("bad pointer", syscall(SYS_clock_getres, CLOCK_REALTIME, T_BAD));
	return 0;
}
