/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Futexes: futex(2). Waiters hang in a hash table by the key of the word they
 * wait for. Here is what every image with threads needs; see futex.h for the
 * rest.
 *
 * Between the comparison of the word and the sleep nothing else runs, which is
 * all that FUTEX_WAIT promises.
 */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include "futex.h"
#include "sched.h"
#include "signal.h"

#define BUCKETS 64

static struct list table[BUCKETS];

const struct futex_rest *futex_rest;

struct list *futex_bucket(const struct futex_key *k)
{
	struct list *b = &table[(k->where >> 2) * 0x9e3779b97f4a7c15UL >> 58];

	if (!b->next)
		list_init(b);
	return b;
}

bool futex_same(const struct futex_key *a, const struct futex_key *b)
{
	return a->where == b->where && a->shared == b->shared;
}

static int take_pfn(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	*(pfn_t *)arg = pfn;
	return 1;
}

int futex_key(const uint32_t *uaddr, bool shared, struct futex_key *k)
{
	uintptr_t a = (uintptr_t)uaddr;
	pfn_t pfn = PFN_NONE;
	uint32_t val;

	if (a % sizeof(uint32_t))
		return -EINVAL;
	if (!user_range_ok(uaddr, sizeof(*uaddr)))
		return -EFAULT;
	k->shared = shared;
	k->where = a;
	if (!shared)
		return 0;
	if (get_user_u32(&val, uaddr))
		return -EFAULT;
	/* Pages of the image are not in the tables of every platform; they have
	 * one address and are never shared: the address will do. */
	if (plat_walk(PAGE_DOWN(a), 1, take_pfn, &pfn))
		k->where = ((uintptr_t)pfn << PAGE_SHIFT) | (a & ~PAGE_MASK);
	return 0;
}

int futex_expect(const uint32_t *uaddr, uint32_t val)
{
	uint32_t now;

	if (get_user_u32(&now, uaddr))
		return -EFAULT;
	return now == val ? 0 : -EAGAIN;
}

struct futex_waiter *futex_first(const struct futex_key *k)
{
	struct list *b = futex_bucket(k);

	list_for_each (pos, b) {
		struct futex_waiter *w =
			list_entry(pos, struct futex_waiter, link);

		if (futex_same(&w->key, k))
			return w;
	}
	return NULL;
}

void futex_queue(struct futex_waiter *w)
{
	struct list *b = futex_bucket(&w->key), *at = b->prev;

	for (; at != b; at = at->prev)
		if (list_entry(at, struct futex_waiter, link)
			    ->thread->priority >= w->thread->priority)
			break;
	list_insert_after(at, &w->link);
}

void futex_wake(struct futex_waiter *w)
{
	list_del(&w->link);
	w->woken = true;
	sched_ready(w->thread);
}

long futex_wake_key(const struct futex_key *k, unsigned int n, uint32_t bitset)
{
	struct list *b = futex_bucket(k);
	unsigned int woken = 0;

	list_for_each_safe (pos, b) {
		struct futex_waiter *w =
			list_entry(pos, struct futex_waiter, link);

		if (!futex_same(&w->key, k))
			continue;
		if (w->lock || w->moves_to)
			return -EINVAL;
		if (!(w->bitset & bitset))
			continue;
		futex_wake(w);
		if (++woken >= n)
			break;
	}
	return woken;
}

static long wait(const struct futex_call *c)
{
	struct futex_waiter w = {.bitset = c->val3, .thread = current()};
	int err;

	if (!c->val3)
		return -EINVAL;
	err = futex_key(c->uaddr, c->shared, &w.key);
	if (err)
		return err;
	err = futex_expect(c->uaddr, c->val);
	if (err)
		return err;
	futex_queue(&w);
	err = clock_sleep(&w.woken, c->real, c->at);
	if (!w.woken)
		list_del(&w.link);
	/* signal(7): restarted, but not with a time-out, which would begin
	 * anew. */
	if (err == -EINTR && c->at == WAIT_FOREVER)
		return -ERESTARTSYS;
	return err;
}

static long requeue(const struct futex_call *c, const uint32_t *expect)
{
	struct futex_key from, to;
	struct list *b;
	long done = 0;
	int err;

	if ((int)c->val < 0 || (int)c->val2 < 0)
		return -EINVAL;
	err = futex_key(c->uaddr, c->shared, &from);
	if (!err)
		err = futex_key(c->uaddr2, c->shared, &to);
	if (!err && expect)
		err = futex_expect(c->uaddr, *expect);
	if (err)
		return err;
	b = futex_bucket(&from);
	list_for_each_safe (pos, b) {
		struct futex_waiter *w =
			list_entry(pos, struct futex_waiter, link);

		if (done >= (long)c->val + c->val2)
			break;
		if (!futex_same(&w->key, &from))
			continue;
		if (w->lock || w->moves_to)
			return -EINVAL;
		if (done++ < c->val) {
			futex_wake(w);
		} else if (!futex_same(&from, &to)) {
			/* Behind those of its priority, so not seen again. */
			list_del(&w->link);
			w->key = to;
			futex_queue(w);
		}
	}
	return done;
}

static bool has_timeout(int op)
{
	return op == FUTEX_WAIT || op == FUTEX_WAIT_BITSET ||
	       op == FUTEX_LOCK_PI || op == FUTEX_LOCK_PI2 ||
	       op == FUTEX_WAIT_REQUEUE_PI;
}

/* FUTEX_WAIT counts from now, the others give a point in time. */
static int read_timeout(struct futex_call *c, unsigned long arg)
{
	struct __kernel_timespec ts;

	c->at = WAIT_FOREVER;
	if (!arg || !has_timeout(c->op))
		return 0;
	if (copy_in_obj(&ts, (const void *)arg))
		return -EFAULT;
	if (timespec_to_ns(&ts, &c->at))
		return -EINVAL;
	if (c->op == FUTEX_WAIT)
		c->at = deadline_after(c->at);
	return 0;
}

static long dispatch(struct futex_call *c)
{
	struct futex_key key;
	int err;

	switch (c->op) {
	case FUTEX_WAIT:
		c->val3 = FUTEX_BITSET_MATCH_ANY;
		/* fall through */
	case FUTEX_WAIT_BITSET:
		return wait(c);
	case FUTEX_WAKE:
		c->val3 = FUTEX_BITSET_MATCH_ANY;
		/* fall through */
	case FUTEX_WAKE_BITSET:
		if (!c->val3)
			return -EINVAL;
		err = futex_key(c->uaddr, c->shared, &key);
		return err ? err : futex_wake_key(&key, c->val, c->val3);
	case FUTEX_REQUEUE:
		return requeue(c, NULL);
	case FUTEX_CMP_REQUEUE:
		return requeue(c, &c->val3);
	default:
		return futex_rest ? futex_rest->call(c) : -ENOSYS;
	}
}

long sys_futex(unsigned int *uaddr, int futex_op, unsigned int val,
	       unsigned long arg, unsigned int *uaddr2, unsigned int val3)
{
	struct futex_call c = {
		.uaddr = uaddr,
		.uaddr2 = uaddr2,
		.op = futex_op & FUTEX_CMD_MASK,
		.val = val,
		.val2 = (uint32_t)arg,
		.val3 = val3,
		.shared = !(futex_op & FUTEX_PRIVATE_FLAG),
		.real = futex_op & FUTEX_CLOCK_REALTIME,
	};
	int err = read_timeout(&c, arg);

	if (err)
		return err;
	if (c.real && c.op != FUTEX_WAIT_BITSET &&
	    c.op != FUTEX_WAIT_REQUEUE_PI && c.op != FUTEX_LOCK_PI2)
		return -ENOSYS;
	return dispatch(&c);
}
