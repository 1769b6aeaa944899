/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_nanosleep(): see clock_nanosleep(2). */
#include "t.h"
#include <time.h>

static void on_alarm(int sig)
{
}

static double at(int clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static long nap(int clock, int flags, struct timespec *ts, void *rem)
{
	return syscall(SYS_clock_nanosleep, clock, flags, ts, rem);
}

int main(void)
{
	struct timespec ts = {0, 20000000}, rem = {7, 7};
	struct sigaction sa = {.sa_handler = on_alarm};
	double from = at(CLOCK_MONOTONIC);

	t_ret("relative", nap(CLOCK_MONOTONIC, 0, &ts, &rem));
	t_is("slept", at(CLOCK_MONOTONIC) - from >= 0.02);
	t_ret("REALTIME", nap(CLOCK_REALTIME, 0, &ts, NULL));
	t_ret("BOOTTIME", nap(CLOCK_BOOTTIME, 0, &ts, NULL));

	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_nsec += 20000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	t_ret("to a point", nap(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL));
	t_is("reached", at(CLOCK_MONOTONIC) >= ts.tv_sec + ts.tv_nsec / 1e9);
	t_ret("a point that was",
	      nap(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL));
	t_ret("REALTIME, long ago", nap(CLOCK_REALTIME, TIMER_ABSTIME,
					&(struct timespec){1, 0}, NULL));
	t_ret("no such clock", nap(77, 0, &ts, NULL));
	t_ret("own CPU time", nap(CLOCK_THREAD_CPUTIME_ID, 0, &ts, NULL));
	t_ret("a coarse clock", nap(CLOCK_MONOTONIC_COARSE, 0, &ts, NULL));
	ts.tv_nsec = 1000000000;
	t_ret("too many ns", nap(CLOCK_MONOTONIC, 0, &ts, NULL));
	t_ret("bad pointer", nap(CLOCK_MONOTONIC, 0, T_BAD, NULL));

	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 20000);
	ts = (struct timespec){5, 0};
	t_ret("interrupted", nap(CLOCK_MONOTONIC, 0, &ts, &rem));
	t_is("the rest", rem.tv_sec == 4);
	ualarm(20000, 20000);
	rem.tv_sec = 77;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_sec += 5;
	t_ret("a point, interrupted",
	      nap(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, &rem));
	t_is("no rest", rem.tv_sec == 77);
	return 0;
}
