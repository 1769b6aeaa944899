/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The scheduler: threads on one virtual CPU, sched(7). The queue of those that
 * are ready is in order of priority, and in order of arrival among equals; all
 * threads of SCHED_OTHER have priority 0 and take turns.
 *
 * Rules: kernel code is never preempted, so nothing here is locked. A thread
 * gives up the CPU in sched_block() and sched_yield(), and nowhere else. There
 * is no idle thread: who finds the queue empty waits for events on its own
 * stack, a thread that has ended included. Its stack is freed by the thread
 * that runs next.
 *
 * A thread that only computes is interrupted by the platform's alarm when
 * others wait for the CPU or a timer is armed.
 */
#include <posixen/klog.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <linux/sched.h>
#include "sched.h"

#define SLICE_NS 10000000ULL /* 10 ms, as Linux's default round-robin tick */
#define RETRY_NS 1000000ULL
#define EARLY_NS 100000ULL
/* While the queue never runs empty the platform is still asked for events, once
 * in so many switches. */
#define POLL_EVERY 32

struct thread *current_thread;

static struct list run_queue = LIST_INIT(run_queue);
static unsigned int nr_ready;
static struct thread *ended; /* its stack is free once it is switched away */
static unsigned int switches;
static uint64_t alarm_at = UINT64_MAX;

void sched_init(void)
{
	list_init(&run_queue);
	nr_ready = 0;
}

unsigned int sched_nr_ready(void)
{
	return nr_ready;
}

/* Queue t behind, or ahead of, the others of its priority. */
static void enqueue(struct thread *t, bool ahead)
{
	struct list *at = run_queue.prev;

	for (; at != &run_queue; at = at->prev) {
		struct thread *o = list_entry(at, struct thread, run_link);

		if (o->priority > t->priority ||
		    (o->priority == t->priority && !ahead))
			break;
	}
	list_insert_after(at, &t->run_link);
	t->state = THREAD_READY;
	nr_ready++;
}

static void dequeue(struct thread *t)
{
	list_del(&t->run_link);
	nr_ready--;
}

/* The highest priority of the queue, which is not empty. */
static int best_priority(void)
{
	return list_first(&run_queue, struct thread, run_link)->priority;
}

/* Does a ready thread have to run before the running one? */
static void check_preemption(void)
{
	struct thread *t = current_thread;

	if (t && nr_ready && best_priority() > t->priority)
		t->work |= WORK_RESCHED;
}

void sched_ready(struct thread *t)
{
	if (t->state != THREAD_BLOCKED)
		return;
	enqueue(t, false);
	check_preemption();
	/* The running thread had the CPU to itself so far. */
	if (nr_ready == 1 && current_thread)
		sched_set_alarm();
}

void sched_set_policy(struct thread *t, int policy, int priority)
{
	bool queued = t->state == THREAD_READY;
	bool lowered = priority < t->priority;

	if (queued)
		dequeue(t);
	t->policy = policy;
	t->priority = priority;
	/* sched(7): who is lowered goes first among its new equals. */
	if (queued)
		enqueue(t, lowered);
	check_preemption();
}

void sched_forget(struct thread *t)
{
	if (t->state == THREAD_READY)
		dequeue(t);
	t->state = THREAD_DEAD;
}

/* What of the machine's CPU time has been given to threads so far. */
static uint64_t accounted;

void sched_account(void)
{
	uint64_t now = plat_cpu_ns();

	if (current_thread)
		current_thread->cpu_ns += now - accounted;
	accounted = now;
}

void sched_set_alarm(void)
{
	uint64_t want = timer_next_deadline();

	if (nr_ready) {
		uint64_t end = plat_monotonic_ns() + SLICE_NS;

		want = MIN(want, end);
	}
	/* An alarm that comes too early is harmless and sets the next. */
	if (want < alarm_at) {
		alarm_at = want;
		plat_set_alarm(want);
	}
}

/* Has the alarm gone off? Two clocks are compared, the one that set it off and
 * the one we read, so a little before its time counts. */
static bool alarm_is_past(void)
{
	return alarm_at != UINT64_MAX &&
	       plat_monotonic_ns() + EARLY_NS >= alarm_at;
}

void sched_tick(void)
{
	timer_run_expired();
	if (!alarm_is_past())
		return;
	alarm_at = UINT64_MAX;
	/* The slice is over; SCHED_FIFO has none. */
	if (nr_ready && current_thread->policy != SCHED_FIFO)
		current_thread->work |= WORK_RESCHED;
	check_preemption();
	sched_set_alarm();
}

void sched_alarm_later(void)
{
	/* Not while idle: then the thread has no slice that could end. */
	if (!current_thread || current_thread->state != THREAD_RUNNING)
		return;
	alarm_at = plat_monotonic_ns() + RETRY_NS;
	plat_set_alarm(alarm_at);
}

/* The alarm may go off where nobody is told of it: in the idle platform, or as
 * an event that plat_poll() takes. Its time is then over and it is not set. */
static void forget_past_alarm(void)
{
	if (alarm_is_past())
		alarm_at = UINT64_MAX;
}

/* Let what happened outside take effect: events, then timers. */
static void take_events(void)
{
	struct thread *t = current_thread;

	if ((t && (t->work & WORK_EVENTS)) || switches++ % POLL_EVERY == 0) {
		if (t)
			t->work &= ~WORK_EVENTS;
		plat_poll();
	}
	timer_run_expired();
	forget_past_alarm();
}

static struct thread *next_thread(void)
{
	struct thread *t;

	take_events();
	while (list_empty(&run_queue)) {
		plat_idle(timer_next_deadline());
		timer_run_expired();
		forget_past_alarm();
	}
	t = list_first(&run_queue, struct thread, run_link);
	dequeue(t);
	return t;
}

/* The first thing on the new thread's stack after a switch. */
void sched_switched(void)
{
	struct thread *t = ended;

	if (t) {
		ended = NULL;
		thread_free(t);
	}
}

static void switch_to(struct thread *next)
{
	struct thread *prev = current_thread;

	next->state = THREAD_RUNNING;
	current_thread = next;
	/* An event since take_events() was noted for prev, which may not run
	 * for long; from here on they are noted for next. */
	if (prev && (prev->work & WORK_EVENTS)) {
		prev->work &= ~WORK_EVENTS;
		next->work |= WORK_EVENTS;
	}
	/* Before the switch: a new thread does not come out of it here. */
	sched_set_alarm();
	if (next == prev)
		return;
	plat_set_fs(next->fs_base);
	cpu_switch(prev ? &prev->ksp : NULL, next->ksp);
	sched_switched();
}

void sched_block(void)
{
	sched_account();
	current_thread->state = THREAD_BLOCKED;
	current_thread->nvcsw++;
	switch_to(next_thread());
}

void sched_yield(void)
{
	struct thread *t = current_thread;
	int best;

	take_events();
	if (list_empty(&run_queue))
		return;
	best = best_priority();
	if (best < t->priority)
		return;
	sched_account();
	/* Who gives way to a higher priority keeps its place: sched(7). */
	enqueue(t, best > t->priority);
	switch_to(next_thread());
}

void sched_end(void)
{
	sched_account();
	ended = current_thread;
	ended->state = THREAD_DEAD;
	switch_to(next_thread());
	panic("a thread ran on after its end\n");
}

void sched_start(void)
{
	switch_to(next_thread());
	panic("the boot context ran on\n");
}
