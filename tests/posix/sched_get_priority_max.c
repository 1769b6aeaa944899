/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_get_priority_max(): see sched_get_priority_min(2). */
#include "t.h"
#include <sched.h>

int main(void)
{
	t_val("OTHER", syscall(SYS_sched_get_priority_max, SCHED_OTHER));
	t_val("FIFO", syscall(SYS_sched_get_priority_max, SCHED_FIFO));
	t_val("RR", syscall(SYS_sched_get_priority_max, SCHED_RR));
	t_val("BATCH", syscall(SYS_sched_get_priority_max, SCHED_BATCH));
	t_val("IDLE", syscall(SYS_sched_get_priority_max, SCHED_IDLE));
	t_val("4", syscall(SYS_sched_get_priority_max, 4));
	t_val("77", syscall(SYS_sched_get_priority_max, 77));
	t_val("-1", syscall(SYS_sched_get_priority_max, -1));
	return 0;
}
