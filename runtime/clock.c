/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clocks: clock_gettime(2) and kin. The platform has a monotonic clock, a wall
 * clock and a CPU clock; clock_settime(2) moves the second by an offset.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/time.h>
#include <linux/times.h>

#define USER_HZ	  100
#define COARSE_NS 4000000 /* a tick of 250 Hz, as Debian's Linux has */

static int64_t wall_offset; /* ns, what clock_settime(2) made of it */

struct waitq clock_set_wait = {LIST_INIT(clock_set_wait.waiters)};

uint64_t clock_realtime_ns(void)
{
	return plat_wallclock_ns() + wall_offset;
}

struct __kernel_timespec ns_to_timespec(uint64_t ns)
{
	return (struct __kernel_timespec){.tv_sec = ns / NSEC_PER_SEC,
					  .tv_nsec = ns % NSEC_PER_SEC};
}

int timespec_to_ns(const struct __kernel_timespec *ts, uint64_t *ns)
{
	if (ts->tv_sec < 0 || ts->tv_nsec < 0 ||
	    ts->tv_nsec >= (long long)NSEC_PER_SEC)
		return -EINVAL;
	/* Far enough for ever: 292 years. */
	if ((uint64_t)ts->tv_sec >= INT64_MAX / NSEC_PER_SEC)
		*ns = INT64_MAX;
	else
		*ns = ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
	return 0;
}

uint64_t deadline_after(uint64_t ns)
{
	uint64_t now = plat_monotonic_ns();

	return ns >= WAIT_FOREVER - 1 - now ? WAIT_FOREVER - 1 : now + ns;
}

int timeout_in(const struct __kernel_timespec *uts, uint64_t *deadline)
{
	struct __kernel_timespec ts;
	uint64_t ns;

	*deadline = WAIT_FOREVER;
	if (!uts)
		return 0;
	if (copy_in_obj(&ts, uts))
		return -EFAULT;
	if (timespec_to_ns(&ts, &ns))
		return -EINVAL;
	*deadline = deadline_after(ns);
	return 0;
}

/*
 * CPU clocks of others have negative numbers: ~id << 3 | per thread << 2 |
 * what is counted, as clock_getcpuclockid(3) and pthread_getcpuclockid(3) make
 * them (Linux: include/linux/posix-timers.h).
 */
#define CPUCLOCK_VIRT 1u /* user time */

static int cpu_clock(int clock, uint64_t *ns)
{
	int id = (int)(~(unsigned int)clock >> 3);
	bool user_only = (clock & 3) == CPUCLOCK_VIRT;
	struct thread *t;

	if ((clock & 3) == 3)
		return -EINVAL;
	if (!(clock & 4)) {
		if (id != 0 && id != current_process()->pid)
			return -EINVAL;
		*ns = process_cpu_ns();
		if (user_only) {
			cputime_of_process(current_process());
			*ns = current_process()->cputime.user;
		}
		return 0;
	}
	t = id ? thread_by_tid(id) : current();
	if (!t)
		return -EINVAL;
	sched_account();
	*ns = t->cpu_ns;
	if (user_only) {
		cputime_of_thread(t);
		*ns = t->cputime.user;
	}
	return 0;
}

int clock_read(int clock, uint64_t *ns)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_REALTIME_ALARM:
	case CLOCK_TAI:
		*ns = clock_realtime_ns();
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME:
	case CLOCK_BOOTTIME_ALARM:
		*ns = plat_monotonic_ns();
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		*ns = process_cpu_ns();
		return 0;
	case CLOCK_THREAD_CPUTIME_ID:
		sched_account();
		*ns = current()->cpu_ns;
		return 0;
	default:
		return clock < 0 ? cpu_clock(clock, ns) : -EINVAL;
	}
}

long sys_clock_gettime(int clock, void *uts)
{
	struct __kernel_timespec ts;
	uint64_t ns;
	int err = clock_read(clock, &ns);

	if (err)
		return err;
	ts = ns_to_timespec(ns);
	return copy_out_obj((struct __kernel_timespec *)uts, &ts);
}

long sys_clock_getres(int clock, void *uts)
{
	struct __kernel_timespec ts = {.tv_nsec = 1};
	uint64_t ns;
	int err = clock_read(clock, &ns);

	if (err)
		return err;
	if (clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE)
		ts.tv_nsec = COARSE_NS;
	return uts ? copy_out_obj((struct __kernel_timespec *)uts, &ts) : 0;
}

/* Linux's timespec64_valid_settod(): 30 years of uptime must still fit into
 * 63 bits of ns; and the machine did not start before 1970. */
#define WALL_MAX_NS                                                            \
	((INT64_MAX / NSEC_PER_SEC - 30 * 365 * 86400) * NSEC_PER_SEC)

static long set_wall_clock(uint64_t ns)
{
	if (ns >= WALL_MAX_NS)
		return -EINVAL;
	if (!cred_capable(&current_process()->cred))
		return -EPERM;
	if (ns < plat_monotonic_ns())
		return -EINVAL;
	wall_offset = (int64_t)(ns - plat_wallclock_ns());
	waitq_wake_all(&clock_set_wait, ~0u);
	return 0;
}

long sys_clock_settime(int clock, const void *uts)
{
	struct __kernel_timespec ts;
	uint64_t ns;

	if (clock != CLOCK_REALTIME && clock >= 0)
		return -EINVAL;
	if (copy_in_obj(&ts, uts))
		return -EFAULT;
	/* A CPU clock by its number may be there, but not be set. */
	if (clock < 0)
		return clock_read(clock, &ns) ? -EINVAL : -EPERM;
	if (timespec_to_ns(&ts, &ns))
		return -EINVAL;
	return set_wall_clock(ns);
}

long sys_settimeofday(const void *utv, const void *utz)
{
	struct __kernel_old_timeval tv;
	struct timezone tz;

	if (utz && copy_in_obj(&tz, utz))
		return -EFAULT;
	if (utz) /* the kernel's time zone: nothing here would use it */
		return -EINVAL;
	if (!utv)
		return 0;
	if (copy_in_obj(&tv, utv))
		return -EFAULT;
	if (tv.tv_sec < 0 || tv.tv_usec < 0 || tv.tv_usec >= 1000000)
		return -EINVAL;
	return set_wall_clock(tv.tv_sec * NSEC_PER_SEC + tv.tv_usec * 1000);
}

long sys_gettimeofday(void *utv, void *utz)
{
	uint64_t us = clock_realtime_ns() / 1000;
	struct __kernel_old_timeval tv = {.tv_sec = us / 1000000,
					  .tv_usec = us % 1000000};
	struct timezone tz = {0};

	if (utv && copy_out_obj((struct __kernel_old_timeval *)utv, &tv))
		return -EFAULT;
	if (utz && copy_out_obj((struct timezone *)utz, &tz))
		return -EFAULT;
	return 0;
}

long sys_time(long *ut)
{
	long t = clock_realtime_ns() / NSEC_PER_SEC;

	return ut && copy_out_obj(ut, &t) ? -EFAULT : t;
}

/* Sleep to the deadline; -EINTR with the rest in *left. */
static long sleep_until(uint64_t deadline, uint64_t *left)
{
	struct waitq never = {LIST_INIT(never.waiters)};
	uint64_t now;
	int err;

	do {
		err = waitq_sleep(&never, ~0u, deadline);
	} while (err == 0);
	if (err == -ETIMEDOUT)
		return 0;
	now = plat_monotonic_ns();
	*left = deadline > now ? deadline - now : 0;
	return err;
}

static long sleep_for(const struct __kernel_timespec *ts, void *urem)
{
	struct __kernel_timespec rem;
	uint64_t ns, left;
	long err;

	if (timespec_to_ns(ts, &ns))
		return -EINVAL;
	err = sleep_until(deadline_after(ns), &left);
	if (err == -EINTR && urem) {
		rem = ns_to_timespec(left);
		if (copy_out_obj((struct __kernel_timespec *)urem, &rem))
			return -EFAULT;
	}
	return err;
}

long sys_nanosleep(const void *uts, void *urem)
{
	struct __kernel_timespec ts;

	if (copy_in_obj(&ts, uts))
		return -EFAULT;
	return sleep_for(&ts, urem);
}

/* To a moment of CLOCK_REALTIME, which clock_settime(2) moves: POSIX on
 * clock_nanosleep(). */
static long sleep_until_real(uint64_t at)
{
	int err = clock_sleep(NULL, true, at);

	return err == -ETIMEDOUT ? 0 : err;
}

/*
 * On CPU time: nothing interrupts a thread when it has had so much. So this
 * sleeps for as long as the rest would take at least, and looks again.
 */
static long sleep_cpu(int clock, bool absolute,
		      const struct __kernel_timespec *ts, void *urem)
{
	struct __kernel_timespec rem;
	uint64_t ns, now, left;
	long err;

	if (timespec_to_ns(ts, &ns))
		return -EINVAL;
	if (clock_read(clock, &now))
		return -EINVAL;
	if (!absolute)
		ns = ns > INT64_MAX - now ? INT64_MAX : now + ns;
	do {
		/* The clock of a thread that has ended stands still. */
		clock_read(clock, &now);
		if (now >= ns)
			return 0;
		err = sleep_until(deadline_after(ns - now), &left);
	} while (!err);
	if (!absolute && urem) {
		clock_read(clock, &now);
		rem = ns_to_timespec(now < ns ? ns - now : 0);
		if (copy_out_obj((struct __kernel_timespec *)urem, &rem))
			return -EFAULT;
	}
	return err;
}

/* Is it the caller's own CPU clock by its number? It would never get there. */
static bool own_cpu_clock(int clock)
{
	int id = (int)(~(unsigned int)clock >> 3);

	return (clock & 4) && (id == 0 || id == current()->tid);
}

long sys_clock_nanosleep(int clock, int flags, const void *uts, void *urem)
{
	bool absolute = flags & TIMER_ABSTIME, cpu = false;
	struct __kernel_timespec ts;
	uint64_t ns, left;

	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
	case CLOCK_TAI:
		break;
	case CLOCK_PROCESS_CPUTIME_ID:
		cpu = true;
		break;
	case CLOCK_THREAD_CPUTIME_ID:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_REALTIME_ALARM:
	case CLOCK_BOOTTIME_ALARM:
		return -EOPNOTSUPP;
	default:
		if (clock >= 0 || clock_read(clock, &ns))
			return -EINVAL;
		cpu = true;
	}
	if (copy_in_obj(&ts, uts))
		return -EFAULT;
	if (timespec_to_ns(&ts, &ns))
		return -EINVAL;
	if (cpu)
		return clock < 0 && own_cpu_clock(clock)
			       ? -EINVAL
			       : sleep_cpu(clock, absolute, &ts, urem);
	if (!absolute)
		return sleep_for(&ts, urem);
	if (clock == CLOCK_REALTIME || clock == CLOCK_TAI)
		return sleep_until_real(ns);
	return sleep_until(ns, &left);
}

long sys_times(void *utms)
{
	struct process *p = current_process();
	struct tms tms = {0};

	SUBSYSTEM_REQUIRE(cputime);
	cputime_of_process(p);
	tms.tms_utime = p->cputime.user / (NSEC_PER_SEC / USER_HZ);
	tms.tms_stime = p->cputime.system / (NSEC_PER_SEC / USER_HZ);
	if (utms && copy_out_obj((struct tms *)utms, &tms))
		return -EFAULT;
	return plat_monotonic_ns() / (NSEC_PER_SEC / USER_HZ);
}
