/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SCHED_FIFO on one CPU: a thread of higher priority runs at once, one of equal
 * priority waits until the other blocks or yields.  t: alone
 */
#include "t.h"
#include <pthread.h>
#include <sched.h>

static char order[64];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void note(char c)
{
	order[strlen(order)] = c;
}

static int set(int tid, int policy, int priority)
{
	return syscall(SYS_sched_setscheduler, tid, policy, &priority);
}

static void *runs(void *arg)
{
	note((char)(long)arg);
	return NULL;
}

static void *yields(void *arg)
{
	for (int i = 0; i < 2; i++) {
		note((char)(long)arg);
		syscall(SYS_sched_yield);
	}
	return NULL;
}

static void *locks(void *arg)
{
	long prio = (long)arg;

	set(0, SCHED_FIFO, (int)prio);
	pthread_mutex_lock(&lock);
	note((char)('0' + prio));
	pthread_mutex_unlock(&lock);
	return NULL;
}

static pthread_t start(void *(*fn)(void *), long arg, int priority)
{
	pthread_attr_t a;
	struct sched_param p = {.sched_priority = priority};
	pthread_t t;

	pthread_attr_init(&a);
	pthread_attr_setinheritsched(&a, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&a, SCHED_FIFO);
	pthread_attr_setschedparam(&a, &p);
	if (pthread_create(&t, &a, fn, (void *)arg))
		t_say("no thread of priority %d\n", priority);
	return t;
}

int main(void)
{
	unsigned long cpus[16] = {0}, one[16] = {0};
	pthread_t t[5];

	/* The first CPU of those allowed. */
	syscall(SYS_sched_getaffinity, 0, sizeof(cpus), cpus);
	one[0] = cpus[0] & -cpus[0];
	syscall(SYS_sched_setaffinity, 0, sizeof(one), one);
	t_ret("FIFO", set(0, SCHED_FIFO, 10));

	t[0] = start(runs, 'l', 5);
	t[1] = start(runs, 'h', 20);
	note('m');
	t[2] = start(runs, 'e', 10);
	note('m');
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	t_str("low, high, equal", order);

	memset(order, 0, sizeof(order));
	t[0] = start(yields, 'a', 9);
	t[1] = start(yields, 'b', 9);
	t[2] = start(yields, 'c', 8);
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	t_str("yields", order);

	/* Who waits for a lock gets it by priority. */
	memset(order, 0, sizeof(order));
	pthread_mutex_lock(&lock);
	for (int i = 0; i < 5; i++)
		t[i] = start(locks, (long[]){3, 8, 2, 9, 5}[i], 20);
	usleep(10000);
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < 5; i++)
		pthread_join(t[i], NULL);
	t_str("lock", order);
	return 0;
}
