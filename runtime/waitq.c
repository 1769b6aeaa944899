/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wait queues: see waitq.h for the rules. A thread that sleeps is one kind of
 * waiter, made on its own stack.
 */
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/thread.h>
#include <posixen/waitq.h>
#include <asm/poll.h>

void waitq_init(struct waitq *q)
{
	list_init(&q->waiters);
}

void waitq_add(struct waitq *q, struct waiter *w)
{
	list_append(&q->waiters, &w->link);
}

void waitq_remove(struct waiter *w)
{
	/* A waiter that was never queued has NULL links if it was zeroed. */
	if (w->link.next)
		list_del(&w->link);
}

unsigned int waitq_wake(struct waitq *q, unsigned int mask, unsigned int max)
{
	bool all = mask & (POLLERR | POLLHUP), served = false;
	unsigned int taken = 0;

	/*
	 * A callback may unlink itself, but no other waiter: so the next one is
	 * safe to hold over the call.
	 */
	list_for_each_safe (pos, &q->waiters) {
		struct waiter *w = list_entry(pos, struct waiter, link);
		bool exclusive = w->events & WAIT_EXCLUSIVE;

		if (taken >= max)
			break;

		if (!(w->events & mask) || (exclusive && served))
			continue;
		if (w->wake(w, mask)) {
			taken++;
			served |= exclusive && !all;
		}
	}
	return taken;
}

struct sleeper {
	struct waiter waiter;
	struct timer timer;
	struct thread *thread;
	bool woken;
};

static bool sleeper_wake(struct waiter *w, unsigned int mask)
{
	struct sleeper *s = container_of(w, struct sleeper, waiter);

	/* Off the queue at once, so that a second wake finds another taker. */
	list_del(&w->link);
	s->woken = true;
	sched_ready(s->thread);
	return true;
}

static void sleeper_timeout(struct timer *t)
{
	sched_ready(container_of(t, struct sleeper, timer)->thread);
}

int waitq_sleep(struct waitq *q, unsigned int mask, uint64_t deadline)
{
	struct thread *self = current();
	struct sleeper s = {
		.waiter = {.wake = sleeper_wake, .events = mask},
		.timer = {.fn = sleeper_timeout},
		.thread = self,
	};

	if (signal_pending(self))
		return -EINTR;
	if (deadline != WAIT_FOREVER && plat_monotonic_ns() >= deadline)
		return -ETIMEDOUT;
	waitq_add(q, &s.waiter);
	if (deadline != WAIT_FOREVER)
		timer_arm_wait(&s.timer, deadline);
	self->interruptible = true;
	sched_block();
	self->interruptible = false;
	timer_cancel(&s.timer);
	waitq_remove(&s.waiter);
	if (s.woken)
		return 0;
	return signal_pending(self)		 ? -EINTR
	       : plat_monotonic_ns() >= deadline ? -ETIMEDOUT
						 : 0;
}

void waitq_block(struct waitq *q, unsigned int mask)
{
	struct sleeper s = {
		.waiter = {.wake = sleeper_wake, .events = mask},
		.thread = current(),
	};

	waitq_add(q, &s.waiter);
	sched_block();
	waitq_remove(&s.waiter);
}
