/* SPDX-License-Identifier: BSD-2-Clause */
/* nanosleep(): see nanosleep(2). */
#include "t.h"
#include <time.h>

static void on_alarm(int sig)
{
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

int main(void)
{
	struct timespec ts = {0, 30000000}, rem = {7, 7};
	struct sigaction sa = {.sa_handler = on_alarm};
	double from = now();

	t_ret("30 ms", syscall(SYS_nanosleep, &ts, &rem));
	t_is("slept", now() - from >= 0.03);
	t_is("nothing said of the rest", rem.tv_sec == 7 && rem.tv_nsec == 7);
	ts.tv_nsec = 0;
	t_ret("none", syscall(SYS_nanosleep, &ts, NULL));
	ts.tv_nsec = -1;
	t_ret("negative ns", syscall(SYS_nanosleep, &ts, NULL));
	ts.tv_nsec = 1000000000;
	t_ret("too many ns", syscall(SYS_nanosleep, &ts, NULL));
	ts.tv_nsec = 0;
	ts.tv_sec = -1;
	t_ret("negative s", syscall(SYS_nanosleep, &ts, NULL));
	t_ret("bad pointer", syscall(SYS_nanosleep, T_BAD, NULL));

	/* SA_RESTART makes no difference: signal(7). */
	sa.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 20000);
	ts.tv_sec = 5;
	t_ret("interrupted", syscall(SYS_nanosleep, &ts, &rem));
	t_is("the rest", rem.tv_sec == 4);
	return 0;
}
