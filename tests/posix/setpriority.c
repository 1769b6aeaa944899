/* SPDX-License-Identifier: BSD-2-Clause */
/* setpriority(): see setpriority(2).  t: alone */
#include "t.h"
#include <sys/resource.h>

int main(void)
{
	struct rlimit none = {0, 0};

	t_ret("5", syscall(SYS_setpriority, PRIO_PROCESS, 0, 5));
	t_val("there", syscall(SYS_getpriority, PRIO_PROCESS, 0));
	t_ret("100", syscall(SYS_setpriority, PRIO_PROCESS, 0, 100));
	t_val("is 19", syscall(SYS_getpriority, PRIO_PROCESS, 0));
	t_ret("-100", syscall(SYS_setpriority, PRIO_PROCESS, getpid(), -100));
	t_val("is -20", syscall(SYS_getpriority, PRIO_PROCESS, 0));
	t_ret("nobody", syscall(SYS_setpriority, PRIO_PROCESS, 4194303, 0));
	t_ret("no such kind", syscall(SYS_setpriority, 7, 0, 0));
	t_ret("back to 10", syscall(SYS_setpriority, PRIO_PGRP, 0, 10));
	setrlimit(RLIMIT_NICE, &none);
	syscall(SYS_setresuid, 1000, 1000, 1000);
	t_ret("a user, nicer", syscall(SYS_setpriority, PRIO_PROCESS, 0, 11));
	t_ret("a user, less nice",
	      syscall(SYS_setpriority, PRIO_PROCESS, 0, 3));
	return 0;
}
