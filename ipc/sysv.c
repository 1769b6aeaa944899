/* SPDX-License-Identifier: BSD-2-Clause */
/* sysv.c: what shared memory, semaphores and message queues of System V have in
 * common; Linux's ipc/util.c is the source of its rules. */
#include <posixen/klog.h>
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/fcntl.h>
#include "sysv.h"

/* An index is not used again before this many others, if there are few. */
#define MIN_CYCLE 64
#define SEQ_MAX	  (INT_MAX / SYSV_INDEX_MAX)

/* Room for indexes below n: 0 or -ENOMEM. */
static int make_room(struct sysv_ids *ids, unsigned int n)
{
	struct sysv_object **slot;

	if (n <= ids->nr_slots)
		return 0;
	slot = krealloc(ids->slot, n * sizeof(slot[0]));
	if (!slot)
		return -ENOMEM;
	memset(slot + ids->nr_slots, 0, (n - ids->nr_slots) * sizeof(slot[0]));
	ids->slot = slot;
	ids->nr_slots = n;
	return 0;
}

long sysv_add(struct sysv_ids *ids, struct sysv_object *o, int key, int flags,
	      unsigned int max)
{
	const struct cred *c = &current_process()->cred;
	unsigned int cycle, i;
	int err;

	if (ids->in_use >= max)
		return -ENOSPC;
	cycle = MIN(MAX(ids->in_use * 3 / 2 + 1, MIN_CYCLE), SYSV_INDEX_MAX);
	err = make_room(ids, cycle);
	if (err)
		return err;
	i = (unsigned int)(ids->last + 1) % cycle;
	while (ids->slot[i])
		i = (i + 1) % cycle;
	if ((int)i <= ids->last)
		ids->seq = (ids->seq + 1) % SEQ_MAX;
	ids->last = (int)i;
	ids->slot[i] = o;
	ids->in_use++;
	o->id = ids->seq * SYSV_INDEX_MAX + (int)i;
	o->key = key;
	o->mode = (unsigned int)flags & 0777;
	o->uid = o->cuid = c->euid;
	o->gid = o->cgid = c->egid;
	return o->id;
}

void sysv_remove(struct sysv_ids *ids, struct sysv_object *o)
{
	ids->slot[SYSV_INDEX(o->id)] = NULL;
	ids->in_use--;
}

struct sysv_object *sysv_at(const struct sysv_ids *ids, int index)
{
	unsigned int i = SYSV_INDEX(index);

	return i < ids->nr_slots ? ids->slot[i] : NULL;
}

struct sysv_object *sysv_get(const struct sysv_ids *ids, int id)
{
	struct sysv_object *o = id < 0 ? NULL : sysv_at(ids, id);

	return o && o->id == id ? o : NULL;
}

static struct sysv_object *find(const struct sysv_ids *ids, int key)
{
	for (unsigned int i = 0; i < ids->nr_slots; i++)
		if (ids->slot[i] && ids->slot[i]->key == key)
			return ids->slot[i];
	return NULL;
}

struct sysv_object *sysv_lookup(const struct sysv_ids *ids, int key, int flags)
{
	struct sysv_object *o;

	if (key == IPC_PRIVATE)
		return NULL;
	o = find(ids, key);
	if (!o)
		return flags & IPC_CREAT ? NULL : err_ptr(-ENOENT);
	if ((flags & (IPC_CREAT | IPC_EXCL)) == (IPC_CREAT | IPC_EXCL))
		return err_ptr(-EEXIST);
	return o;
}

int sysv_max_index(const struct sysv_ids *ids)
{
	int max = 0;

	for (unsigned int i = 0; i < ids->nr_slots; i++)
		if (ids->slot[i])
			max = (int)i;
	return max;
}

int sysv_may(const struct sysv_object *o, unsigned int wanted)
{
	const struct cred *c = &current_process()->cred;
	uint32_t granted = o->mode;

	wanted |= wanted >> 6 | wanted >> 3;
	if (c->euid == o->cuid || c->euid == o->uid)
		granted >>= 6;
	else if (cred_in_group(c, o->cgid) || cred_in_group(c, o->gid))
		granted >>= 3;
	return wanted & ~granted & 7 && !cred_capable(c) ? -EACCES : 0;
}

struct sysv_object *sysv_get_to_change(const struct sysv_ids *ids, int id)
{
	const struct cred *c = &current_process()->cred;
	struct sysv_object *o = sysv_get(ids, id);

	if (!o)
		return err_ptr(-EINVAL);
	if (c->euid != o->cuid && c->euid != o->uid && !cred_capable(c))
		return err_ptr(-EPERM);
	return o;
}

void sysv_perm_out(const struct sysv_object *o, struct ipc64_perm *p)
{
	p->key = o->key;
	p->uid = o->uid;
	p->gid = o->gid;
	p->cuid = o->cuid;
	p->cgid = o->cgid;
	p->mode = o->mode;
	p->seq = (unsigned short)(o->id / SYSV_INDEX_MAX);
}

int sysv_perm_in(struct sysv_object *o, const struct ipc64_perm *p)
{
	if (p->uid == UINT_MAX || p->gid == UINT_MAX)
		return -EINVAL;
	o->uid = p->uid;
	o->gid = p->gid;
	o->mode = (o->mode & ~0777u) | (p->mode & 0777);
	return 0;
}

long sysv_now(void)
{
	return (long)(clock_realtime_ns() / NSEC_PER_SEC);
}

int sysv_wait(struct list *waiters, struct sysv_waiter *w, uint64_t deadline)
{
	int err;

	w->status = SYSV_WAITING;
	waitq_init(&w->wait);
	list_append(waiters, &w->link);
	do {
		err = waitq_sleep(&w->wait, ~0u, deadline);
	} while (!err && w->status == SYSV_WAITING);
	if (w->status != SYSV_WAITING)
		return w->status;
	list_del(&w->link);
	return err;
}

void sysv_done(struct sysv_waiter *w, int status)
{
	list_del(&w->link);
	w->status = status;
	waitq_wake_all(&w->wait, ~0u);
}

#define NR_KINDS  3
#define NR_LIMITS 8

void sysv_proc_add(const struct proc_node *file, const struct proc_node *limits,
		   unsigned int nr_limits)
{
	static struct proc_node files[NR_KINDS], kernel[NR_LIMITS];

	assert(proc_sysvipc.nr < NR_KINDS);
	assert(proc_sys_kernel.nr + nr_limits <= NR_LIMITS);
	files[proc_sysvipc.nr++] = *file;
	proc_sysvipc.entries = files;
	memcpy(kernel + proc_sys_kernel.nr, limits,
	       nr_limits * sizeof(*limits));
	proc_sys_kernel.nr += nr_limits;
	proc_sys_kernel.entries = kernel;
}
