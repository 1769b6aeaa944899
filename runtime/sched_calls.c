/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of scheduling: sched(7). On the one virtual CPU, threads of
 * SCHED_FIFO and SCHED_RR run before all others; those of SCHED_BATCH are
 * treated as SCHED_OTHER's. Nobody is admitted to SCHED_DEADLINE.
 */
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/sched/types.h>

#define SLICE_NS    4000000
#define RR_SLICE_NS 100000000

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
	if (!t)
		return -ESRCH;
	return t->policy | (t->reset_on_fork ? SCHED_RESET_ON_FORK : 0);
}

long sys_sched_getparam(int pid, void *uparam)
{
	struct thread *t = thread_of(pid);
	struct param p = {0};

	if (pid < 0 || !uparam)
		return -EINVAL;
	if (!t)
		return -ESRCH;
	p.priority = t->rt_priority;
	return copy_out_obj((struct param *)uparam, &p);
}

static bool real_time(int policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

/* getrlimit(2), RLIMIT_NICE. */
static bool may_be_nice(const struct thread *t, int nice)
{
	const struct process *p = t->proc;

	return nice >= t->nice || cred_capable(&p->cred) ||
	       (uint64_t)(20 - nice) <= p->rlim[RLIMIT_NICE].rlim_cur;
}

/* sched(7), "Privileges and resource limits". */
static bool may_set(const struct thread *t, int policy, int priority)
{
	const struct process *p = t->proc;
	uint64_t limit = p->rlim[RLIMIT_RTPRIO].rlim_cur;

	if (cred_capable(&p->cred))
		return true;
	if (!real_time(policy)) /* out of SCHED_IDLE is up */
		return t->policy != SCHED_IDLE || policy == SCHED_IDLE ||
		       may_be_nice(t, t->nice - 1);
	if (policy != t->policy && !limit)
		return false;
	return priority <= t->rt_priority || (uint64_t)priority <= limit;
}

/* keep: look whether it may be done, and leave all as it is. */
static long set_policy(struct thread *t, int policy, int priority, bool reset,
		       bool keep)
{
	switch (policy) {
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
		if (priority != 0)
			return -EINVAL;
		break;
	case SCHED_FIFO:
	case SCHED_RR:
		if (priority < 1 || priority > 99)
			return -EINVAL;
		break;
	default: /* SCHED_DEADLINE too: it is for sched_setattr(2) */
		return -EINVAL;
	}
	if (!may_set(t, policy, priority))
		return -EPERM;
	/* Only a privileged thread takes the flag back. */
	if (t->reset_on_fork && !reset && !cred_capable(&t->proc->cred))
		return -EPERM;
	t->reset_on_fork = reset;
	if (!keep)
		sched_set_policy(t, policy, priority);
	return 0;
}

/* policy -1: as it is. */
static long set_param(int pid, int policy, const void *uparam)
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
	if (policy == -1)
		return set_policy(t, t->policy, p.priority, t->reset_on_fork,
				  false);
	return set_policy(t, policy & ~SCHED_RESET_ON_FORK, p.priority,
			  policy & SCHED_RESET_ON_FORK, false);
}

long sys_sched_setscheduler(int pid, int policy, const void *uparam)
{
	return policy < 0 ? -EINVAL : set_param(pid, policy, uparam);
}

long sys_sched_setparam(int pid, const void *uparam)
{
	return set_param(pid, -1, uparam);
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
	else if (t->policy == SCHED_RR)
		ts.tv_nsec = RR_SLICE_NS;
	return copy_out_obj((struct __kernel_timespec *)uts, &ts);
}

/*
 * Which threads which and who mean: getpriority(2). Niceness is each thread's
 * own on Linux ("C library/kernel differences"). NULL in *one: all of them.
 */
static long find_threads(int which, int who, struct thread **one)
{
	struct process *p = current_process();

	*one = NULL;
	switch (which) {
	case PRIO_PROCESS:
		*one = thread_of(who);
		return *one ? 0 : -ESRCH;
	case PRIO_PGRP:
		return who == 0 || who == p->pgid ? 0 : -ESRCH;
	case PRIO_USER:
		return who == 0 || (uint32_t)who == p->cred.uid ? 0 : -ESRCH;
	default:
		return -EINVAL;
	}
}

/* 20 - nice, of the least nice. */
long sys_getpriority(int which, int who)
{
	struct thread *one;
	long err = find_threads(which, who, &one);
	int nice = one ? one->nice : 19;

	if (err)
		return err;
	if (!one)
		list_for_each (pos, &current_process()->threads) {
			struct thread *t =
				list_entry(pos, struct thread, proc_link);

			nice = MIN(nice, t->nice);
		}
	return 20 - nice;
}

static long set_nice(struct thread *t, int nice)
{
	if (!may_be_nice(t, nice))
		return -EACCES;
	sched_set_nice(t, nice);
	return 0;
}

long sys_setpriority(int which, int who, int nice)
{
	struct thread *one;
	long err = find_threads(which, who, &one);

	if (err)
		return err;
	nice = MAX(MIN(nice, 19), -20);
	if (one)
		return set_nice(one, nice);
	list_for_each (pos, &current_process()->threads) {
		long e = set_nice(list_entry(pos, struct thread, proc_link),
				  nice);

		err = e ? e : err;
	}
	return err;
}

/* The structure of sched_setattr(2) grows; what is behind the known fields must
 * be zero. */
static long read_attr(struct sched_attr *a, struct sched_attr *ua)
{
	const char *utail = (const char *)(ua + 1);
	uint32_t size;
	uint8_t c = 0;

	memset(a, 0, sizeof(*a));
	if (copy_in_obj(&size, &ua->size))
		return -EFAULT;
	if (!size)
		size = SCHED_ATTR_SIZE_VER0;
	if (size < SCHED_ATTR_SIZE_VER0 || size > PAGE_SIZE)
		goto too_big;
	for (uint32_t i = sizeof(*a); i < size; i++, utail++) {
		if (copy_in(&c, utail, 1))
			return -EFAULT;
		if (c)
			goto too_big;
	}
	if (copy_in(a, ua, MIN(size, (uint32_t)sizeof(*a))))
		return -EFAULT;
	if ((a->sched_flags & SCHED_FLAG_UTIL_CLAMP) && size < sizeof(*a))
		return -EINVAL;
	a->sched_nice = MAX(MIN(a->sched_nice, 19), -20);
	return 0;
too_big:
	size = sizeof(*a);
	return copy_out_obj(&ua->size, &size) ? -EFAULT : -E2BIG;
}

static long set_attr(struct thread *t, const struct sched_attr *a, int policy)
{
	bool keep = a->sched_flags & SCHED_FLAG_KEEP_PARAMS;
	bool fair = policy == SCHED_NORMAL || policy == SCHED_BATCH;
	long err;

	if (a->sched_flags & ~(uint64_t)SCHED_FLAG_ALL)
		return -EINVAL;
	if (a->sched_flags & SCHED_FLAG_UTIL_CLAMP)
		return -EOPNOTSUPP;
	/* No bandwidth is kept for deadlines, so there is none to give. */
	if (policy == SCHED_DEADLINE)
		return cred_capable(&t->proc->cred) ? -EBUSY : -EPERM;
	if (!keep && fair && !may_be_nice(t, a->sched_nice))
		return -EPERM;
	/* As in Linux, who keeps the parameters keeps the policy too. */
	err = set_policy(t, policy,
			 keep ? t->rt_priority : (int)a->sched_priority,
			 a->sched_flags & SCHED_FLAG_RESET_ON_FORK, keep);
	if (!err && !keep && fair)
		sched_set_nice(t, a->sched_nice);
	return err;
}

long sys_sched_setattr(int pid, void *uattr, unsigned int flags)
{
	struct sched_attr a;
	struct thread *t;
	long err;

	if (!uattr || pid < 0 || flags)
		return -EINVAL;
	err = read_attr(&a, uattr);
	if (err)
		return err;
	if ((int)a.sched_policy < 0)
		return -EINVAL;
	t = thread_of(pid);
	if (!t)
		return -ESRCH;
	return set_attr(t, &a,
			a.sched_flags & SCHED_FLAG_KEEP_POLICY
				? t->policy
				: (int)a.sched_policy);
}

long sys_sched_getattr(int pid, void *uattr, unsigned int size,
		       unsigned int flags)
{
	struct sched_attr a = {.size = MIN(size, (unsigned int)sizeof(a))};
	struct thread *t;

	if (!uattr || pid < 0 || size > PAGE_SIZE ||
	    size < SCHED_ATTR_SIZE_VER0 || flags)
		return -EINVAL;
	t = thread_of(pid);
	if (!t)
		return -ESRCH;
	a.sched_policy = t->policy;
	if (t->reset_on_fork)
		a.sched_flags = SCHED_FLAG_RESET_ON_FORK;
	if (real_time(t->policy))
		a.sched_priority = t->rt_priority;
	else
		a.sched_nice = t->nice;
	return copy_out(uattr, &a, a.size);
}
