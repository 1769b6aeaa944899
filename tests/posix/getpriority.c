/* SPDX-License-Identifier: BSD-2-Clause */
/* getpriority(): see getpriority(2). The kernel's call returns 20 - nice. */
#include "t.h"
#include <sys/resource.h>

int main(void)
{
	t_val("process", syscall(SYS_getpriority, PRIO_PROCESS, 0));
	t_val("by number", syscall(SYS_getpriority, PRIO_PROCESS, getpid()));
	t_val("group", syscall(SYS_getpriority, PRIO_PGRP, 0));
	t_val("nobody", syscall(SYS_getpriority, PRIO_PROCESS, 4194303));
	t_val("no such group", syscall(SYS_getpriority, PRIO_PGRP, 4194303));
	t_val("no such kind", syscall(SYS_getpriority, 7, 0));
	return 0;
}
