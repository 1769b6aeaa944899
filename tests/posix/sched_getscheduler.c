/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_getscheduler(): see sched_setscheduler(2). */
#include "t.h"
#include <sched.h>

int main(void)
{
	t_val("mine", syscall(SYS_sched_getscheduler, 0));
	t_val("by number", syscall(SYS_sched_getscheduler, getpid()));
	t_val("negative", syscall(SYS_sched_getscheduler, -1));
	t_val("nobody", syscall(SYS_sched_getscheduler, 4194303));
	return 0;
}
