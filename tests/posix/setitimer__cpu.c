/* SPDX-License-Identifier: BSD-2-Clause */
/* setitimer(): the timers of CPU time, and a computing program interrupted. */
#include "cpu.h"
#include <sys/time.h>

static volatile int seen[64];

static void on_signal(int sig)
{
	seen[sig]++;
}

static void count(const char *name, int which, int sig)
{
	struct itimerval it = {{0, 10000}, {0, 20000}}, old;
	double from = cpu();

	signal(sig, on_signal);
	t_ret(name, setitimer(which, &it, NULL));
	/* Time asleep does not count. */
	if (which != ITIMER_REAL) {
		usleep(150000);
		t_val("  asleep", seen[sig]);
	}
	while (seen[sig] < 3)
		;
	if (which != ITIMER_REAL)
		t_is("  CPU time had", cpu() - from > 0.015);
	t_ret("  read", getitimer(which, &old));
	t_val("  interval", old.it_interval.tv_usec);
	t_is("  rest",
	     old.it_value.tv_usec > 0 && old.it_value.tv_usec <= 10000);
	memset(&it, 0, sizeof(it));
	t_ret("  off", setitimer(which, &it, NULL));
	getitimer(which, &old);
	t_val("  is off", old.it_value.tv_sec + old.it_value.tv_usec);
}

int main(void)
{
	count("REAL", ITIMER_REAL, SIGALRM);
	count("VIRTUAL", ITIMER_VIRTUAL, SIGVTALRM);
	count("PROF", ITIMER_PROF, SIGPROF);
	return 0;
}
