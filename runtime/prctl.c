/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * prctl(2), arch_prctl(2), personality(2). An operation that is not done here
 * is EINVAL, which is how prctl(2) says that a kernel does not know it.
 */
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <asm/prctl.h>
#include <linux/capability.h>
#include <linux/personality.h>
#include <linux/prctl.h>

static long set_name(const char *uname)
{
	struct thread *t = current();
	char name[sizeof(t->name)] = {0};

	/* Longer names are cut, shorter ones end earlier: read what is there.
	 */
	for (size_t i = 0; i < sizeof(name) - 1; i++) {
		if (copy_in(name + i, uname + i, 1))
			return -EFAULT;
		if (!name[i])
			break;
	}
	memcpy(t->name, name, sizeof(name));
	if (t == t->proc->leader)
		memcpy(t->proc->comm, name, sizeof(name));
	return 0;
}

long sys_prctl(int op, unsigned long a, unsigned long b, unsigned long c,
	       unsigned long d)
{
	struct thread *t = current();
	struct process *p = t->proc;

	switch (op) {
	case PR_SET_NAME:
		return set_name((const char *)a);
	case PR_GET_NAME:
		return copy_out((void *)a, t->name, sizeof(t->name));
	case PR_SET_DUMPABLE:
		if (a > 1)
			return -EINVAL;
		p->not_dumpable = !a;
		return 0;
	case PR_GET_DUMPABLE:
		return !p->not_dumpable;
	case PR_SET_PDEATHSIG: /* the parent, the runtime, never dies first */
		if (a > 64)
			return -EINVAL;
		t->pdeath_sig = a;
		return 0;
	case PR_GET_PDEATHSIG:
		return copy_out_obj((int *)a, &t->pdeath_sig);
	case PR_SET_NO_NEW_PRIVS: /* no execve(2) could grant any */
		if (a != 1 || b || c || d)
			return -EINVAL;
		p->no_new_privs = true;
		return 0;
	case PR_GET_NO_NEW_PRIVS:
		return a || b || c || d ? -EINVAL : p->no_new_privs;
	case PR_SET_TIMERSLACK: /* timers are exact; the number is kept */
		t->timer_slack = a ? a : 50000;
		return 0;
	case PR_GET_TIMERSLACK:
		return t->timer_slack ? t->timer_slack : 50000;
	case PR_CAPBSET_READ:
		return a > CAP_LAST_CAP ? -EINVAL : cred_capable(&p->cred);
	case PR_SET_CHILD_SUBREAPER: /* there is no child to inherit */
		p->subreaper = a != 0;
		return 0;
	case PR_GET_CHILD_SUBREAPER: {
		int on = p->subreaper;

		return copy_out_obj((int *)a, &on);
	}
	case PR_SET_THP_DISABLE: /* no page is huge */
		if (b || c || d)
			return -EINVAL;
		p->thp_disable = a != 0;
		return 0;
	case PR_GET_THP_DISABLE:
		return a || b || c || d ? -EINVAL : p->thp_disable;
	case PR_SET_TIMING: /* PR_TIMING_STATISTICAL is all that Linux has */
		return a == PR_TIMING_STATISTICAL ? 0 : -EINVAL;
	case PR_GET_TIMING:
		return PR_TIMING_STATISTICAL;
	case PR_GET_TSC: {
		int can_read = PR_TSC_ENABLE;

		return copy_out_obj((int *)a, &can_read);
	}
	case PR_GET_TID_ADDRESS:
		return copy_out_obj((int **)a, &t->clear_tid);
	case PR_TASK_PERF_EVENTS_DISABLE: /* of which there are none */
	case PR_TASK_PERF_EVENTS_ENABLE:
		return 0;
	case PR_GET_SECCOMP:
	case PR_GET_KEEPCAPS:
		return 0;
	default:
		return -EINVAL;
	}
}

long sys_arch_prctl(int op, unsigned long addr)
{
	unsigned long base;

	switch (op) {
	case ARCH_SET_FS:
		if (addr >= USER_MAX)
			return -EPERM;
		current()->fs_base = addr; /* for debuggers */
		plat_set_fs(addr);
		return 0;
	case ARCH_GET_FS:
		base = plat_get_fs();
		return copy_out_obj((unsigned long *)addr, &base);
	default: /* GS is the platform's */
		return -EINVAL;
	}
}

long sys_personality(unsigned long persona)
{
	struct process *p = current_process();
	unsigned long old = p->personality;

	if (persona == 0xffffffff)
		return old;
	/* No address is random, so that wish is granted in advance. */
	if (persona & ~(unsigned long)ADDR_NO_RANDOMIZE)
		return -EINVAL;
	p->personality = persona;
	return old;
}
