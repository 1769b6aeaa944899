/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock_wait.c: taking a lock, waiting for it, and losing it at close. Waiters
 * sleep on the file's lock_wait and look again after each change.
 *
 * A process that would wait for a lock whose owner waits, over any number of
 * steps, for a lock of this process gets EDEADLK. Each waiter notes whom it
 * waits for. As in Linux only POSIX locks are looked at: an open file does not
 * say who would release it.
 */
#include <posixen/fs.h>
#include <posixen/process.h>
#include <linux/fcntl.h>
#include "lock_wait.h"
#include "locks.h"
#include "special.h"

struct lock_waiter {
	struct list link;
	const void *owner, *holder;
};

static struct list lock_waiters = LIST_INIT(lock_waiters);

static const void *waits_for(const void *owner)
{
	list_for_each (pos, &lock_waiters) {
		struct lock_waiter *w =
			list_entry(pos, struct lock_waiter, link);

		if (w->owner == owner)
			return w->holder;
	}
	return NULL;
}

static bool would_deadlock(const struct lock *req, const struct lock *held)
{
	const void *owner = held->owner;

	if (req->kind != LOCK_POSIX || held->kind != LOCK_POSIX)
		return false;
	while ((owner = waits_for(owner)))
		if (owner == req->owner)
			return true;
	return false;
}

static void wake(struct vnode *v)
{
	waitq_wake_all(&v->lock_wait, ~0u);
}

static void close_locks(struct file *f)
{
	if (f->vnode &&
	    lock_remove_owner(&f->vnode->locks, LOCK_POSIX, current_process()))
		wake(f->vnode);
}

static void release_locks(struct file *f)
{
	bool any;

	if (!f->vnode)
		return;
	any = lock_remove_owner(&f->vnode->locks, LOCK_OFD, f);
	any |= lock_remove_owner(&f->vnode->locks, LOCK_FLOCK, f);
	if (any)
		wake(f->vnode);
}

static const struct lock_hooks hooks = {close_locks, release_locks};

int lock_set(struct vnode *v, const struct lock *req, bool wait)
{
	struct lock *held;
	bool changed;
	int err;

	lock_hooks = &hooks;
	while (req->type != F_UNLCK && (held = lock_conflict(&v->locks, req))) {
		struct lock_waiter w = {.owner = req->owner,
					.holder = held->owner};

		if (!wait)
			return -EAGAIN;
		if (would_deadlock(req, held))
			return -EDEADLK;
		if (req->kind == LOCK_POSIX && held->kind == LOCK_POSIX)
			list_append(&lock_waiters, &w.link);
		else
			list_init(&w.link);
		err = waitq_sleep(&v->lock_wait, ~0u, WAIT_FOREVER);
		list_del(&w.link);
		if (err)
			return restartable(err);
	}
	err = lock_apply(&v->locks, req, &changed);
	if (changed)
		wake(v);
	return err;
}
