/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads that only compute share the CPU, and those that wait for time or for
 * one another run beside them.
 */
#include "t.h"
#include <pthread.h>
#include <time.h>

static volatile int stop;
static volatile unsigned long counts[4];

static void *compute(void *arg)
{
	double d = (long)arg, e = (long)arg;

	while (!stop) {
		counts[(long)arg]++;
		d = d * 1.0000001 + 0.1;
		e = e * 1.0000001 + 0.1;
		__asm__ volatile("" : "+x"(d), "+x"(e));
	}
	return d == e ? NULL : arg;
}

int main(void)
{
	struct timespec a, b;
	pthread_t t[4];
	int lowest = 1, bad = 0;
	void *r;

	for (long i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, compute, (void *)i);
	clock_gettime(CLOCK_MONOTONIC, &a);
	for (int i = 0; i < 10; i++)
		usleep(20000);
	clock_gettime(CLOCK_MONOTONIC, &b);
	t_is("sleeps were not stretched far",
	     b.tv_sec - a.tv_sec + (b.tv_nsec - a.tv_nsec) / 1e9 < 3);
	stop = 1;
	for (int i = 0; i < 4; i++) {
		pthread_join(t[i], &r);
		bad |= r != NULL;
		lowest &= counts[i] > 0;
	}
	t_is("each had a turn", lowest);
	t_is("registers mixed up", bad);
	return 0;
}
