/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_gettime(): see clock_gettime(2). */
#include "t.h"
#include <pthread.h>
#include <time.h>

static long get(int clock, struct timespec *ts)
{
	return syscall(SYS_clock_gettime, clock, ts);
}

static double seconds(const struct timespec *ts)
{
	return ts->tv_sec + ts->tv_nsec / 1e9;
}

/* Does the clock go on, never back, and stay in range? */
static void watch(const char *name, int clock)
{
	struct timespec a, b;
	int back = 0, range = 1;

	t_ret(name, get(clock, &a));
	for (int i = 0; i < 1000; i++) {
		get(clock, &b);
		back |= seconds(&b) < seconds(&a);
		range &= b.tv_nsec >= 0 && b.tv_nsec < 1000000000;
		a = b;
	}
	t_is("  back", back);
	t_is("  in range", range);
}

static void *other(void *arg)
{
	return NULL;
}

int main(void)
{
	struct timespec a, b, c;
	clockid_t cpu;
	pthread_t t;

	watch("REALTIME", CLOCK_REALTIME);
	watch("MONOTONIC", CLOCK_MONOTONIC);
	watch("PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID);
	watch("THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID);
	watch("MONOTONIC_RAW", CLOCK_MONOTONIC_RAW);
	watch("REALTIME_COARSE", CLOCK_REALTIME_COARSE);
	watch("MONOTONIC_COARSE", CLOCK_MONOTONIC_COARSE);
	watch("BOOTTIME", CLOCK_BOOTTIME);
	watch("TAI", CLOCK_TAI);

	get(CLOCK_REALTIME, &a);
	t_is("after 2023", a.tv_sec > 1672531200);
	get(CLOCK_MONOTONIC, &a);
	usleep(20000);
	get(CLOCK_MONOTONIC, &b);
	t_is("20 ms passed", seconds(&b) - seconds(&a) >= 0.02);
	/* Sleeping takes no CPU time. */
	get(CLOCK_THREAD_CPUTIME_ID, &a);
	usleep(300000);
	get(CLOCK_THREAD_CPUTIME_ID, &b);
	t_is("asleep", seconds(&b) - seconds(&a) < 0.2);
	for (volatile int i = 0; i < 20000000; i++)
		;
	get(CLOCK_THREAD_CPUTIME_ID, &c);
	t_is("busy", seconds(&c) - seconds(&b) > 0.001);

	t_ret("the process's clock", clock_getcpuclockid(getpid(), &cpu));
	t_ret("is there", get(cpu, &a));
	t_ret("the thread's clock",
	      pthread_getcpuclockid(pthread_self(), &cpu));
	t_ret("is there", get(cpu, &a));
	pthread_create(&t, NULL, other, NULL);
	pthread_join(t, NULL);
	t_ret("no such clock", get(77, &a));
	t_ret("nobody's clock", get((int)(~4194303U << 3 | 2), &a));
	t_ret("bad pointer", get(CLOCK_REALTIME, T_BAD));
	return 0;
}
