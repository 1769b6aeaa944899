/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_setaffinity(): see sched_setaffinity(2).  t: alone */
#include "t.h"

int main(void)
{
	unsigned long mask[128] = {0};

	syscall(SYS_sched_getaffinity, 0, sizeof(mask), mask);
	t_ret("as it is",
	      syscall(SYS_sched_setaffinity, 0, sizeof(mask), mask));
	mask[0] &= -mask[0];
	t_ret("one CPU", syscall(SYS_sched_setaffinity, 0, 8, mask));
	mask[0] = 0;
	t_ret("no CPU", syscall(SYS_sched_setaffinity, 0, 8, mask));
	mask[0] = 1;
	t_ret("nobody", syscall(SYS_sched_setaffinity, 4194303, 8, mask));
	t_ret("bad pointer", syscall(SYS_sched_setaffinity, 0, 8, T_BAD));
	return 0;
}
