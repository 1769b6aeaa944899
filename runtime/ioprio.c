/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioprio.c: ioprio_get(2) and ioprio_set(2). No disk's queue is ordered by it:
 * the number is checked and kept for each thread.
 */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/ioprio.h>

#define LEVELS	      8
#define DEFAULT_LEVEL 4

static int check(const struct process *p, int prio)
{
	unsigned int level = IOPRIO_PRIO_DATA(prio);

	switch (prio >> IOPRIO_CLASS_SHIFT) {
	case IOPRIO_CLASS_RT:
		if (!cred_capable(&p->cred))
			return -EPERM;
		return level < LEVELS ? 0 : -EINVAL;
	case IOPRIO_CLASS_BE:
		return level < LEVELS ? 0 : -EINVAL;
	case IOPRIO_CLASS_IDLE:
		return 0;
	case IOPRIO_CLASS_NONE:
		return level ? -EINVAL : 0;
	default:
		return -EINVAL;
	}
}

/* Is t meant by which and who? */
static bool meant(const struct thread *t, int which, int who)
{
	const struct process *p = t->proc;

	switch (which) {
	case IOPRIO_WHO_PROCESS:
		return who ? t->tid == who : t == current();
	case IOPRIO_WHO_PGRP:
		return !who || p->pgid == who;
	default:
		return !who || p->cred.uid == (uint32_t)who;
	}
}

long sys_ioprio_set(int which, int who, int prio)
{
	struct process *p = current_process();
	int err = check(p, prio);
	long ret = -ESRCH;

	if (err)
		return err;
	if (which < IOPRIO_WHO_PROCESS || which > IOPRIO_WHO_USER)
		return -EINVAL;
	list_for_each (pos, &p->threads) {
		struct thread *t = list_entry(pos, struct thread, proc_link);

		if (!meant(t, which, who))
			continue;
		t->ioprio = prio;
		ret = 0;
	}
	return ret;
}

/* The better of two, where 0 says nothing of itself and so the default. */
static long best(long a, long b)
{
	const long usual = IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, DEFAULT_LEVEL);

	a = a ? a : usual;
	b = b ? b : usual;
	return MIN(a, b);
}

long sys_ioprio_get(int which, int who)
{
	struct process *p = current_process();
	long ret = -ESRCH;

	if (which < IOPRIO_WHO_PROCESS || which > IOPRIO_WHO_USER)
		return -EINVAL;
	list_for_each (pos, &p->threads) {
		const struct thread *t =
			list_entry(pos, struct thread, proc_link);

		if (!meant(t, which, who))
			continue;
		if (which == IOPRIO_WHO_PROCESS)
			return t->ioprio;
		ret = best(ret < 0 ? t->ioprio : ret, t->ioprio);
	}
	return ret;
}
