/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The program that tests/debug/run kills and looks into. Four threads: one
 * sleeps in a call, one waits for a mutex, one computes, and the fourth does
 * what the argument says:
 *
 *	segv, abort	die of it
 *	wait		say "ready" and wait to be looked at
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOINLINE __attribute__((noinline, noclone))

static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
static volatile unsigned long counter;
static volatile int *nowhere = (int *)0x1234560;
char *on_heap;

NOINLINE static void sleeps_deeply(int seconds)
{
	sleep(seconds);
	counter++; /* no tail call */
}

static void *sleeper(void *arg)
{
	sleeps_deeply(1000);
	return arg;
}

static void *waiter(void *arg)
{
	pthread_mutex_lock(&held);
	counter++;
	return arg;
}

NOINLINE static void computes_deeply(unsigned long start)
{
	for (counter = start;;)
		counter++;
}

static void *computer(void *arg)
{
	computes_deeply(7);
	return arg;
}

NOINLINE int tick(int n)
{
	counter++;
	return n + 1;
}

NOINLINE static void dies(const char *how, int depth)
{
	char local[64];

	snprintf(local, sizeof(local), "depth %d", depth);
	if (depth)
		dies(how, depth - 1);
	else if (strcmp(how, "abort") == 0)
		abort();
	else if (strcmp(how, "segv") == 0)
		*nowhere = 1;
	else {
		puts("ready");
		fflush(stdout);
		for (int n = 0;;) {
			n = tick(n);
			usleep(20000);
		}
	}
	counter += local[0];
}

static void *killer(void *arg)
{
	usleep(100000); /* the others are where they should be */
	dies(arg, 3);
	return arg;
}

int main(int argc, char **argv)
{
	void *(*const start[])(void *) = {sleeper, waiter, computer, killer};
	pthread_t t;

	on_heap = strdup("a string on the heap");
	pthread_mutex_lock(&held);
	for (int i = 0; i < 4; i++)
		if (pthread_create(&t, NULL, start[i],
				   argc > 1 ? argv[1] : "segv"))
			return 1;
	pthread_join(t, NULL);
	return 0;
}
