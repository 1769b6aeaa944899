/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The operations of futex(2) that ordinary locks do not use: WAKE_OP, and by
 * way of futex_pi*.c all that has to do with priority inheritance.
 *
 * An image holds this only if something of it says so: px_syscall (a program
 * that calls syscall(2) may ask for any operation) and libc's
 * pthread_mutexattr_setprotocol(), by px_need_futex_rest.
 */
#include <posixen/subsystem.h>
#include <posixen/uaccess.h>
#include "futex.h"

/* FUTEX_WAKE_OP's encoding: futex(2). */
static int compare(unsigned int cmp, int32_t old, int32_t arg)
{
	switch (cmp) {
	case FUTEX_OP_CMP_EQ:
		return old == arg;
	case FUTEX_OP_CMP_NE:
		return old != arg;
	case FUTEX_OP_CMP_LT:
		return old < arg;
	case FUTEX_OP_CMP_LE:
		return old <= arg;
	case FUTEX_OP_CMP_GT:
		return old > arg;
	case FUTEX_OP_CMP_GE:
		return old >= arg;
	default:
		return -ENOSYS;
	}
}

static int combine(unsigned int op, uint32_t old, uint32_t arg, uint32_t *new)
{
	switch (op) {
	case FUTEX_OP_SET:
		*new = arg;
		return 0;
	case FUTEX_OP_ADD:
		*new = old + arg;
		return 0;
	case FUTEX_OP_OR:
		*new = old | arg;
		return 0;
	case FUTEX_OP_ANDN:
		*new = old & ~arg;
		return 0;
	case FUTEX_OP_XOR:
		*new = old ^ arg;
		return 0;
	default:
		return -ENOSYS;
	}
}

/* 1: wake the second's waiters too. */
static int apply_op(uint32_t *uaddr, uint32_t code)
{
	int32_t oparg = (int32_t)(code << 8) >> 20;
	int32_t cmparg = (int32_t)(code << 20) >> 20;
	uint32_t seen, val = 0, found;
	int err;

	if (code & ((uint32_t)FUTEX_OP_OPARG_SHIFT << 28)) /* Linux masks it */
		oparg = (int32_t)(1u << (oparg & 31));
	if (get_user_u32(&seen, uaddr))
		return -EFAULT;
	err = combine(code >> 28 & 7, seen, oparg, &val);
	if (err)
		return err;
	/* Nothing else runs meanwhile, so the exchange cannot miss. */
	if (cmpxchg_user_u32(uaddr, seen, val, &found))
		return -EFAULT;
	return compare(code >> 24 & 15, (int32_t)seen, cmparg);
}

static long wake_op(const struct futex_call *c)
{
	struct futex_key k1, k2;
	long n, m;
	int err = futex_key(c->uaddr, c->shared, &k1);

	if (!err)
		err = futex_key(c->uaddr2, c->shared, &k2);
	if (!err)
		err = apply_op(c->uaddr2, c->val3);
	if (err < 0)
		return err;
	n = futex_wake_key(&k1, c->val, FUTEX_BITSET_MATCH_ANY);
	if (n < 0 || !err)
		return n;
	m = futex_wake_key(&k2, c->val2, FUTEX_BITSET_MATCH_ANY);
	return m < 0 ? m : n + m;
}

static long call(const struct futex_call *c)
{
	switch (c->op) {
	case FUTEX_WAKE_OP:
		return wake_op(c);
	case FUTEX_LOCK_PI:
	case FUTEX_LOCK_PI2:
		return futex_lock_pi(c);
	case FUTEX_UNLOCK_PI:
		return futex_unlock_pi(c);
	case FUTEX_TRYLOCK_PI:
		return futex_trylock_pi(c);
	case FUTEX_WAIT_REQUEUE_PI:
		return futex_wait_requeue_pi(c);
	case FUTEX_CMP_REQUEUE_PI:
		return futex_cmp_requeue_pi(c);
	default: /* FUTEX_FD is gone */
		return -ENOSYS;
	}
}

static const struct futex_rest operations = {
	.call = call,
	.owner_exits = futex_pi_owner_exits,
	.priority_changed = futex_pi_priority_changed,
};

static int start(void)
{
	futex_rest = &operations;
	return 0;
}

SUBSYSTEM(futex_rest, .name = "futexes", .start = start);

/* The name that code outside the runtime requires it by; never called. */
void px_need_futex_rest(void);
void px_need_futex_rest(void)
{
	SUBSYSTEM_REQUIRE(futex_rest);
}
