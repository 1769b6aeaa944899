/* SPDX-License-Identifier: BSD-2-Clause */
/* futex_waitv(2): wait for one of up to 128 futexes. */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/time.h>
#include "futex.h"

#define FLAGS (FUTEX_32 | FUTEX_PRIVATE_FLAG)

struct waitv {
	struct futex_waiter w;
	uint32_t *uaddr;
	uint32_t val;
};

static int read_waiters(struct waitv *v, const struct futex_waitv *uv,
			unsigned int n)
{
	struct futex_waitv in;

	for (unsigned int i = 0; i < n; i++) {
		if (copy_in_obj(&in, uv + i))
			return -EFAULT;
		if ((in.flags & ~FLAGS) || in.__reserved ||
		    !(in.flags & FUTEX_32))
			return -EINVAL;
		v[i].uaddr = (uint32_t *)(uintptr_t)in.uaddr;
		v[i].val = (uint32_t)in.val;
		v[i].w.bitset = FUTEX_BITSET_MATCH_ANY;
		v[i].w.thread = current();
		v[i].w.key.shared = !(in.flags & FUTEX_PRIVATE_FLAG);
	}
	return 0;
}

static int read_deadline(const struct __kernel_timespec *uts, int clock,
			 uint64_t *at)
{
	struct __kernel_timespec ts;

	*at = WAIT_FOREVER;
	if (!uts)
		return 0;
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return -EINVAL;
	if (copy_in_obj(&ts, uts))
		return -EFAULT;
	return timespec_to_ns(&ts, at);
}

/* The keys of all, then the words of all: kernel/futex/waitwake.c. */
static int prepare(struct waitv *v, unsigned int n)
{
	int err;

	for (unsigned int i = 0; i < n; i++) {
		err = futex_key(v[i].uaddr, v[i].w.key.shared, &v[i].w.key);
		if (err)
			return err;
	}
	for (unsigned int i = 0; i < n; i++) {
		err = futex_expect(v[i].uaddr, v[i].val);
		if (err)
			return err;
	}
	return 0;
}

struct wait_set {
	struct waitv *v;
	unsigned int n;
};

/* The last that was woken, or -1. */
static int last_woken(const struct wait_set *s)
{
	for (unsigned int i = s->n; i-- > 0;)
		if (s->v[i].w.woken)
			return (int)i;
	return -1;
}

static bool any_woken(const void *set)
{
	return last_woken(set) >= 0;
}

static int wait_for_any(const struct wait_set *s, bool real, uint64_t at)
{
	int err;

	for (unsigned int i = 0; i < s->n; i++)
		futex_queue(&s->v[i].w);
	err = clock_sleep_until(any_woken, s, real, at);
	for (unsigned int i = 0; i < s->n; i++)
		if (!s->v[i].w.woken)
			list_del(&s->v[i].w.link);
	return !err ? last_woken(s) : err == -EINTR ? -ERESTARTSYS : err;
}

long sys_futex_waitv(void *uwaiters, unsigned int n, unsigned int flags,
		     const void *uts, int clock)
{
	struct waitv *v;
	uint64_t at;
	long r;

	if (flags || !n || n > FUTEX_WAITV_MAX || !uwaiters)
		return -EINVAL;
	r = read_deadline(uts, clock, &at);
	if (r)
		return r;
	v = kzalloc(n * sizeof(*v));
	if (!v)
		return -ENOMEM;
	r = read_waiters(v, uwaiters, n);
	if (!r)
		r = prepare(v, n);
	if (!r)
		r = wait_for_any(&(struct wait_set){v, n},
				 clock == CLOCK_REALTIME, at);
	kfree(v);
	return r;
}
