/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * FUTEX_WAIT_REQUEUE_PI and FUTEX_CMP_REQUEUE_PI: condition variables beside a
 * lock with priority inheritance. Who waits for the first word is made owner of
 * the lock, or a waiter for it, without running in between. Errors and their
 * order as in Linux's kernel/futex/requeue.c.
 */
#include <posixen/lib.h>
#include <posixen/uaccess.h>
#include "futex.h"
#include "signal.h"

long futex_wait_requeue_pi(const struct futex_call *c)
{
	struct futex_waiter w = {
		.bitset = FUTEX_BITSET_MATCH_ANY,
		.thread = current(),
		.word = c->uaddr2,
	};
	struct futex_key lock;
	int err;

	if (c->uaddr == c->uaddr2)
		return -EINVAL;
	err = futex_key(c->uaddr2, c->shared, &lock);
	if (!err)
		err = futex_key(c->uaddr, c->shared, &w.key);
	if (!err)
		err = futex_expect(c->uaddr, c->val);
	if (err)
		return err;
	if (futex_same(&w.key, &lock))
		return -EINVAL;
	w.moves_to = &lock;
	futex_queue(&w);
	err = clock_sleep(&w.woken, c->real, c->at);
	if (!err)
		return 0;
	if (w.lock) {
		pi_dequeue(&w);
		/* It waits for the lock already, so it cannot begin again:
		 * the caller locks it by itself. */
		return err == -EINTR ? -EAGAIN : err;
	}
	list_del(&w.link);
	return err == -EINTR ? -ERESTARTNOINTR : err;
}

/* May w go to this lock? */
static bool expects(const struct futex_waiter *w, const struct futex_key *to)
{
	return w->moves_to && !w->lock && futex_same(w->moves_to, to);
}

/* The rest of the waiters, to wait for the lock. */
static long move(const struct futex_key *from, const struct futex_key *to,
		 struct pi_lock *l, long done, long max)
{
	struct futex_waiter *w;
	int err;

	/* From the start each time: lending priority moves others about. */
	while (done < max && (w = futex_first(from)) != NULL) {
		if (!expects(w, to))
			return -EINVAL;
		list_del(&w->link);
		err = pi_enqueue(l, w);
		if (err) {
			futex_queue(w);
			return err;
		}
		done++;
	}
	return done;
}

long futex_cmp_requeue_pi(const struct futex_call *c)
{
	struct futex_key from, to;
	struct futex_waiter *first;
	struct pi_lock *l = NULL;
	long done = 0;
	int r;

	if ((int)c->val < 0 || (int)c->val2 < 0 || c->uaddr == c->uaddr2 ||
	    c->val != 1)
		return -EINVAL;
	r = futex_key(c->uaddr, c->shared, &from);
	if (!r)
		r = futex_key(c->uaddr2, c->shared, &to);
	if (r)
		return r;
	if (futex_same(&from, &to))
		return -EINVAL;
	r = futex_expect(c->uaddr, c->val3);
	if (r)
		return r;
	first = futex_first(&from);
	if (!first)
		return 0;
	if (!expects(first, &to))
		return -EINVAL;
	r = pi_take(c->uaddr2, &to, first->thread, c->val2 != 0, &l);
	if (r < 0)
		return r;
	if (r == 1) {
		futex_wake(first);
		done = 1;
		first = c->val2 ? futex_first(&from) : NULL;
		if (!first)
			return done;
		/* It is held now: by whom we have just given it to. */
		r = pi_take(c->uaddr2, &to, first->thread, true, &l);
		if (r)
			return r;
	}
	done = move(&from, &to, l, done, 1 + (long)c->val2);
	pi_lock_unused(l);
	return done;
}
