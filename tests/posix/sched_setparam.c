/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_setparam(): see sched_setparam(2). */
#include "t.h"
#include <sched.h>

int main(void)
{
	int prio = 0;

	t_ret("0", syscall(SYS_sched_setparam, 0, &prio));
	prio = 1;
	t_ret("1", syscall(SYS_sched_setparam, 0, &prio));
	prio = 0;
	t_ret("no priority", syscall(SYS_sched_setparam, 0, NULL));
	t_ret("negative", syscall(SYS_sched_setparam, -1, &prio));
	t_ret("nobody", syscall(SYS_sched_setparam, 4194303, &prio));
	t_ret("bad pointer", syscall(SYS_sched_setparam, 0, T_BAD));
	return 0;
}
