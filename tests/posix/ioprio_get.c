/* SPDX-License-Identifier: BSD-2-Clause */
/* ioprio_get(): see ioprio_get(2). t: alone */
#include "t.h"
#include <linux/ioprio.h>

#define TRY(what, ...) t_val(what, syscall(SYS_ioprio_get, __VA_ARGS__))

int main(void)
{
	syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0,
		IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 2));
	TRY("mine", IOPRIO_WHO_PROCESS, 0);
	TRY("by number", IOPRIO_WHO_PROCESS, getpid());
	TRY("nobody", IOPRIO_WHO_PROCESS, 4194303);
	TRY("no group", IOPRIO_WHO_PGRP, 4194303);
	TRY("unknown kind", 0, 0);
	TRY("another", 4, 0);
	return 0;
}
