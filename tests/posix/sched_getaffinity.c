/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_getaffinity(): see sched_setaffinity(2). The kernel's own call returns
 * the bytes it wrote. */
#include "t.h"

int main(void)
{
	unsigned long mask[128] = {0};

	t_is("some bytes",
	     syscall(SYS_sched_getaffinity, 0, sizeof(mask), mask) >= 8);
	t_is("some CPU", mask[0] != 0);
	t_is("by number",
	     syscall(SYS_sched_getaffinity, getpid(), sizeof(mask), mask) >= 8);
	t_ret("too small", syscall(SYS_sched_getaffinity, 0, 4, mask));
	t_ret("an odd size", syscall(SYS_sched_getaffinity, 0, 1021, mask));
	t_ret("nobody",
	      syscall(SYS_sched_getaffinity, 4194303, sizeof(mask), mask));
	t_ret("bad pointer",
	      syscall(SYS_sched_getaffinity, 0, sizeof(mask), T_BAD));
	return 0;
}
