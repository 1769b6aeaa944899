/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Priority inheritance: who holds a lock that a more urgent thread waits for
 * runs before those in between, through a chain of locks as well, and falls
 * back when it unlocks.  t: alone
 */
#include "t.h"
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <time.h>

static char order[64];
static pthread_mutex_t a, b, normal = PTHREAD_MUTEX_INITIALIZER;
static volatile int go, ready;

static void note(char c)
{
	order[strlen(order)] = c;
}

static int set(int tid, int policy, int priority)
{
	return syscall(SYS_sched_setscheduler, tid, policy, &priority);
}

static pthread_t start(void *(*fn)(void *), void *arg, int priority)
{
	pthread_attr_t attr;
	struct sched_param p = {.sched_priority = priority};
	pthread_t t;

	pthread_attr_init(&attr);
	pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&attr, SCHED_FIFO);
	pthread_attr_setschedparam(&attr, &p);
	if (pthread_create(&t, &attr, fn, arg))
		t_say("no thread of priority %d\n", priority);
	return t;
}

static void inherit(pthread_mutex_t *m)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	if (pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT))
		t_say("no protocol\n");
	pthread_mutex_init(m, &attr);
}

static void nap(int ms)
{
	struct timespec ts = {0, ms * 1000000};

	nanosleep(&ts, NULL);
}

/* So much of the CPU, however often it is taken away meanwhile. */
static void compute(int ms)
{
	struct timespec ts;
	long from, now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	from = ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
	do {
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
		now = ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
	} while (now - from < ms);
}

/* Until c is noted, and whoever did it has gone on from there. */
static void until(char c)
{
	while (!strchr(order, c))
		nap(5);
	nap(20);
}

/* Low: holds m, computes, unlocks. */
static void *low(void *m)
{
	pthread_mutex_lock(m);
	note('l');
	while (!ready) /* meanwhile the others come */
		nap(5);
	compute(60);
	note('u');
	pthread_mutex_unlock(m);
	note('L');
	return NULL;
}

static void *middle(void *arg)
{
	note('m');
	ready = 1;
	compute(100);
	note('M');
	return NULL;
}

static void *high(void *m)
{
	note('h');
	pthread_mutex_lock(m);
	note('H');
	pthread_mutex_unlock(m);
	return NULL;
}

/* Holds b and wants a. */
static void *between(void *arg)
{
	pthread_mutex_lock(&b);
	note('b');
	pthread_mutex_lock(&a);
	note('B');
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return NULL;
}

static void scene(const char *name, pthread_mutex_t *held, int chain,
		  pthread_mutex_t *wanted)
{
	pthread_t t[4];
	int n = 0;

	memset(order, 0, sizeof(order));
	ready = 0;
	t[n++] = start(low, held, 5);
	until('l');
	if (chain) {
		t[n++] = start(between, NULL, 7);
		until('b');
	}
	/* These come in order of priority. */
	t[n++] = start(high, wanted, 20);
	t[n++] = start(middle, NULL, 10);
	while (n)
		pthread_join(t[--n], NULL);
	t_str(name, order);
}

static pthread_mutex_t p;

static void *holds(void *arg)
{
	pthread_mutex_lock(&p);
	go = 1;
	while (!ready) /* meanwhile somebody gives up */
		nap(5);
	compute(60);
	note('f');
	pthread_mutex_unlock(&p);
	return NULL;
}

static void *times_out(void *arg)
{
	struct timespec ts;
	int r;

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += 20000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	r = pthread_mutex_timedlock(&p, &ts);
	note(r == ETIMEDOUT ? 't' : '?');
	return NULL;
}

/* A waiter that gives up takes its priority back. */
static void gives_up(void)
{
	pthread_t t[3];

	memset(order, 0, sizeof(order));
	ready = 0;
	t[0] = start(holds, NULL, 5);
	while (!go)
		nap(1);
	t[1] = start(times_out, NULL, 20);
	pthread_join(t[1], NULL);
	ready = 1;
	nap(20); /* it computes already */
	t[2] = start(middle, NULL, 10);
	pthread_join(t[2], NULL);
	pthread_join(t[0], NULL);
	t_str("gives up", order);
}

/* What is asked for is what was set, not what is lent; a new priority of a
 * waiter reaches the owner. */
static volatile int ltid, htid;
static void *low_tid(void *arg)
{
	ltid = syscall(SYS_gettid);
	return low(&a);
}

static void *mid_waiter(void *arg)
{
	htid = syscall(SYS_gettid);
	return high(&a);
}

static void changes(void)
{
	pthread_t t[3];
	int param = 0;

	memset(order, 0, sizeof(order));
	ready = 0;
	t[0] = start(low_tid, NULL, 5);
	until('l');
	t[1] = start(mid_waiter, NULL, 7);
	until('h');
	set(htid, SCHED_FIFO, 20);
	syscall(SYS_sched_getparam, ltid, &param);
	t_val("its own priority", param);
	ready = 1;
	nap(20); /* low computes already */
	t[2] = start(middle, NULL, 10);
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	t_str("raised while it waits", order);
}

int main(void)
{
	/* Whatever goes wrong, real-time threads must not stay behind. */
	struct rlimit cpu = {5, 5};

	unsigned long cpus[16] = {0}, one[16] = {0};

	setrlimit(RLIMIT_CPU, &cpu);
	/* The first CPU of those allowed. */
	syscall(SYS_sched_getaffinity, 0, sizeof(cpus), cpus);
	one[0] = cpus[0] & -cpus[0];
	syscall(SYS_sched_setaffinity, 0, sizeof(one), one);
	t_ret("FIFO", set(0, SCHED_FIFO, 30));
	inherit(&a);
	inherit(&b);
	inherit(&p);
	scene("without", &normal, 0, &normal);
	scene("inherited", &a, 0, &a);
	scene("through a chain", &a, 1, &b);
	gives_up();
	changes();
	return 0;
}
