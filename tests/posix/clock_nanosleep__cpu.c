/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_nanosleep(): on CPU clocks, of the process and of another thread. */
#include "t.h"
#include <pthread.h>
#include <time.h>

static volatile int stop, tid, ready;

static long nap(int clock, int flags, struct timespec *ts, void *rem)
{
	return syscall(SYS_clock_nanosleep, clock, flags, ts, rem);
}

static long ms(int clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void *computes(void *arg)
{
	tid = syscall(SYS_gettid);
	ready = 1;
	while (!stop)
		;
	return NULL;
}

static void on_alarm(int sig)
{
}

static int of_thread(int id)
{
	return ~(unsigned int)id << 3 | 6;
}

static int of_process(int id)
{
	return ~(unsigned int)id << 3 | 2;
}

int main(void)
{
	struct timespec ts = {0, 30000000}, rem, bad = {0, 1000000000};
	struct sigaction sa = {.sa_handler = on_alarm};
	int self = syscall(SYS_gettid), cpu = CLOCK_PROCESS_CPUTIME_ID;
	pthread_t t;
	long from;

	pthread_create(&t, NULL, computes, NULL);
	while (!ready)
		usleep(1000);
	from = ms(cpu);
	t_ret("the process's", nap(cpu, 0, &ts, NULL));
	t_is("it had as much", ms(cpu) - from >= 29);
	from = ms(of_thread(tid));
	t_ret("another's", nap(of_thread(tid), 0, &ts, NULL));
	t_is("it had as much", ms(of_thread(tid)) - from >= 29);
	clock_gettime(cpu, &ts);
	ts.tv_nsec += 20000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	t_ret("to a point", nap(cpu, TIMER_ABSTIME, &ts, NULL));
	from = ms(cpu);
	t_is("reached", from >= ts.tv_sec * 1000 + ts.tv_nsec / 1000000);
	t_ret("past", nap(cpu, TIMER_ABSTIME, &ts, NULL));
	t_ret("by number", nap(of_process(getpid()), TIMER_ABSTIME, &ts, NULL));
	t_ret("by 0", nap(of_process(0), TIMER_ABSTIME, &ts, NULL));
	t_ret("own", nap(of_thread(self), 0, &ts, NULL));
	t_ret("own by 0", nap(of_thread(0), 0, &ts, NULL));
	t_ret("nobody's", nap(of_thread(4000000), 0, &ts, NULL));
	t_ret("no process's", nap(of_process(4000000), 0, &ts, NULL));
	t_ret("too many ns", nap(cpu, 0, &bad, NULL));
	t_ret("bad pointer", nap(cpu, 0, T_BAD, NULL));
	stop = 1;
	pthread_join(t, NULL);

	/* Nobody computes: only the signal ends it. */
	sigaction(SIGALRM, &sa, NULL);
	ualarm(30000, 0);
	ts = (struct timespec){5, 0};
	t_ret("interrupted", nap(cpu, 0, &ts, &rem));
	t_is("the rest", rem.tv_sec == 4);
	return 0;
}
