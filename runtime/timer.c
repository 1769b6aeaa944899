/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One-shot timers: a list in order of deadline. Programs arm few at a time
 * (sleepers, time-outs of poll), mostly later than those that are armed, so the
 * search for the place starts at the end.
 */
#include <posixen/platform.h>
#include <posixen/thread.h>
#include "sched.h"

static struct list timers = LIST_INIT(timers);

void timer_arm_wait(struct timer *t, uint64_t deadline)
{
	struct list *at;

	timer_cancel(t);
	t->deadline = deadline ? deadline : 1;
	for (at = timers.prev; at != &timers; at = at->prev)
		if (list_entry(at, struct timer, link)->deadline <= t->deadline)
			break;
	list_insert_after(at, &t->link);
}

void timer_arm(struct timer *t, uint64_t deadline)
{
	timer_arm_wait(t, deadline);
	/* The running program must be interrupted for it. */
	if (current() && timers.next == &t->link)
		sched_set_alarm();
}

void timer_cancel(struct timer *t)
{
	if (t->deadline) {
		list_del(&t->link);
		t->deadline = 0;
	}
}

uint64_t timer_next_deadline(void)
{
	return list_empty(&timers)
		       ? UINT64_MAX
		       : list_first(&timers, struct timer, link)->deadline;
}

void timer_run_expired(void)
{
	uint64_t now;

	if (list_empty(&timers))
		return; /* spares reading the clock */
	now = plat_monotonic_ns();
	while (timer_next_deadline() <= now) {
		struct timer *t = list_first(&timers, struct timer, link);

		timer_cancel(t);
		t->fn(t);
	}
}
