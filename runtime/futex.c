/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Futexes: futex(2). Waiters hang in a hash table by the key of the word they
 * wait for: its address, or for shared futexes the page frame and offset, so
 * that two mappings of one file meet.
 *
 * Between the comparison of the word and the sleep nothing else runs, which is
 * all that FUTEX_WAIT promises.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/futex.h>
#include "futex.h"
#include "sched.h"
#include "signal.h"

#define BUCKETS		  64
#define ROBUST_LIST_LIMIT 2048 /* as in Linux's include/linux/futex.h */

struct key {
	uintptr_t where; /* address, or frame and offset */
	bool shared;
};

struct futex_waiter {
	struct list link;
	struct key key;
	uint32_t bitset;
	struct thread *thread;
	struct timer timer;
	bool woken, timed_out;
};

static struct list table[BUCKETS];

static struct list *bucket_of(const struct key *k)
{
	struct list *b = &table[(k->where >> 2) * 0x9e3779b97f4a7c15UL >> 58];

	if (!b->next)
		list_init(b);
	return b;
}

static bool same_key(const struct key *a, const struct key *b)
{
	return a->where == b->where && a->shared == b->shared;
}

static int take_pfn(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	*(pfn_t *)arg = pfn;
	return 1;
}

/* The key of the word at uaddr. write: the page must be the one that a write
 * would see, not a private file page before its copy. */
static int get_key(const uint32_t *uaddr, bool shared, struct key *k)
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

/* Higher priorities first, then who came first, as Linux's list does it. */
static void queue(struct futex_waiter *w)
{
	struct list *b = bucket_of(&w->key), *at = b->prev;

	for (; at != b; at = at->prev)
		if (list_entry(at, struct futex_waiter, link)
			    ->thread->priority >= w->thread->priority)
			break;
	list_insert_after(at, &w->link);
}

static void wake(struct futex_waiter *w)
{
	list_del(&w->link);
	w->woken = true;
	sched_ready(w->thread);
}

static long wake_key(const struct key *k, unsigned int n, uint32_t bitset)
{
	struct list *b = bucket_of(k);
	long woken = 0;

	list_for_each_safe (pos, b) {
		struct futex_waiter *w =
			list_entry(pos, struct futex_waiter, link);

		if (woken >= n)
			break;
		if (same_key(&w->key, k) && (w->bitset & bitset)) {
			wake(w);
			woken++;
		}
	}
	return woken;
}

static void on_timeout(struct timer *t)
{
	struct futex_waiter *w = container_of(t, struct futex_waiter, timer);

	w->timed_out = true;
	sched_ready(w->thread);
}

static long futex_wait(uint32_t *uaddr, bool shared, uint32_t val,
		       uint64_t deadline, uint32_t bitset)
{
	struct futex_waiter w = {
		.bitset = bitset,
		.thread = current(),
		.timer = {.fn = on_timeout},
	};
	uint32_t now;
	int err = get_key(uaddr, shared, &w.key);

	if (err)
		return err;
	if (get_user_u32(&now, uaddr))
		return -EFAULT;
	if (now != val)
		return -EAGAIN;
	if (signal_pending(w.thread))
		goto interrupted;
	if (deadline != WAIT_FOREVER) {
		if (plat_monotonic_ns() >= deadline)
			return -ETIMEDOUT;
		timer_arm_wait(&w.timer, deadline);
	}
	queue(&w);
	w.thread->interruptible = true;
	while (!w.woken && !w.timed_out && !signal_pending(w.thread))
		sched_block();
	w.thread->interruptible = false;
	timer_cancel(&w.timer);
	if (!w.woken)
		list_del(&w.link);
	if (w.woken)
		return 0;
	if (w.timed_out)
		return -ETIMEDOUT;
interrupted:
	/* signal(7): restarted, but not with a time-out, which would begin
	 * anew. */
	return deadline == WAIT_FOREVER ? -ERESTARTSYS : -EINTR;
}

static long futex_requeue(uint32_t *uaddr, bool shared, unsigned int nr_wake,
			  unsigned int nr_move, uint32_t *uaddr2,
			  const uint32_t *expect)
{
	struct key from, to;
	struct list *b;
	uint32_t now;
	long moved = 0, woken;
	int err = get_key(uaddr, shared, &from);

	if (!err)
		err = get_key(uaddr2, shared, &to);
	if (err)
		return err;
	if (expect) {
		if (get_user_u32(&now, uaddr))
			return -EFAULT;
		if (now != *expect)
			return -EAGAIN;
	}
	woken = wake_key(&from, nr_wake, FUTEX_BITSET_MATCH_ANY);
	if (same_key(&from, &to))
		return woken;
	b = bucket_of(&from);
	list_for_each_safe (pos, b) {
		struct futex_waiter *w =
			list_entry(pos, struct futex_waiter, link);

		if (moved >= nr_move)
			break;
		if (!same_key(&w->key, &from))
			continue;
		list_del(&w->link);
		w->key = to;
		queue(w);
		moved++;
	}
	return woken + moved;
}

/* FUTEX_WAKE_OP's encoding: futex(2). */
static int apply_op(uint32_t *uaddr, uint32_t code, bool *wake_second)
{
	unsigned int op = code >> 28 & 7, cmp = code >> 24 & 15;
	int32_t oparg = (int32_t)(code << 8) >> 20;
	int32_t cmparg = (int32_t)(code << 20) >> 20, old;
	uint32_t seen, val, found;

	if (code & (8u << 28)) {
		if (oparg < 0 || oparg > 31)
			return -EINVAL;
		oparg = (int32_t)(1u << oparg);
	}
	if (get_user_u32(&seen, uaddr))
		return -EFAULT;
	switch (op) {
	case FUTEX_OP_SET:
		val = oparg;
		break;
	case FUTEX_OP_ADD:
		val = seen + oparg;
		break;
	case FUTEX_OP_OR:
		val = seen | oparg;
		break;
	case FUTEX_OP_ANDN:
		val = seen & ~oparg;
		break;
	case FUTEX_OP_XOR:
		val = seen ^ oparg;
		break;
	default:
		return -ENOSYS;
	}
	/* Nothing else runs meanwhile, so the exchange cannot miss. */
	if (cmpxchg_user_u32(uaddr, seen, val, &found))
		return -EFAULT;
	old = (int32_t)seen;
	switch (cmp) {
	case FUTEX_OP_CMP_EQ:
		*wake_second = old == cmparg;
		break;
	case FUTEX_OP_CMP_NE:
		*wake_second = old != cmparg;
		break;
	case FUTEX_OP_CMP_LT:
		*wake_second = old < cmparg;
		break;
	case FUTEX_OP_CMP_LE:
		*wake_second = old <= cmparg;
		break;
	case FUTEX_OP_CMP_GT:
		*wake_second = old > cmparg;
		break;
	case FUTEX_OP_CMP_GE:
		*wake_second = old >= cmparg;
		break;
	default:
		return -ENOSYS;
	}
	return 0;
}

static long futex_wake_op(uint32_t *uaddr, bool shared, unsigned int nr1,
			  unsigned int nr2, uint32_t *uaddr2, uint32_t code)
{
	bool second = false;
	struct key k1, k2;
	long n;
	int err = get_key(uaddr, shared, &k1);

	if (!err)
		err = get_key(uaddr2, shared, &k2);
	if (!err)
		err = apply_op(uaddr2, code, &second);
	if (err)
		return err;
	n = wake_key(&k1, nr1, FUTEX_BITSET_MATCH_ANY);
	if (second)
		n += wake_key(&k2, nr2, FUTEX_BITSET_MATCH_ANY);
	return n;
}

/* FUTEX_WAIT counts from now, FUTEX_WAIT_BITSET gives a point in time. */
static int wait_deadline(int op, unsigned long arg, bool realtime,
			 uint64_t *deadline)
{
	struct __kernel_timespec ts;
	uint64_t ns, now;

	*deadline = WAIT_FOREVER;
	if (!arg)
		return 0;
	if (copy_in_obj(&ts, (const void *)arg))
		return -EFAULT;
	if (timespec_to_ns(&ts, &ns))
		return -EINVAL;
	if (op == FUTEX_WAIT) {
		*deadline = deadline_after(ns);
		return 0;
	}
	now = realtime ? clock_realtime_ns() : plat_monotonic_ns();
	*deadline = deadline_after(ns > now ? ns - now : 0);
	return 0;
}

long sys_futex(unsigned int *uaddr, int futex_op, unsigned int val,
	       unsigned long arg, unsigned int *uaddr2, unsigned int val3)
{
	int op = futex_op & FUTEX_CMD_MASK;
	bool shared = !(futex_op & FUTEX_PRIVATE_FLAG);
	bool realtime = futex_op & FUTEX_CLOCK_REALTIME;
	uint64_t deadline;
	struct key key;
	int err;

	if (realtime && op != FUTEX_WAIT && op != FUTEX_WAIT_BITSET)
		return -ENOSYS;
	switch (op) {
	case FUTEX_WAIT:
		val3 = FUTEX_BITSET_MATCH_ANY;
		/* fall through */
	case FUTEX_WAIT_BITSET:
		if (!val3)
			return -EINVAL;
		err = wait_deadline(op, arg, realtime, &deadline);
		return err ? err
			   : futex_wait(uaddr, shared, val, deadline, val3);
	case FUTEX_WAKE:
		val3 = FUTEX_BITSET_MATCH_ANY;
		/* fall through */
	case FUTEX_WAKE_BITSET:
		if (!val3)
			return -EINVAL;
		err = get_key(uaddr, shared, &key);
		/* Linux wakes one when asked for none. */
		return err ? err : wake_key(&key, val ? val : 1, val3);
	case FUTEX_REQUEUE:
	case FUTEX_CMP_REQUEUE:
		if ((int)val < 0 || (int)arg < 0)
			return -EINVAL;
		return futex_requeue(uaddr, shared, val, arg, uaddr2,
				     op == FUTEX_CMP_REQUEUE ? &val3 : NULL);
	case FUTEX_WAKE_OP:
		return futex_wake_op(uaddr, shared, val, arg, uaddr2, val3);
	default: /* FUTEX_FD is gone; priority inheritance is not there */
		return -ENOSYS;
	}
}

void futex_wake_word(uint32_t *uaddr, unsigned int n)
{
	struct key key;

	if (get_key(uaddr, true, &key) == 0)
		wake_key(&key, n, FUTEX_BITSET_MATCH_ANY);
}

/*
 * Robust futexes: set_robust_list(2). The list is the program's, so it may be
 * anything: every step is checked, and their number is limited.
 */
static void robust_died(const struct thread *t, uint32_t *uaddr)
{
	uint32_t val, found;

	if ((uintptr_t)uaddr % sizeof(uint32_t) || get_user_u32(&val, uaddr))
		return;
	if ((val & FUTEX_TID_MASK) != (uint32_t)t->tid)
		return;
	if (cmpxchg_user_u32(uaddr, val,
			     (val & FUTEX_WAITERS) | FUTEX_OWNER_DIED, &found))
		return;
	/* Whether the waiters called it private is not known here. */
	if (val & FUTEX_WAITERS) {
		struct key key;

		if (get_key(uaddr, false, &key) == 0 &&
		    wake_key(&key, 1, FUTEX_BITSET_MATCH_ANY) == 0)
			futex_wake_word(uaddr, 1);
	}
}

void futex_exit_robust(struct thread *t)
{
	struct robust_list_head head;
	struct robust_list *uhead = t->robust_list, *at, *next;

	if (!uhead || copy_in_obj(&head, (void *)uhead))
		return;
	at = head.list.next;
	for (int i = 0; i < ROBUST_LIST_LIMIT && at != uhead; i++) {
		bool pending = at == head.list_op_pending;

		/* Read the link first: who gets the lock may change it. */
		if (copy_in_obj(&next, (void *)&at->next))
			break;
		if (!pending)
			robust_died(t, (uint32_t *)((uintptr_t)at +
						    head.futex_offset));
		at = next;
	}
	if (head.list_op_pending)
		robust_died(t, (uint32_t *)((uintptr_t)head.list_op_pending +
					    head.futex_offset));
}

long sys_set_robust_list(void *head, size_t len)
{
	if (len != sizeof(struct robust_list_head))
		return -EINVAL;
	current()->robust_list = head;
	current()->robust_len = len;
	return 0;
}

long sys_get_robust_list(int pid, void *uhead, void *ulen)
{
	struct thread *t = pid ? thread_by_tid(pid) : current();
	size_t len = sizeof(struct robust_list_head);

	if (!t)
		return -ESRCH;
	if (copy_out_obj((size_t *)ulen, &len) ||
	    copy_out_obj((void **)uhead, &t->robust_list))
		return -EFAULT;
	return 0;
}
