/* SPDX-License-Identifier: BSD-2-Clause */
/* Condition variables: pthread_cond_wait(3). */
#include "t.h"
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static pthread_cond_t emptied = PTHREAD_COND_INITIALIZER;
static int slot, waiting, go;

static void *consume(void *arg)
{
	long sum = 0;

	for (int i = 0; i < 5000; i++) {
		pthread_mutex_lock(&lock);
		while (!slot)
			pthread_cond_wait(&filled, &lock);
		sum += slot;
		slot = 0;
		pthread_cond_signal(&emptied);
		pthread_mutex_unlock(&lock);
	}
	return (void *)sum;
}

static void *wait(void *arg)
{
	pthread_mutex_lock(&lock);
	waiting++;
	while (!go)
		pthread_cond_wait(&filled, &lock);
	pthread_mutex_unlock(&lock);
	return NULL;
}

int main(void)
{
	struct timespec ts;
	pthread_t t[10];
	void *r;
	int n;

	pthread_create(&t[0], NULL, consume, NULL);
	for (int i = 1; i <= 5000; i++) {
		pthread_mutex_lock(&lock);
		while (slot)
			pthread_cond_wait(&emptied, &lock);
		slot = i;
		pthread_cond_signal(&filled);
		pthread_mutex_unlock(&lock);
	}
	pthread_join(t[0], &r);
	t_val("handed over", (long)r);

	for (int i = 0; i < 10; i++)
		pthread_create(&t[i], NULL, wait, NULL);
	do {
		usleep(1000);
		pthread_mutex_lock(&lock);
		n = waiting;
		pthread_mutex_unlock(&lock);
	} while (n < 10);
	pthread_mutex_lock(&lock);
	go = 1;
	pthread_cond_broadcast(&filled);
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < 10; i++)
		pthread_join(t[i], NULL);
	t_say("all woken\n");

	pthread_mutex_lock(&lock);
	clock_gettime(CLOCK_REALTIME, &ts);
	t_is("time-out",
	     pthread_cond_timedwait(&emptied, &lock, &ts) == ETIMEDOUT);
	pthread_mutex_unlock(&lock);
	return 0;
}
