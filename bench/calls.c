/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a system call costs: getpid(2), and a 1-byte read(2) from /dev/zero; and
 * what it costs to switch to another thread: two that wake each other and sleep
 * (semaphores, so futex(2)), and two that yield. Prints "name nanoseconds", the
 * median of several rounds. The same source runs on Linux.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 9, CALLS = 20000, SWITCHES = 1000 };

static double now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1e9 + ts.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void measure(const char *name, int calls, void (*call)(int), int arg)
{
	double t[ROUNDS];

	for (int r = 0; r < ROUNDS; r++) {
		double start = now_ns();

		for (int i = 0; i < calls; i++)
			call(arg);
		t[r] = (now_ns() - start) / calls;
	}
	qsort(t, ROUNDS, sizeof(t[0]), by_value);
	printf("%s %.1f\n", name, t[ROUNDS / 2]);
}

static void call_getpid(int unused)
{
	(void)unused;
	if (getpid() <= 0)
		abort();
}

static void call_read(int fd)
{
	char c;

	if (read(fd, &c, 1) != 1)
		abort();
}

static sem_t ping, pong;
static volatile int stop;

static void *answers(void *unused)
{
	(void)unused;
	for (;;) {
		sem_wait(&ping);
		if (stop)
			return NULL;
		sem_post(&pong);
	}
}

static void *yields(void *unused)
{
	(void)unused;
	while (!stop)
		sched_yield();
	return NULL;
}

/* Two switches: there and back. */
static void call_semaphores(int unused)
{
	(void)unused;
	sem_post(&ping);
	sem_wait(&pong);
}

static void call_yield(int unused)
{
	(void)unused;
	sched_yield();
}

static void switches(const char *name, void *(*other)(void *),
		     void (*call)(int))
{
	pthread_t t;

	stop = 0;
	sem_init(&ping, 0, 0);
	sem_init(&pong, 0, 0);
	if (pthread_create(&t, NULL, other, NULL))
		abort();
	measure(name, SWITCHES, call, 0);
	stop = 1;
	sem_post(&ping);
	pthread_join(t, NULL);
}

int main(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	if (fd < 0) {
		perror("/dev/zero");
		return 1;
	}
	measure("getpid_ns", CALLS, call_getpid, 0);
	measure("read1_ns", CALLS, call_read, fd);
	switches("semaphores_ns", answers, call_semaphores);
	switches("yields_ns", yields, call_yield);
	return 0;
}
