/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers of processes, groups, sessions and threads. */
#include <posixen/process.h>
#include <posixen/syscalls.h>

long sys_getpid(void)
{
	return current_process()->pid;
}

long sys_getppid(void)
{
	return current_process()->ppid;
}

long sys_gettid(void)
{
	return current()->tid;
}

long sys_getpgrp(void)
{
	return current_process()->pgid;
}

static bool is_self(int pid)
{
	return pid == 0 || pid == current_process()->pid;
}

long sys_getpgid(int pid)
{
	return is_self(pid) ? current_process()->pgid : -ESRCH;
}

long sys_getsid(int pid)
{
	return is_self(pid) ? current_process()->sid : -ESRCH;
}

/* setpgid(2): the process may lead a group of its own, unless it leads a
 * session; there is no other group to join but the one it was born in. */
long sys_setpgid(int pid, int pgid)
{
	struct process *p = current_process();

	if (pgid < 0)
		return -EINVAL;
	if (!is_self(pid))
		return -ESRCH;
	if (p->sid == p->pid)
		return -EPERM;
	if (pgid == 0)
		pgid = p->pid;
	if (pgid != p->pid && pgid != p->pgid)
		return -EPERM;
	p->pgid = pgid;
	return 0;
}

long sys_setsid(void)
{
	struct process *p = current_process();

	if (p->pgid == p->pid)
		return -EPERM;
	p->pgid = p->sid = p->pid;
	return p->sid;
}

long sys_set_tid_address(void *uaddr)
{
	current()->clear_tid = uaddr;
	return current()->tid;
}
