/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX timers: timer_create(2) and kin. A timer lives on a clock and sends a
 * signal. While that signal is pending a periodic timer rests; when the signal
 * is taken, what would have come meanwhile is its overrun count, and the timer
 * goes on in its rhythm (as in Linux's kernel/time/posix-timers.c).
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/time.h>
#include "signal.h"

#define MIN_PERIOD 100000 /* ns */

struct posix_timer {
	struct list link; /* process->timers */
	struct timer timer;
	struct waiter clock_set; /* queued while it lives on the wall clock */
	struct process *process;
	int id, clock;
	int base; /* the clock that next is a time of */
	int notify, sig, tid;
	sigval_t value;
	uint64_t next, interval; /* ns of the clock; next 0: not armed */
	bool pending;		 /* its signal waits to be taken */
	unsigned int overrun;	 /* of the last signal that was taken */
};

static struct posix_timer *find(int id)
{
	struct process *p = current_process();

	if (!p->timers.next)
		return NULL;
	list_for_each (pos, &p->timers) {
		struct posix_timer *t =
			list_entry(pos, struct posix_timer, link);

		if (t->id == id)
			return t;
	}
	return NULL;
}

static uint64_t clock_of(const struct posix_timer *t)
{
	uint64_t now = 0;

	clock_read(t->base, &now); /* a thread's clock stops with it */
	return now;
}

/* CPU clocks and the wall's can be behind when the deadline comes: then the
 * timer is armed again for the rest. */
static void arm(struct posix_timer *t, uint64_t now)
{
	timer_arm(&t->timer, deadline_after(t->next > now ? t->next - now : 0));
}

/* Move next behind now; how many periods that took beyond the first. */
static unsigned int forward(struct posix_timer *t, uint64_t now)
{
	uint64_t n;

	if (now < t->next)
		return 0;
	n = (now - t->next) / t->interval + 1;
	t->next += n * t->interval;
	return MIN(n - 1, (uint64_t)INT_MAX);
}

/* The next period; not so soon that the program gets nowhere between two
 * signals. The overrun count makes up for it. */
static void arm_again(struct posix_timer *t, uint64_t now)
{
	uint64_t left = t->next > now ? t->next - now : 0;

	timer_arm(&t->timer, deadline_after(MAX(left, (uint64_t)MIN_PERIOD)));
}

static bool send(struct posix_timer *t)
{
	struct process *p = t->process;
	struct thread *target = NULL;
	siginfo_t info = {.si_signo = t->sig, .si_code = SI_TIMER};
	uint64_t pending;

	info.si_tid = t->id;
	info.si_value = t->value;
	if (t->notify == SIGEV_THREAD_ID) {
		target = thread_by_tid(t->tid);
		if (!target)
			return false;
	}
	signal_send(p, target, t->sig, &info);
	pending = target ? target->sig_pending : p->sig_pending;
	return pending & SIG_BIT(t->sig); /* not if it is ignored */
}

static void expired(struct timer *timer)
{
	struct posix_timer *t = container_of(timer, struct posix_timer, timer);
	uint64_t now = clock_of(t);

	if (now < t->next) {
		arm(t, now);
		return;
	}
	if (t->notify != SIGEV_NONE)
		t->pending = send(t);
	if (!t->interval) {
		t->next = 0;
	} else if (!t->pending) {
		forward(t, now);
		arm_again(t, now);
	}
}

/* POSIX, clock_settime(): what is due by the new time expires at once, the rest
 * waits for its time to come. */
static bool clock_was_set(struct waiter *w, unsigned int mask)
{
	struct posix_timer *t = container_of(w, struct posix_timer, clock_set);

	if (t->next && !t->pending)
		arm(t, clock_of(t));
	return true;
}

/* A signal of a timer is being taken. */
static void delivered(struct siginfo *info)
{
	struct posix_timer *t = find(info->si_tid);
	uint64_t now;

	if (!t || !t->pending)
		return;
	t->pending = false;
	t->overrun = 0;
	if (t->interval && t->next) {
		now = clock_of(t);
		t->overrun = forward(t, now);
		arm_again(t, now);
	}
	info->si_overrun = (int)t->overrun;
}

static int check_event(const struct sigevent *ev)
{
	switch (ev->sigev_notify) {
	case SIGEV_NONE:
		return 0;
	case SIGEV_THREAD_ID:
		if (!thread_by_tid(ev->sigev_notify_thread_id))
			return -EINVAL;
		/* fall through */
	case SIGEV_SIGNAL:
		return ev->sigev_signo < 1 || ev->sigev_signo > NR_SIG ? -EINVAL
								       : 0;
	default:
		return -EINVAL;
	}
}

static int check_clock(int clock)
{
	uint64_t ns;

	switch (clock) {
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_MONOTONIC_COARSE:
		return -EOPNOTSUPP;
	default:
		return clock_read(clock, &ns);
	}
}

static struct posix_timer *add_timer(struct process *p)
{
	struct posix_timer *t = kzalloc(sizeof(*t));

	if (!t)
		return NULL;
	if (!p->timers.next)
		list_init(&p->timers);
	do {
		t->id = p->next_timer;
		p->next_timer = (t->id + 1) & INT_MAX;
	} while (find(t->id));
	t->process = p;
	t->timer.fn = expired;
	t->clock_set = (struct waiter){.wake = clock_was_set, .events = ~0u};
	list_append(&p->timers, &t->link);
	p->timer_signal = delivered;
	return t;
}

static void destroy(struct posix_timer *t)
{
	timer_cancel(&t->timer);
	waitq_remove(&t->clock_set);
	list_del(&t->link);
	kfree(t);
}

long sys_timer_create(int clock, const void *uev, int *uid)
{
	struct process *p = current_process();
	struct sigevent ev = {.sigev_notify = SIGEV_SIGNAL,
			      .sigev_signo = SIGALRM};
	struct posix_timer *t;
	int err = check_clock(clock);

	if (err)
		return err;
	if (uev && copy_in_obj(&ev, uev))
		return -EFAULT;
	err = check_event(&ev);
	if (err)
		return err;
	t = add_timer(p);
	if (!t)
		return -EAGAIN;
	/* "The calling thread's" must mean the same thread later. */
	t->clock = clock == CLOCK_THREAD_CPUTIME_ID
			   ? (int)(~(unsigned int)current()->tid << 3 | 6)
			   : clock;
	t->base = t->clock;
	t->notify = ev.sigev_notify;
	t->sig = ev.sigev_signo;
	t->tid = ev.sigev_notify_thread_id;
	t->value = ev.sigev_value;
	if (!uev)
		t->value.sival_int = t->id;
	if (copy_out_obj(uid, &t->id)) {
		destroy(t);
		return -EFAULT;
	}
	return 0;
}

static void read_timer(struct posix_timer *t, struct __kernel_itimerspec *it)
{
	uint64_t left = 0;

	if (t->next) {
		uint64_t now = clock_of(t), next = t->next;

		if (next <= now && t->interval)
			next += ((now - next) / t->interval + 1) * t->interval;
		/* One that has expired without a period shows 0, others at
		 * least 1 ns. */
		left = next > now		 ? next - now
		       : t->notify == SIGEV_NONE ? 0
						 : 1;
	}
	it->it_value = ns_to_timespec(left);
	it->it_interval = ns_to_timespec(t->interval);
}

long sys_timer_gettime(int id, void *uit)
{
	struct posix_timer *t = find(id);
	struct __kernel_itimerspec it;

	if (!t)
		return -EINVAL;
	read_timer(t, &it);
	return copy_out_obj((struct __kernel_itimerspec *)uit, &it);
}

/*
 * Setting the wall clock moves a time of it, but not a span that a timer on it
 * counts: timer_settime(2).
 */
static void choose_base(struct posix_timer *t, bool absolute)
{
	bool wall = t->clock == CLOCK_REALTIME ||
		    t->clock == CLOCK_REALTIME_ALARM || t->clock == CLOCK_TAI;

	waitq_remove(&t->clock_set);
	t->base = wall && !absolute ? CLOCK_MONOTONIC : t->clock;
	if (wall && absolute)
		waitq_add(&clock_set_wait, &t->clock_set);
}

long sys_timer_settime(int id, int flags, const void *unew, void *uold)
{
	struct __kernel_itimerspec new, old;
	uint64_t value, interval, now;
	struct posix_timer *t;

	if (!unew)
		return -EINVAL;
	if (copy_in_obj(&new, unew))
		return -EFAULT;
	if (timespec_to_ns(&new.it_value, &value) ||
	    timespec_to_ns(&new.it_interval, &interval))
		return -EINVAL;
	t = find(id);
	if (!t)
		return -EINVAL;
	read_timer(t, &old);
	timer_cancel(&t->timer);
	t->pending = false;
	t->overrun = 0;
	t->next = 0;
	t->interval = interval;
	choose_base(t, flags & TIMER_ABSTIME);
	if (value) {
		now = clock_of(t);
		t->next = flags & TIMER_ABSTIME	    ? value
			  : value < INT64_MAX - now ? now + value
						    : INT64_MAX;
		arm(t, now);
	}
	if (!uold)
		return 0;
	return copy_out_obj((struct __kernel_itimerspec *)uold, &old);
}

long sys_timer_getoverrun(int id)
{
	struct posix_timer *t = find(id);

	return t ? (long)t->overrun : -EINVAL;
}

long sys_timer_delete(int id)
{
	struct posix_timer *t = find(id);

	if (!t)
		return -EINVAL;
	destroy(t);
	return 0;
}
