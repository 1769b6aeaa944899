/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interval timers: setitimer(2), alarm(2). The real-time one counts the
 * monotonic clock; the other two count the CPU time of the process, the virtual
 * one what the program had of it for its own code.
 *
 * There is no interrupt for so much CPU time had. A CPU timer sleeps for as
 * long as the rest would take if the process had the CPU to itself, and looks
 * again.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <asm/siginfo.h>
#include <linux/time.h>

#define USEC	   1000ULL
#define MIN_PERIOD 100000	   /* ns */
#define FAR	   (INT64_MAX / 2) /* ns: 146 years */

static bool is_cpu(const struct itimer *t)
{
	return t->which != ITIMER_REAL;
}

static uint64_t clock_of(const struct itimer *t)
{
	switch (t->which) {
	case ITIMER_VIRTUAL:
		cputime_of_process(t->process);
		return t->process->cputime.user;
	case ITIMER_PROF:
		return process_cpu_ns();
	default:
		return plat_monotonic_ns();
	}
}

static void arm(struct itimer *t, uint64_t now)
{
	timer_arm(&t->timer,
		  is_cpu(t) ? deadline_after(t->next - now) : t->next);
}

static void expired(struct timer *timer)
{
	static const int signals[] = {[ITIMER_REAL] = SIGALRM,
				      [ITIMER_VIRTUAL] = SIGVTALRM,
				      [ITIMER_PROF] = SIGPROF};
	struct itimer *t = container_of(timer, struct itimer, timer);
	siginfo_t info = {.si_signo = signals[t->which], .si_code = SI_KERNEL};
	uint64_t now = clock_of(t);

	if (now < t->next) { /* the process slept meanwhile */
		arm(t, now);
		return;
	}
	if (t->interval) {
		/* Keep the rhythm: from when it should have been. */
		t->next += ((now - t->next) / t->interval + 1) * t->interval;
		/* But let the program get somewhere between two. */
		timer_arm(timer, deadline_after(MAX(t->next - now,
						    (uint64_t)MIN_PERIOD)));
	}
	signal_send(t->process, NULL, info.si_signo, &info);
}

static uint64_t to_ns(const struct __kernel_old_timeval *tv)
{
	uint64_t sec = tv->tv_sec;

	if (sec >= FAR / NSEC_PER_SEC)
		return FAR;
	return sec * NSEC_PER_SEC + tv->tv_usec * USEC;
}

static void from_ns(struct __kernel_old_timeval *tv, uint64_t ns)
{
	tv->tv_sec = ns / NSEC_PER_SEC;
	tv->tv_usec = ns % NSEC_PER_SEC / USEC;
}

static void read_timer(const struct itimer *t,
		       struct __kernel_old_itimerval *it)
{
	uint64_t left = 0;

	if (t->timer.deadline) { /* an armed timer never shows 0 */
		uint64_t now = clock_of(t);

		left = t->next > now + USEC ? t->next - now : USEC;
	}
	from_ns(&it->it_value, left);
	from_ns(&it->it_interval, t->interval);
}

static void set_timer(struct itimer *t, uint64_t value, uint64_t interval)
{
	uint64_t now;

	timer_cancel(&t->timer);
	t->interval = interval;
	if (!value)
		return;
	now = clock_of(t);
	t->next = now + value;
	arm(t, now);
}

static struct itimer *itimer_of(int which)
{
	struct process *p = current_process();
	struct itimer *t;

	if (which < 0 || which >= (int)ARRAY_SIZE(p->itimers))
		return NULL;
	t = &p->itimers[which];
	t->timer.fn = expired;
	t->process = p;
	t->which = which;
	return t;
}

static bool valid(const struct __kernel_old_timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_usec >= 0 && tv->tv_usec < 1000000;
}

long sys_getitimer(int which, void *uit)
{
	struct __kernel_old_itimerval it;
	struct itimer *t = itimer_of(which);

	if (!t)
		return -EINVAL;
	read_timer(t, &it);
	return copy_out_obj((struct __kernel_old_itimerval *)uit, &it);
}

long sys_setitimer(int which, const void *unew, void *uold)
{
	struct __kernel_old_itimerval new = {0}, old;
	struct itimer *t = itimer_of(which);

	if (unew && copy_in_obj(&new, unew))
		return -EFAULT;
	if (!t || !valid(&new.it_value) || !valid(&new.it_interval))
		return -EINVAL;
	read_timer(t, &old);
	set_timer(t, to_ns(&new.it_value), to_ns(&new.it_interval));
	if (!uold)
		return 0;
	return copy_out_obj((struct __kernel_old_itimerval *)uold, &old);
}

long sys_alarm(unsigned int seconds)
{
	struct itimer *t = itimer_of(ITIMER_REAL);
	struct __kernel_old_itimerval old;

	read_timer(t, &old);
	set_timer(t, seconds * NSEC_PER_SEC, 0);
	/* Linux's alarm_setitimer(): rounded to the nearest second, but an
	 * alarm that is pending never shows 0. */
	if (old.it_value.tv_sec == 0 && old.it_value.tv_usec)
		return 1;
	return old.it_value.tv_sec + (old.it_value.tv_usec >= 500000);
}
