/* SPDX-License-Identifier: BSD-2-Clause */
/* setitimer(): ITIMER_VIRTUAL counts the program's own time, ITIMER_PROF that
 * of its calls too. */
#include "t.h"
#include <sys/time.h>
#include <time.h>

static volatile int seen[64];

static void on_signal(int sig)
{
	seen[sig]++;
}

static double cpu(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static void set(int which, int usec)
{
	struct itimerval it = {{0, usec}, {0, usec}};

	setitimer(which, &it, NULL);
}

static void computes(void)
{
	for (volatile int i = 0; i < 1000000; i++)
		;
}

static void calls(void)
{
	static char buf[1 << 20];
	static int fd = -1;

	if (fd < 0)
		fd = open("/dev/zero", O_RDONLY);
	read(fd, buf, sizeof(buf));
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
