/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_getparam(): see sched_setparam(2). */
#include "t.h"
#include <sched.h>

int main(void)
{
	int prio = 77;

	t_ret("mine", syscall(SYS_sched_getparam, 0, &prio));
	t_val("priority", prio);
	t_ret("no place", syscall(SYS_sched_getparam, 0, NULL));
	t_ret("negative", syscall(SYS_sched_getparam, -1, &prio));
	t_ret("nobody", syscall(SYS_sched_getparam, 4194303, &prio));
	t_ret("bad pointer", syscall(SYS_sched_getparam, 0, T_BAD));
	return 0;
}
