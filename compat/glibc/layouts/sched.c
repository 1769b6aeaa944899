/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched_setparam(2) and its kin. glibc makes Linux's calls, whose sched_param
 * has 4 bytes; musl answers ENOSYS, because they do not do for a process what
 * POSIX asks for. The calls that concern threads read and write 4 bytes of
 * musl's 48 too and need no entry.
 */
#include <sys/syscall.h>
#include <unistd.h>

#include "layouts.h"

int __glibc_sched_setparam(int pid, const int *priority);
int __glibc_sched_getparam(int pid, int *priority);
int __glibc_sched_setscheduler(int pid, int policy, const int *priority);
int __glibc_sched_getscheduler(int pid);

int __glibc_sched_setparam(int pid, const int *priority)
{
	return (int)syscall(SYS_sched_setparam, pid, priority);
}

int __glibc_sched_getparam(int pid, int *priority)
{
	return (int)syscall(SYS_sched_getparam, pid, priority);
}

int __glibc_sched_setscheduler(int pid, int policy, const int *priority)
{
	return (int)syscall(SYS_sched_setscheduler, pid, policy, priority);
}

int __glibc_sched_getscheduler(int pid)
{
	return (int)syscall(SYS_sched_getscheduler, pid);
}
