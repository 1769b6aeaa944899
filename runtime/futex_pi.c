/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Futexes that are locks with priority inheritance: futex(2), "Priority-
 * inheritance futexes"; the errors and their order are those of Linux's
 * kernel/futex/pi.c.
 *
 * The word holds the owner's thread ID. While threads wait there is a struct
 * pi_lock as well, which knows the owner and hangs in its list. The owner runs
 * with the highest priority of those who wait for any of its locks; if it waits
 * for a lock itself, that goes on to the owner of that one.
 *
 * Unlocking hands the lock to the first waiter, who then owns it before it
 * runs: nobody takes it in between.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/uaccess.h>
#include "futex.h"
#include "sched.h"
#include "signal.h"

struct pi_lock {
	struct list link; /* owner->pi_locks */
	struct thread *owner;
	struct futex_key key;
	unsigned int waiters;
};

static struct list *locks_of(struct thread *t)
{
	if (!t->pi_locks.next)
		list_init(&t->pi_locks);
	return &t->pi_locks;
}

/* Who gets the lock next; an ordinary waiter for the same word, which is a
 * program's mistake, is none. NULL: nobody. */
static struct futex_waiter *first_for(struct pi_lock *l)
{
	struct list *b = futex_bucket(&l->key);

	list_for_each (pos, b) {
		struct futex_waiter *w =
			list_entry(pos, struct futex_waiter, link);

		if (w->lock == l)
			return w;
	}
	return NULL;
}

/* Give t the priority that its waiters lend it, and pass a change on. */
static void adjust(struct thread *t)
{
	while (t) {
		struct futex_waiter *w = t->pi_wait;
		int before = t->priority, lent = 0;

		list_for_each (pos, locks_of(t)) {
			struct futex_waiter *first = first_for(
				list_entry(pos, struct pi_lock, link));

			if (first)
				lent = MAX(lent, first->thread->priority);
		}
		sched_lend(t, lent);
		if (t->priority == before || !w)
			return;
		list_del(&w->link);
		futex_queue(w);
		t = w->lock->owner;
	}
}

void futex_pi_priority_changed(struct thread *t)
{
	struct futex_waiter *w = t->pi_wait;

	if (!w)
		return;
	list_del(&w->link);
	futex_queue(w);
	adjust(w->lock->owner);
}

/* The word says val, and others wait already. */
static int join(struct futex_waiter *first, uint32_t val, struct pi_lock **lock)
{
	uint32_t tid = val & FUTEX_TID_MASK;

	if (!first->lock) /* somebody waits as if for an ordinary futex */
		return -EINVAL;
	*lock = first->lock;
	if ((val & FUTEX_OWNER_DIED) && !tid)
		return 0;
	return tid == (uint32_t)first->lock->owner->tid ? 0 : -EINVAL;
}

int pi_take(uint32_t *uaddr, const struct futex_key *k, struct thread *t,
	    bool mark, struct pi_lock **lock)
{
	struct futex_waiter *first;
	struct thread *owner;
	struct pi_lock *l;
	uint32_t val, new, found, tid;

	if (get_user_u32(&val, uaddr))
		return -EFAULT;
	tid = val & FUTEX_TID_MASK;
	if (tid == (uint32_t)t->tid)
		return -EDEADLK;
	first = futex_first(k);
	if (first)
		return join(first, val, lock);
	new = tid ? val | FUTEX_WAITERS
		  : (val & FUTEX_OWNER_DIED) | t->tid |
			      (mark ? FUTEX_WAITERS : 0);
	/* Nothing else runs meanwhile, so the exchange cannot miss. */
	if (cmpxchg_user_u32(uaddr, val, new, &found))
		return -EFAULT;
	if (!tid)
		return 1;
	owner = thread_by_tid(tid);
	if (!owner)
		return -ESRCH;
	l = kzalloc(sizeof(*l));
	if (!l)
		return -ENOMEM;
	l->owner = owner;
	l->key = *k;
	list_append(locks_of(owner), &l->link);
	*lock = l;
	return 0;
}

void pi_lock_unused(struct pi_lock *l)
{
	if (l->waiters)
		return;
	list_del(&l->link);
	kfree(l);
}

int pi_enqueue(struct pi_lock *l, struct futex_waiter *w)
{
	/* Does the owner wait, through however many others, for this thread? */
	for (struct thread *t = l->owner; t;
	     t = t->pi_wait ? t->pi_wait->lock->owner : NULL)
		if (t == w->thread)
			return -EDEADLK;
	w->key = l->key;
	w->lock = l;
	w->thread->pi_wait = w;
	l->waiters++;
	futex_queue(w);
	adjust(l->owner);
	return 0;
}

void pi_dequeue(struct futex_waiter *w)
{
	struct pi_lock *l = w->lock;
	struct thread *owner = l->owner;

	list_del(&w->link);
	w->thread->pi_wait = NULL;
	l->waiters--;
	pi_lock_unused(l);
	adjust(owner);
}

/* The lock goes to its first waiter. */
static void hand_on(struct pi_lock *l, struct futex_waiter *w)
{
	struct thread *old = l->owner, *new = w->thread;

	new->pi_wait = NULL;
	l->waiters--;
	list_del(&l->link);
	list_append(locks_of(new), &l->link);
	l->owner = new;
	futex_wake(w);
	pi_lock_unused(l);
	adjust(new);
	adjust(old);
}

/* The way in of LOCK_PI and TRYLOCK_PI: as pi_take(). */
static int begin(const struct futex_call *c, struct futex_key *k,
		 struct pi_lock **lock)
{
	int err = futex_key(c->uaddr, c->shared, k);

	return err ? err : pi_take(c->uaddr, k, current(), false, lock);
}

long futex_lock_pi(const struct futex_call *c)
{
	struct futex_waiter w = {
		.bitset = FUTEX_BITSET_MATCH_ANY,
		.thread = current(),
		.word = c->uaddr,
	};
	struct pi_lock *l;
	int r = begin(c, &w.key, &l);

	if (r)
		return r < 0 ? r : 0;
	r = pi_enqueue(l, &w);
	if (r) {
		pi_lock_unused(l);
		return r;
	}
	/* LOCK_PI has always meant CLOCK_REALTIME, LOCK_PI2 has a flag. */
	r = clock_sleep(&w.woken, c->real || c->op == FUTEX_LOCK_PI, c->at);
	if (!w.woken)
		pi_dequeue(&w);
	return r == -EINTR ? -ERESTARTNOINTR : r;
}

long futex_trylock_pi(const struct futex_call *c)
{
	struct futex_key k;
	struct pi_lock *l;
	int r = begin(c, &k, &l);

	if (r)
		return r < 0 ? r : 0;
	pi_lock_unused(l);
	return -EAGAIN;
}

long futex_unlock_pi(const struct futex_call *c)
{
	struct thread *self = current();
	struct futex_waiter *first;
	struct futex_key k;
	uint32_t val, new = 0, found;
	int err;

	if (get_user_u32(&val, c->uaddr))
		return -EFAULT;
	if ((val & FUTEX_TID_MASK) != (uint32_t)self->tid)
		return -EPERM;
	err = futex_key(c->uaddr, c->shared, &k);
	if (err)
		return err;
	first = futex_first(&k);
	if (first) {
		if (!first->lock || first->lock->owner != self)
			return -EINVAL;
		new = first->thread->tid | FUTEX_WAITERS;
	}
	if (cmpxchg_user_u32(c->uaddr, val, new, &found))
		return -EFAULT;
	if (first)
		hand_on(first->lock, first);
	return 0;
}

void futex_pi_owner_exits(struct thread *t)
{
	struct list *locks = locks_of(t);

	while (!list_empty(locks)) {
		struct pi_lock *l = list_first(locks, struct pi_lock, link);
		struct futex_waiter *w = first_for(l);
		uint32_t val, found;

		/* A page that is gone now is the new owner's problem. */
		if (get_user_u32(&val, w->word) == 0)
			cmpxchg_user_u32(w->word, val,
					 w->thread->tid | FUTEX_WAITERS |
						 FUTEX_OWNER_DIED,
					 &found);
		hand_on(l, w);
	}
}
