/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setitimer(2) and alarm(2): the real-time interval timer of the process. The
 * timers of CPU time are refused (EINVAL).
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <asm/siginfo.h>
#include <linux/time.h>

#define USEC 1000ULL

static void expired(struct timer *timer)
{
	struct process *p = container_of(timer, struct process, real_timer);
	siginfo_t info = {.si_signo = SIGALRM, .si_code = SI_KERNEL};
	uint64_t next;

	if (p->real_interval) {
		uint64_t now = plat_monotonic_ns();

		/* Keep the rhythm: from when it should have been. */
		next = p->real_next + p->real_interval;
		if (next <= now)
			next += (now - next) / p->real_interval *
					p->real_interval +
				p->real_interval;
		p->real_next = next;
		timer_arm(timer, next);
	}
	signal_send(p, NULL, SIGALRM, &info);
}

static uint64_t to_ns(const struct __kernel_old_timeval *tv)
{
	uint64_t sec = tv->tv_sec;

	if (sec >= INT64_MAX / NSEC_PER_SEC / 2)
		sec = INT64_MAX / NSEC_PER_SEC / 2;
	return sec * NSEC_PER_SEC + tv->tv_usec * USEC;
}

static void from_ns(struct __kernel_old_timeval *tv, uint64_t ns)
{
	tv->tv_sec = ns / NSEC_PER_SEC;
	tv->tv_usec = ns % NSEC_PER_SEC / USEC;
}

static void read_timer(struct process *p, struct __kernel_old_itimerval *it)
{
	uint64_t now = plat_monotonic_ns(), left = 0;

	if (p->real_timer.deadline) /* an armed timer never shows 0 */
		left = p->real_next > now + USEC ? p->real_next - now : USEC;
	from_ns(&it->it_value, left);
	from_ns(&it->it_interval, p->real_interval);
}

static void set_timer(struct process *p, uint64_t value, uint64_t interval)
{
	timer_cancel(&p->real_timer);
	p->real_interval = interval;
	if (!value)
		return;
	p->real_timer.fn = expired;
	p->real_next = deadline_after(value);
	timer_arm(&p->real_timer, p->real_next);
}

static bool valid(const struct __kernel_old_timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_usec >= 0 && tv->tv_usec < 1000000;
}

long sys_getitimer(int which, void *uit)
{
	struct __kernel_old_itimerval it;

	if (which != ITIMER_REAL)
		return -EINVAL;
	read_timer(current_process(), &it);
	return copy_out_obj((struct __kernel_old_itimerval *)uit, &it);
}

long sys_setitimer(int which, const void *unew, void *uold)
{
	struct process *p = current_process();
	struct __kernel_old_itimerval new = {0}, old;

	if (unew && copy_in_obj(&new, unew))
		return -EFAULT;
	if (which != ITIMER_REAL || !valid(&new.it_value) ||
	    !valid(&new.it_interval))
		return -EINVAL;
	read_timer(p, &old);
	set_timer(p, to_ns(&new.it_value), to_ns(&new.it_interval));
	return uold ? copy_out_obj((struct __kernel_old_itimerval *)uold, &old)
		    : 0;
}

long sys_alarm(unsigned int seconds)
{
	struct process *p = current_process();
	struct __kernel_old_itimerval old;

	read_timer(p, &old);
	set_timer(p, seconds * NSEC_PER_SEC, 0);
	/* alarm(2): rounded to the nearest second, but not to 0. */
	if (old.it_value.tv_sec == 0 && old.it_value.tv_usec)
		return 1;
	return old.it_value.tv_sec + (old.it_value.tv_usec >= 500000);
}
