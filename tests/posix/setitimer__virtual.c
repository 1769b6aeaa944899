/* SPDX-License-Identifier: BSD-2-Clause */
/* setitimer(): ITIMER_VIRTUAL counts the program's own time, ITIMER_PROF that
 * of its calls too. */
#include "cpu.h"
#include <sys/time.h>

static volatile int seen[64];

static void on_signal(int sig)
{
	seen[sig]++;
}

static void set(int which, int usec)
{
	struct itimerval it = {{0, usec}, {0, usec}};

	setitimer(which, &it, NULL);
}

/* Both timers, every 20 ms, while that takes half a second: 25 signals, if all
 * of it counts. */
static void count(const char *what, void (*fn)(void))
{
	double from = cpu();

	seen[SIGVTALRM] = seen[SIGPROF] = 0;
	set(ITIMER_VIRTUAL, 20000);
	set(ITIMER_PROF, 20000);
	while (cpu() - from < 0.5)
		fn();
	set(ITIMER_VIRTUAL, 0);
	set(ITIMER_PROF, 0);
	t_say("%s\n", what);
	t_is("  PROF", seen[SIGPROF] >= 10);
	t_is("  as many VIRTUAL", seen[SIGVTALRM] * 2 > seen[SIGPROF]);
}

int main(void)
{
	signal(SIGVTALRM, on_signal);
	signal(SIGPROF, on_signal);
	count("computes", computes);
	count("calls", calls);
	return 0;
}
