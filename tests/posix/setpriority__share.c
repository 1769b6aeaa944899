/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setpriority(): threads that only compute share one CPU by their niceness:
 * sched(7), "The nice value". Each step is a factor of 1.25.  t: alone
 */
#include "t.h"
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <time.h>

static volatile int stop, ready;

static void *computes(void *arg)
{
	int nice = (int)(long)arg;

	if (setpriority(PRIO_PROCESS, syscall(SYS_gettid), nice))
		t_say("cannot be %d\n", nice);
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	while (!stop)
		;
	return NULL;
}

static long cpu_us(pthread_t t)
{
	struct timespec ts;
	clockid_t clock;

	pthread_getcpuclockid(t, &clock);
	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static long ratio(int nice0, int nice1)
{
	pthread_t t[2];
	long from[2], had[2];

	stop = ready = 0;
	pthread_create(&t[0], NULL, computes, (void *)(long)nice0);
	pthread_create(&t[1], NULL, computes, (void *)(long)nice1);
	while (ready < 2)
		usleep(1000);
	for (int i = 0; i < 2; i++)
		from[i] = cpu_us(t[i]);
	usleep(600000);
	for (int i = 0; i < 2; i++)
		had[i] = cpu_us(t[i]) - from[i];
	stop = 1;
	pthread_join(t[0], NULL);
	pthread_join(t[1], NULL);
	return had[1] ? had[0] * 100 / had[1] : 0;
}

int main(void)
{
	unsigned long cpus[16] = {0}, one[16] = {0};
	long r;

	/* The first CPU of those allowed. */
	syscall(SYS_sched_getaffinity, 0, sizeof(cpus), cpus);
	one[0] = cpus[0] & -cpus[0];
	syscall(SYS_sched_setaffinity, 0, sizeof(one), one);
	setpriority(PRIO_PROCESS, 0, -10);
	r = ratio(0, 0);
	t_is("equals share equally", r > 70 && r < 140);
	r = ratio(0, 5);
	t_is("0 and 5: about three to one", r > 215 && r < 430);
	r = ratio(-5, 5);
	t_is("-5 and 5: about nine to one", r > 550 && r < 1600);
	t_val("mine stayed", syscall(SYS_getpriority, PRIO_PROCESS, 0));
	return 0;
}
