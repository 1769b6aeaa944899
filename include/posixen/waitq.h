/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * waitq.h: waiting for something, once for everything (runtime/waitq.c).
 *
 * A waitq is a list of waiters; each waiter is a callback. A sleeping thread is
 * one kind of waiter, poll and epoll are others. wake runs the callbacks with a
 * mask of poll events (POLLIN ...) that became true.
 *
 * Lost wake-ups cannot happen in a cooperative kernel: between the test of a
 * condition and waitq_sleep nothing else runs.
 */
#ifndef POSIXEN_WAITQ_H
#define POSIXEN_WAITQ_H

#include <posixen/list.h>

struct waitq {
	struct list waiters;
};

struct waiter {
	struct list link;
	/* Called at each wake whose mask meets events. Returns true if it took
	 * the event, which counts against max in waitq_wake(). Event context:
	 * must not block; may unlink itself. */
	bool (*wake)(struct waiter *w, unsigned int mask);
	unsigned int events;
};
/* A bit of events that is no event: of such waiters one wake is enough for one
 * that takes it, unless it tells of an error or a hang-up (EPOLLEXCLUSIVE). */
#define WAIT_EXCLUSIVE (1u << 28)

void waitq_init(struct waitq *q);
void waitq_add(struct waitq *q, struct waiter *w);
void waitq_remove(struct waiter *w); /* harmless when not queued */
/* Wake at most max takers (oldest first); returns how many took it. */
unsigned int waitq_wake(struct waitq *q, unsigned int mask, unsigned int max);
#define waitq_wake_all(q, mask) waitq_wake((q), (mask), ~0u)
#define waitq_wake_one(q, mask) waitq_wake((q), (mask), 1)

#define WAIT_FOREVER UINT64_MAX
/*
 * Sleep on q until a wake with a bit of mask, deadline (plat_monotonic_ns) or a
 * signal. 0 woken, -ETIMEDOUT, -EINTR. Blocks. Spurious returns of 0 are
 * allowed: callers test their condition in a loop.
 */
int waitq_sleep(struct waitq *q, unsigned int mask, uint64_t deadline);
/* The same, but neither a signal nor time ends it. Blocks. */
void waitq_block(struct waitq *q, unsigned int mask);

#endif
