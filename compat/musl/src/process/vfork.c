/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vfork(2).  musl keeps the return address in a register, because the child
 * runs on the parent's stack and overwrites what lies below it.  Here the
 * runtime decides what vfork is; the call below returns twice only if the
 * runtime gives the child a copy of the stack, as POSIX.1-2001 allowed
 * ("fork with a promise"), and else fails with ENOSYS.
 */
#define _GNU_SOURCE
#include <unistd.h>
#include "syscall.h"

pid_t vfork(void)
{
	return syscall(SYS_vfork);
}
