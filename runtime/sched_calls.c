/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of scheduling: sched(7). On the one virtual CPU, threads of
 * SCHED_FIFO and SCHED_RR run before all others; those of SCHED_BATCH and
 * SCHED_IDLE are treated as SCHED_OTHER's. Niceness is kept and shown; with one
 * process there is nobody to be nice to.
 */
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/resource.h>
#include <linux/sched.h>

#define SLICE_NS 10000000

struct param { /* struct sched_param of sched_setparam(2) */
	int priority;
};

static struct thread *thread_of(int pid)
{
	return pid == 0 ? current() : thread_by_tid(pid);
}

long sys_sched_yield(void)
{
	sched_yield();
	return 0;
}

long sys_sched_getaffinity(int pid, size_t len, void *umask)
{
	uint64_t mask = 1;

	if (len < sizeof(mask) || len % sizeof(mask))
		return -EINVAL;
	if (pid < 0 || !thread_of(pid))
		return -ESRCH;
	return copy_out(umask, &mask, sizeof(mask)) ? -EFAULT
						    : (long)sizeof(mask);
}

long sys_sched_setaffinity(int pid, size_t len, const void *umask)
{
	uint64_t mask = 0;

	if (copy_in(&mask, umask, MIN(len, sizeof(mask))))
		return -EFAULT;
	if (pid < 0 || !thread_of(pid))
		return -ESRCH;
	return mask & 1 ? 0 : -EINVAL;
}

long sys_getcpu(unsigned int *ucpu, unsigned int *unode, void *unused)
{
	unsigned int zero = 0;

	if ((ucpu && copy_out_obj(ucpu, &zero)) ||
	    (unode && copy_out_obj(unode, &zero)))
		return -EFAULT;
	return 0;
}

static long priority_bound(int policy, int real_time)
{
	switch (policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		return real_time;
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
	case SCHED_DEADLINE:
		return 0;
	default:
		return -EINVAL;
	}
}

long sys_sched_get_priority_max(int policy)
{
	return priority_bound(policy, 99);
}

long sys_sched_get_priority_min(int policy)
{
	return priority_bound(policy, 1);
}

long sys_sched_getscheduler(int pid)
{
	struct thread *t = thread_of(pid);

	if (pid < 0)
		return -EINVAL;
	return t ? t->policy : -ESRCH;
}

long sys_sched_getparam(int pid, void *uparam)
{
	struct thread *t = thread_of(pid);
	struct param p = {0};

	if (pid < 0 || !uparam)
		return -EINVAL;
	if (!t)
		return -ESRCH;
	p.priority = t->priority;
	return copy_out_obj((struct param *)uparam, &p);
}

static bool real_time(int policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

/* sched(7), "Privileges and resource limits". */
static bool may_set(const struct thread *t, int policy, int priority)
{
	const struct process *p = t->proc;
	uint64_t limit = p->rlim[RLIMIT_RTPRIO].rlim_cur;

	if (cred_capable(&p->cred) || !real_time(policy))
		return true;
	if (policy != t->policy && !limit)
		return false;
	return priority <= t->priority || (uint64_t)priority <= limit;
}

/* policy -1: as it is. */
static long set_policy(int pid, int policy, const void *uparam)
{
	struct thread *t;
	struct param p;

	if (pid < 0 || !uparam)
		return -EINVAL;
	if (copy_in_obj(&p, uparam))
		return -EFAULT;
	t = thread_of(pid);
	if (!t)
		return -ESRCH;
	/* Nobody is forked, so SCHED_RESET_ON_FORK has nothing to do. */
	policy = policy == -1 ? t->policy : policy & ~SCHED_RESET_ON_FORK;
	switch (policy) {
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
		if (p.priority != 0)
			return -EINVAL;
		break;
	case SCHED_FIFO:
	case SCHED_RR:
		if (p.priority < 1 || p.priority > 99)
			return -EINVAL;
		break;
	default: /* SCHED_DEADLINE too: it is for sched_setattr(2) */
		return -EINVAL;
	}
	if (!may_set(t, policy, p.priority))
		return -EPERM;
	sched_set_policy(t, policy, p.priority);
	return 0;
}

long sys_sched_setscheduler(int pid, int policy, const void *uparam)
{
	return policy < 0 ? -EINVAL : set_policy(pid, policy, uparam);
}

long sys_sched_setparam(int pid, const void *uparam)
{
	return set_policy(pid, -1, uparam);
}

long sys_sched_rr_get_interval(int pid, void *uts)
{
	struct __kernel_timespec ts = {.tv_nsec = SLICE_NS};
	struct thread *t = thread_of(pid);

	if (pid < 0)
		return -EINVAL;
	if (!t)
		return -ESRCH;
	if (t->policy == SCHED_FIFO) /* runs for as long as it likes */
		ts.tv_nsec = 0;
	return copy_out_obj((struct __kernel_timespec *)uts, &ts);
}

/* Does who, of the kind which, mean this process? */
static long check_who(int which, int who)
{
	struct process *p = current_process();

	switch (which) {
	case PRIO_PROCESS:
		return who == 0 || thread_by_tid(who) ? 0 : -ESRCH;
	case PRIO_PGRP:
		return who == 0 || who == p->pgid ? 0 : -ESRCH;
	case PRIO_USER:
		return who == 0 || (uint32_t)who == p->cred.uid ? 0 : -ESRCH;
	default:
		return -EINVAL;
	}
}

/* getpriority(2), "C library/kernel differences": 20 - nice. */
long sys_getpriority(int which, int who)
{
	long err = check_who(which, who);

	return err ? err : 20 - current_process()->nice;
}

long sys_setpriority(int which, int who, int nice)
{
	struct process *p = current_process();
	long err = check_who(which, who);

	if (err)
		return err;
	nice = MAX(MIN(nice, 19), -20);
	if (nice < p->nice && !cred_capable(&p->cred))
		return -EACCES;
	p->nice = nice;
	return 0;
}
