/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_setscheduler(): see sched_setscheduler(2). A user may not have the
 * real-time policies.  t: alone */
#include "t.h"
#include <sched.h>
#include <sys/resource.h>

int main(void)
{
	struct rlimit none = {0, 0};
	int prio = 0;

	t_ret("OTHER", syscall(SYS_sched_setscheduler, 0, SCHED_OTHER, &prio));
	prio = 1;
	t_ret("OTHER, priority 1",
	      syscall(SYS_sched_setscheduler, 0, SCHED_OTHER, &prio));
	prio = 100;
	t_ret("FIFO, priority 100",
	      syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &prio));
	prio = 0;
	t_ret("RR, priority 0",
	      syscall(SYS_sched_setscheduler, 0, SCHED_RR, &prio));
	t_ret("no such policy", syscall(SYS_sched_setscheduler, 0, 77, &prio));
	t_ret("negative policy", syscall(SYS_sched_setscheduler, 0, -1, &prio));
	t_ret("nobody", syscall(SYS_sched_setscheduler, 4194303, 0, &prio));
	t_ret("no priority", syscall(SYS_sched_setscheduler, 0, 0, NULL));
	t_ret("bad pointer", syscall(SYS_sched_setscheduler, 0, 0, T_BAD));
	prio = 7;
	t_ret("FIFO, priority 7",
	      syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &prio));
	t_val("is FIFO", syscall(SYS_sched_getscheduler, 0));
	prio = 0;
	syscall(SYS_sched_getparam, 0, &prio);
	t_val("is 7", prio);
	t_ret("back",
	      syscall(SYS_sched_setscheduler, 0, SCHED_OTHER, &(int){0}));
	setrlimit(RLIMIT_RTPRIO, &none);
	syscall(SYS_setresuid, 1000, 1000, 1000);
	prio = 5;
	t_ret("a user, FIFO",
	      syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &prio));
	t_val("as before", syscall(SYS_sched_getscheduler, 0));
	return 0;
}
