/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysv_sem.c: sets of semaphores: semget(2), semop(2), semctl(2).
 *
 * The operations of one call happen all at once or not at all. Calls that
 * cannot proceed wait in one list per set, in the order they came; whatever
 * changes a value tries them again, those that only wait for zero first
 * (Linux's ipc/sem.c, do_smart_update).
 *
 * SEM_UNDO: the adjustments are counted, because they have limits that a
 * program can meet. They would be made when the process ends; by then there is
 * nobody left to see them.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/sem.h>
#include <asm/sembuf.h>
#include "sysctl.h"
#include "sysv.h"

struct sem {
	int val;
	int pid; /* of the last operation */
};

struct sem_set {
	struct sysv_object obj;
	unsigned int nr;
	long otime, ctime;
	struct list waiters; /* struct sem_wait */
	int *adjust;	     /* SEM_UNDO, one for each; NULL: not used yet */
	struct sem sem[];
};

/* A call of semop(2). */
struct sem_wait {
	struct sysv_waiter waiter;
	const struct sembuf *ops, *blocking; /* the one that cannot proceed */
	unsigned int nr;
	bool alters; /* not only waits for zeros */
	int pid;
};

/* Enough for most calls; more come from the heap. */
#define FAST_OPS 16

static struct sysv_ids ids = SYSV_IDS;
static unsigned int used_sems;
/* /proc/sys/kernel/sem: SEMMSL, SEMMNS, SEMOPM, SEMMNI (proc(5)). */
static uint64_t limit[4] = {SEMMSL, SEMMNS, SEMOPM, SEMMNI};
enum { MSL, MNS, OPM, MNI };

static struct sem_set *set_of(struct sysv_object *o)
{
	return (struct sem_set *)o;
}

static long make_set(int key, int nr, int flags)
{
	struct sem_set *s;
	long id;

	if (!nr)
		return -EINVAL;
	if (used_sems + (unsigned int)nr > limit[MNS])
		return -ENOSPC;
	s = kzalloc(sizeof(*s) + (size_t)nr * sizeof(s->sem[0]));
	if (!s)
		return -ENOMEM;
	id = sysv_add(&ids, &s->obj, key, flags, (unsigned int)limit[MNI]);
	if (id < 0) {
		kfree(s);
		return id;
	}
	s->nr = (unsigned int)nr;
	used_sems += s->nr;
	list_init(&s->waiters);
	s->ctime = sysv_now();
	return id;
}

long sys_semget(int key, int nr, int flags)
{
	struct sysv_object *o;

	SUBSYSTEM_REQUIRE(sysv_sem);
	if (nr < 0 || (uint64_t)nr > limit[MSL])
		return -EINVAL;
	o = sysv_lookup(&ids, key, flags);
	if (is_err(o))
		return ptr_err(o);
	if (!o)
		return make_set(key, nr, flags);
	if ((unsigned int)nr > set_of(o)->nr)
		return -EINVAL;
	return sysv_may(o, (unsigned int)flags) ? -EACCES : o->id;
}

/* Operations. */

static void undo(struct sem_set *s, const struct sem_wait *w, unsigned int n)
{
	while (n--) {
		const struct sembuf *op = &w->ops[n];

		s->sem[op->sem_num].val -= op->sem_op;
		if (op->sem_flg & SEM_UNDO)
			s->adjust[op->sem_num] += op->sem_op;
	}
}

/* One operation: 0, -ERANGE, or SYSV_WAITING. */
static int operate(struct sem_set *s, const struct sembuf *op)
{
	struct sem *sem = &s->sem[op->sem_num];
	int val = sem->val + op->sem_op, adjust;

	if ((!op->sem_op && sem->val) || val < 0)
		return SYSV_WAITING;
	if (val > SEMVMX)
		return -ERANGE;
	if (op->sem_flg & SEM_UNDO) {
		adjust = s->adjust[op->sem_num] - op->sem_op;
		if (adjust < -SEMAEM - 1 || adjust > SEMAEM)
			return -ERANGE;
		s->adjust[op->sem_num] = adjust;
	}
	sem->val = val;
	return 0;
}

/* All of w's: 0 done, SYSV_WAITING, -EAGAIN, -ERANGE and nothing has changed.
 */
static int perform(struct sem_set *s, struct sem_wait *w)
{
	for (unsigned int i = 0; i < w->nr; i++) {
		int err = operate(s, &w->ops[i]);

		if (!err)
			continue;
		undo(s, w, i);
		w->blocking = &w->ops[i];
		if (err == SYSV_WAITING && w->ops[i].sem_flg & IPC_NOWAIT)
			err = -EAGAIN;
		return err;
	}
	for (unsigned int i = 0; i < w->nr; i++)
		s->sem[w->ops[i].sem_num].pid = w->pid;
	s->otime = sysv_now();
	return 0;
}

/* The first that can end, of those that alter values or of the others. True if
 * one did. */
static bool serve_one(struct sem_set *s, bool alters)
{
	list_for_each (l, &s->waiters) {
		struct sem_wait *w =
			list_entry(l, struct sem_wait, waiter.link);
		int err;

		if (w->alters != alters)
			continue;
		err = perform(s, w);
		if (err == SYSV_WAITING)
			continue;
		sysv_done(&w->waiter, err);
		return true;
	}
	return false;
}

/* Values have changed. */
static void update(struct sem_set *s)
{
	while (serve_one(s, false) || serve_one(s, true))
		;
}

static int check_ops(const struct sem_set *s, struct sem_wait *w, bool *undoes)
{
	unsigned int max = 0;

	*undoes = false;
	for (unsigned int i = 0; i < w->nr; i++) {
		max = MAX(max, (unsigned int)w->ops[i].sem_num);
		w->alters |= w->ops[i].sem_op != 0;
		*undoes |= (w->ops[i].sem_flg & SEM_UNDO) != 0;
	}
	if (max >= s->nr)
		return -EFBIG;
	return sysv_may(&s->obj, w->alters ? 0222 : 0444);
}

static int semop(int id, struct sem_wait *w, uint64_t deadline)
{
	struct sem_set *s = set_of(sysv_get(&ids, id));
	bool undoes;
	int err;

	if (!s)
		return -EINVAL;
	err = check_ops(s, w, &undoes);
	if (err)
		return err;
	if (undoes && !s->adjust) {
		s->adjust = kzalloc(s->nr * sizeof(s->adjust[0]));
		if (!s->adjust)
			return -ENOMEM;
	}
	err = perform(s, w);
	if (!err && w->alters)
		update(s);
	if (err != SYSV_WAITING)
		return err;
	err = sysv_wait(&s->waiters, &w->waiter, deadline);
	return err == -ETIMEDOUT ? -EAGAIN : err;
}

long sys_semtimedop(int id, const void *uops, size_t nr, const void *utimeout)
{
	struct sembuf fast[FAST_OPS], *ops = fast;
	struct __kernel_timespec ts;
	uint64_t ns, deadline = WAIT_FOREVER;
	struct sem_wait w = {.nr = (unsigned int)nr};
	long err;

	if (utimeout && copy_in_obj(&ts, utimeout))
		return -EFAULT;
	/* The prototype has an unsigned int. */
	nr = (unsigned int)nr;
	if (nr > limit[OPM])
		return -E2BIG;
	if (nr < 1 || id < 0)
		return -EINVAL;
	if (nr > FAST_OPS) {
		ops = kmalloc(nr * sizeof(*ops));
		if (!ops)
			return -ENOMEM;
	}
	w.ops = ops;
	w.pid = current_process()->pid;
	err = copy_in(ops, uops, nr * sizeof(*ops));
	if (!err && utimeout) {
		err = timespec_to_ns(&ts, &ns);
		deadline = err ? 0 : deadline_after(ns);
	}
	if (!err)
		err = semop(id, &w, deadline);
	if (ops != fast)
		kfree(ops);
	return err;
}

long sys_semop(int id, const void *uops, size_t nr)
{
	return sys_semtimedop(id, uops, nr, NULL);
}

/* Commands. */

static void remove_set(struct sem_set *s)
{
	sysv_remove(&ids, &s->obj);
	while (!list_empty(&s->waiters))
		sysv_done(list_first(&s->waiters, struct sysv_waiter, link),
			  -EIDRM);
	used_sems -= s->nr;
	kfree(s->adjust);
	kfree(s);
}

static long info(int cmd, void *ubuf)
{
	struct seminfo si = {
		.semmap = SEMMAP,
		.semmni = (int)limit[MNI],
		.semmns = (int)limit[MNS],
		.semmnu = SEMMNU,
		.semmsl = (int)limit[MSL],
		.semopm = (int)limit[OPM],
		.semume = SEMUME,
		.semusz = SEMUSZ,
		.semvmx = SEMVMX,
		.semaem = SEMAEM,
	};

	if (cmd == SEM_INFO) {
		si.semusz = (int)ids.in_use;
		si.semaem = (int)used_sems;
	}
	if (copy_out_obj((struct seminfo *)ubuf, &si))
		return -EFAULT;
	return sysv_max_index(&ids);
}

static long stat(int id, int cmd, void *ubuf)
{
	struct semid64_ds ds;
	struct sysv_object *o =
		cmd == IPC_STAT ? sysv_get(&ids, id) : sysv_at(&ids, id);

	if (!o)
		return -EINVAL;
	if (cmd != SEM_STAT_ANY && sysv_may(o, 0444))
		return -EACCES;
	memset(&ds, 0, sizeof(ds));
	sysv_perm_out(o, &ds.sem_perm);
	ds.sem_otime = set_of(o)->otime;
	ds.sem_ctime = set_of(o)->ctime;
	ds.sem_nsems = set_of(o)->nr;
	if (copy_out_obj((struct semid64_ds *)ubuf, &ds))
		return -EFAULT;
	return cmd == IPC_STAT ? 0 : o->id;
}

/* SETVAL and SETALL: the value is set, so nothing is left to undo. */
static void set_value(struct sem_set *s, unsigned int i, int val)
{
	s->sem[i].val = val;
	s->sem[i].pid = current_process()->pid;
	if (s->adjust)
		s->adjust[i] = 0;
}

static void values_set(struct sem_set *s)
{
	s->ctime = sysv_now();
	update(s);
}

static long setval(int id, int num, int val)
{
	struct sem_set *s = set_of(sysv_get(&ids, id));

	if (val < 0 || val > SEMVMX)
		return -ERANGE;
	if (!s || num < 0 || (unsigned int)num >= s->nr)
		return -EINVAL;
	if (sysv_may(&s->obj, 0222))
		return -EACCES;
	set_value(s, (unsigned int)num, val);
	values_set(s);
	return 0;
}

static long all_values(struct sem_set *s, int cmd, unsigned short *uvals)
{
	size_t size = s->nr * sizeof(unsigned short);
	unsigned short *vals = kmalloc(size);
	int err = 0;

	if (!vals)
		return -ENOMEM;
	if (cmd == GETALL) {
		for (unsigned int i = 0; i < s->nr; i++)
			vals[i] = (unsigned short)s->sem[i].val;
		err = copy_out(uvals, vals, size);
	} else {
		err = copy_in(vals, uvals, size);
		for (unsigned int i = 0; !err && i < s->nr; i++)
			err = vals[i] > SEMVMX ? -ERANGE : 0;
		for (unsigned int i = 0; !err && i < s->nr; i++)
			set_value(s, i, vals[i]);
		if (!err)
			values_set(s);
	}
	kfree(vals);
	return err;
}

/* How many calls wait for semaphore num to grow, or to become zero. */
static long count_waiters(const struct sem_set *s, int num, bool for_zero)
{
	long n = 0;

	list_for_each (l, &s->waiters) {
		const struct sembuf *op =
			list_entry(l, struct sem_wait, waiter.link)->blocking;

		n += op->sem_num == num && (op->sem_op == 0) == for_zero;
	}
	return n;
}

static long value(int id, int num, int cmd, void *arg)
{
	struct sem_set *s = set_of(sysv_get(&ids, id));

	if (!s)
		return -EINVAL;
	if (sysv_may(&s->obj, cmd == SETALL ? 0222 : 0444))
		return -EACCES;
	if (cmd == GETALL || cmd == SETALL)
		return all_values(s, cmd, arg);
	if (num < 0 || (unsigned int)num >= s->nr)
		return -EINVAL;
	switch (cmd) {
	case GETVAL:
		return s->sem[num].val;
	case GETPID:
		return s->sem[num].pid;
	default:
		return count_waiters(s, num, cmd == GETZCNT);
	}
}

static long change(int id, int cmd, const void *ubuf)
{
	struct sysv_object *o;
	struct semid64_ds ds;
	struct sem_set *s;
	int err;

	if (cmd == IPC_SET && copy_in_obj(&ds, (struct semid64_ds *)ubuf))
		return -EFAULT;
	o = sysv_get_to_change(&ids, id);
	if (is_err(o))
		return ptr_err(o);
	s = set_of(o);
	if (cmd == IPC_RMID) {
		remove_set(s);
		return 0;
	}
	err = sysv_perm_in(&s->obj, &ds.sem_perm);
	if (!err)
		s->ctime = sysv_now();
	return err;
}

long sys_semctl(int id, int num, int cmd, unsigned long arg)
{
	if (id < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
	case SEM_INFO:
		return info(cmd, (void *)arg);
	case IPC_STAT:
	case SEM_STAT:
	case SEM_STAT_ANY:
		return stat(id, cmd, (void *)arg);
	case GETVAL:
	case GETPID:
	case GETNCNT:
	case GETZCNT:
	case GETALL:
	case SETALL:
		return value(id, num, cmd, (void *)arg);
	case SETVAL:
		return setval(id, num, (int)arg);
	case IPC_SET:
	case IPC_RMID:
		return change(id, cmd, (const void *)arg);
	default:
		return -EINVAL;
	}
}

static int show(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "       key      semid perms      nsems   uid   gid  "
		      "cuid  cgid      otime      ctime\n");
	for (unsigned int i = 0; i < ids.nr_slots; i++) {
		const struct sysv_object *o = ids.slot[i];
		const struct sem_set *set = set_of(ids.slot[i]);

		if (!o)
			continue;
		seq_printf(s,
			   "%10d %10d  %4o %10u %5u %5u %5u %5u %10lu %10lu\n",
			   o->key, o->id, o->mode, set->nr, o->uid, o->gid,
			   o->cuid, o->cgid, (unsigned long)set->otime,
			   (unsigned long)set->ctime);
	}
	return 0;
}

static int show_limits(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(
		s, "%llu\t%llu\t%llu\t%llu\n", (unsigned long long)limit[MSL],
		(unsigned long long)limit[MNS], (unsigned long long)limit[OPM],
		(unsigned long long)limit[MNI]);
	return 0;
}

static ssize_t store_limits(const struct proc_inode *pi, const char *text,
			    size_t n)
{
	uint64_t val[4];
	ssize_t ret;

	memcpy(val, limit, sizeof(val));
	ret = sysctl_read(text, n, val, 4, 0, INT_MAX);
	if (ret < 0)
		return ret;
	if (val[MNI] > SYSV_INDEX_MAX)
		return -EINVAL;
	memcpy(limit, val, sizeof(val));
	return ret;
}

static int start(void)
{
	static const struct proc_node file = PROC_FILE("sem", show);
	static const struct proc_node limits = {
		.name = "sem",
		.mode = S_IFREG | 0644,
		.show = show_limits,
		.write = store_limits,
	};

	sysv_proc_add(&file, &limits, 1);
	return 0;
}

SUBSYSTEM(sysv_sem, .name = "System V semaphores", .start = start);
