/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The scheduler: threads on one virtual CPU, sched(7). The queue of those that
 * are ready is in order of priority. Real-time threads stand in order of
 * arrival among equals. All other threads have priority 0 and stand in order of
 * virtual run time: the CPU time that they had, times 1024 / weight. So who
 * had least runs next, and of threads that only compute, each has a share in
 * proportion to its weight, which follows from its niceness as in Linux: 1.25
 * times less for each step.
 *
 * A thread that slept does not get what it missed: it is put a little ahead of
 * those that ran (SLEEPER_NS), and runs at once if that makes it much better
 * entitled than the running one (GRAIN_NS).
 *
 * Rules: kernel code is never preempted, so nothing here is locked. A thread
 * gives up the CPU in sched_block(), sched_yield() and sched_give_way(), and
 * nowhere else. There is no idle thread: who finds the queue empty waits for
 * events on its own stack, a thread that has ended included. Its stack is freed
 * by the thread that runs next.
 *
 * A thread that only computes is interrupted by the platform's alarm when
 * others wait for the CPU or a timer is armed.
 */
#include <posixen/klog.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <linux/sched.h>
#include "futex.h"
#include "sched.h"

#define SLICE_NS    4000000ULL
#define RR_SLICE_NS 100000000ULL /* as sched_rr_get_interval(2) says */
#define SLEEPER_NS  3000000ULL
#define GRAIN_NS    1000000ULL
#define WEIGHT_0    1024u /* of nice 0 */
#define WEIGHT_IDLE 3u	  /* of SCHED_IDLE */
#define RETRY_NS    1000000ULL
#define EARLY_NS    100000ULL
/* While the queue never runs empty the platform is still asked for events, once
 * in so many switches. */
#define POLL_EVERY 32

struct thread *current_thread;

static struct list run_queue = LIST_INIT(run_queue);
static unsigned int nr_ready;
static struct thread *ended; /* its stack is free once it is switched away */
static unsigned int switches;
static uint64_t alarm_at = UINT64_MAX;
static uint64_t slice_end; /* of a running SCHED_RR thread */
/* The virtual run time that the least entitled thread to run so far had: where
 * new threads begin. Not 0, so that something can be ahead of it. */
static uint64_t horizon = SLEEPER_NS;

void (*sched_sample)(struct thread *t, bool system);
uint64_t sched_sample_at = UINT64_MAX;

void sched_init(void)
{
	list_init(&run_queue);
	nr_ready = 0;
}

unsigned int sched_nr_ready(void)
{
	return nr_ready;
}

/* May t stand behind o? ahead: before the others of its priority. */
static bool comes_after(const struct thread *t, const struct thread *o,
			bool ahead)
{
	if (o->priority != t->priority)
		return o->priority > t->priority;
	return t->priority ? !ahead : o->vruntime <= t->vruntime;
}

static void enqueue(struct thread *t, bool ahead)
{
	struct list *at = run_queue.prev;

	/* Mostly the right place is at an end; look at the first before walking
	 * past them all. */
	if (nr_ready &&
	    !comes_after(t, list_first(&run_queue, struct thread, run_link),
			 ahead))
		at = &run_queue;
	while (at != &run_queue &&
	       !comes_after(t, list_entry(at, struct thread, run_link), ahead))
		at = at->prev;
	list_insert_after(at, &t->run_link);
	t->state = THREAD_READY;
	nr_ready++;
}

static void dequeue(struct thread *t)
{
	list_del(&t->run_link);
	nr_ready--;
}

/* The first of the queue, which is not empty. */
static struct thread *best(void)
{
	return list_first(&run_queue, struct thread, run_link);
}

/* Does a ready thread have to run before the running one? Its own virtual run
 * time is that of its last switch: the end of its slice will tell. */
static void check_preemption(void)
{
	struct thread *t = current_thread, *o;

	if (!t || !nr_ready)
		return;
	o = best();
	/* Who has just got the CPU back leaves the kernel first: others that
	 * sleep for less than a switch takes would keep it here for ever. */
	if (t->gave_way && !o->priority)
		return;
	if (o->priority > t->priority || (!t->priority && !o->priority &&
					  o->vruntime + GRAIN_NS < t->vruntime))
		t->work |= WORK_RESCHED;
}

void sched_ready(struct thread *t)
{
	if (t->state != THREAD_BLOCKED)
		return;
	t->vruntime = MAX(t->vruntime, horizon - SLEEPER_NS);
	enqueue(t, false);
	check_preemption();
	/* The running thread had the CPU to itself so far. */
	if ((nr_ready == 1 || t->priority) && current_thread)
		sched_set_alarm();
}

/* Its priority or weight is another: find its place in the queue. */
static void changed(struct thread *t, bool lowered)
{
	if (t->state == THREAD_READY) {
		/* sched(7): who is lowered goes first among its new equals. */
		dequeue(t);
		enqueue(t, lowered);
	}
	check_preemption();
	/* It may have a slice now. */
	if (t == current_thread)
		sched_set_alarm();
}

static void set_priority(struct thread *t)
{
	int old = t->priority;

	t->priority = MAX(t->rt_priority, t->lent);
	/* Meanwhile its virtual run time stood still. */
	if (!t->priority)
		t->vruntime = MAX(t->vruntime, horizon);
	if (t->priority != old)
		changed(t, t->priority < old);
}

static void set_weight(struct thread *t)
{
	unsigned int w = WEIGHT_0;

	for (int n = t->nice; n > 0; n--)
		w = w * 4 / 5;
	for (int n = t->nice; n < 0; n++)
		w = w * 5 / 4;
	t->weight = t->policy == SCHED_IDLE ? WEIGHT_IDLE : w;
}

void sched_set_policy(struct thread *t, int policy, int priority)
{
	sched_account();
	t->policy = policy;
	t->rt_priority = priority;
	set_weight(t);
	set_priority(t);
	if (futex_rest)
		futex_rest->priority_changed(t);
}

void sched_set_nice(struct thread *t, int nice)
{
	sched_account();
	t->nice = nice;
	if (t == t->proc->leader)
		t->proc->nice = nice;
	set_weight(t);
}

void sched_lend(struct thread *t, int priority)
{
	t->lent = priority;
	set_priority(t);
}

void sched_thread_init(struct thread *t)
{
	t->weight = WEIGHT_0;
	t->vruntime = horizon;
}

void sched_inherit(struct thread *child)
{
	struct thread *t = current_thread;
	bool reset = t->reset_on_fork;

	/* sched(7), SCHED_RESET_ON_FORK: nothing that takes a privilege. */
	child->policy = reset && t->rt_priority ? SCHED_NORMAL : t->policy;
	child->rt_priority = reset ? 0 : t->rt_priority;
	child->nice = reset && (t->rt_priority || t->nice < 0) ? 0 : t->nice;
	child->priority = child->rt_priority;
	child->vruntime = MAX(horizon, t->vruntime);
	set_weight(child);
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
	struct thread *t = current_thread;
	uint64_t now = plat_cpu_ns(), had = now - accounted;

	accounted = now;
	if (!t)
		return;
	t->cpu_ns += had;
	if (t->priority)
		return;
	t->vruntime += t->weight == WEIGHT_0 ? had : had * WEIGHT_0 / t->weight;
}

/* When the running thread's slice ends because of who is ready. */
static uint64_t end_of_slice(void)
{
	struct thread *t = current_thread;

	if (!nr_ready || best()->priority != t->priority)
		return UINT64_MAX;
	if (!t->priority)
		return plat_monotonic_ns() + SLICE_NS;
	return t->policy == SCHED_RR ? slice_end : UINT64_MAX;
}

void sched_set_alarm(void)
{
	uint64_t end = end_of_slice(), want = timer_next_deadline();

	want = MIN(MIN(want, end), sched_sample_at);
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
	/* Perhaps the slice is over: sched_give_way() looks. */
	if (nr_ready)
		current_thread->work |= WORK_RESCHED;
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

/* Let what happened outside take effect: events, then timers. There may be no
 * alarm afterwards: who runs on must set it. */
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
	bool idled = false;
	struct thread *t;

	take_events();
	while (list_empty(&run_queue)) {
		plat_idle(timer_next_deadline());
		timer_run_expired();
		forget_past_alarm();
		idled = true;
	}
	t = best();
	dequeue(t);
	/* No sample was due while the CPU stood still; handlers of events are
	 * the runtime's. */
	if (idled && sched_sample)
		sched_sample(t, true);
	if (!t->priority)
		horizon = MAX(horizon, t->vruntime);
	else if (t->policy == SCHED_RR)
		slice_end = plat_monotonic_ns() + RR_SLICE_NS;
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
	/* The program may have changed it by an instruction, wrfsbase. */
	if (prev)
		prev->fs_base = plat_get_fs();
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
	struct thread *t = current_thread, *last;
	bool higher;

	take_events();
	if (list_empty(&run_queue) || best()->priority < t->priority) {
		sched_set_alarm();
		return;
	}
	sched_account();
	/* Who gives way to a higher priority keeps its place: sched(7). */
	higher = best()->priority > t->priority;
	last = list_entry(run_queue.prev, struct thread, run_link);
	if (!t->priority && !higher)
		t->vruntime = MAX(t->vruntime, last->vruntime);
	enqueue(t, higher);
	switch_to(next_thread());
}

/* Has another a better right to the CPU than t, the running thread? Its time
 * is accounted if there is another. */
static bool must_give_way(struct thread *t)
{
	struct thread *o;

	if (list_empty(&run_queue))
		return false;
	sched_account();
	o = best();
	if (o->priority != t->priority)
		return o->priority > t->priority;
	if (!t->priority)
		return t->vruntime > o->vruntime;
	return t->policy == SCHED_RR && plat_monotonic_ns() >= slice_end;
}

void sched_give_way(void)
{
	struct thread *t = current_thread;

	take_events();
	if (!must_give_way(t)) {
		sched_set_alarm();
		return;
	}
	t->nivcsw++;
	enqueue(t, best()->priority > t->priority);
	switch_to(next_thread());
	t->gave_way = !t->priority;
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
