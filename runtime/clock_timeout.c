/* SPDX-License-Identifier: BSD-2-Clause */
/* Time-outs of sleeping threads at a moment of a clock: see ktime.h. */
#include <posixen/ktime.h>
#include <posixen/platform.h>
#include <posixen/process.h>

/* Of a sleeping thread, on its stack. */
struct clock_timeout {
	struct timer timer;
	struct waiter clock_set;
	struct thread *thread;
	uint64_t at; /* ns of the clock */
	bool real;   /* of CLOCK_REALTIME, else of plat_monotonic_ns() */
	bool over;   /* it came, and thread was made ready */
};

static uint64_t now_of(const struct clock_timeout *t)
{
	return t->real ? clock_realtime_ns() : plat_monotonic_ns();
}

/* Arm the timer for what is left, or say that it is over. */
static void look(struct clock_timeout *t)
{
	uint64_t now = now_of(t);

	t->over = now >= t->at;
	if (t->over)
		sched_ready(t->thread);
	else
		timer_arm_wait(&t->timer, deadline_after(t->at - now));
}

static void expired(struct timer *timer)
{
	look(container_of(timer, struct clock_timeout, timer));
}

static bool clock_was_set(struct waiter *w, unsigned int mask)
{
	look(container_of(w, struct clock_timeout, clock_set));
	return true;
}

/* For current(), which then blocks until over or what else it waits for. */
static void begin(struct clock_timeout *t, bool real, uint64_t at)
{
	*t = (struct clock_timeout){
		.timer = {.fn = expired},
		.clock_set = {.wake = clock_was_set, .events = ~0u},
		.thread = current(),
		.at = at,
		.real = real,
	};
	if (at == WAIT_FOREVER)
		return;
	if (real)
		waitq_add(&clock_set_wait, &t->clock_set);
	look(t);
}

static void end(struct clock_timeout *t)
{
	timer_cancel(&t->timer);
	waitq_remove(&t->clock_set);
}

int clock_sleep_until(bool (*done)(const void *arg), const void *arg, bool real,
		      uint64_t at)
{
	struct thread *self = current();
	struct clock_timeout t;

	begin(&t, real, at);
	self->interruptible = true;
	while (!done(arg) && !t.over && !signal_pending(self))
		sched_block();
	self->interruptible = false;
	end(&t);
	return done(arg) ? 0 : t.over ? -ETIMEDOUT : -EINTR;
}

static bool is_set(const void *flag)
{
	return flag && *(const bool *)flag;
}

int clock_sleep(const bool *done, bool real, uint64_t at)
{
	return clock_sleep_until(is_set, done, real, at);
}
