/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads: clone, TLS, stacks, exit with and without a joiner. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static __thread int in_tls = 5;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int counter, detached_left;

static void *add(void *arg)
{
	/* An aligned store on the stack faults if rsp is off by eight. */
	_Alignas(16) volatile char aligned[16];

	__asm__ volatile("movaps %%xmm0, %0" : "=m"(aligned));
	for (int i = 0; i < 1000; i++) {
		pthread_mutex_lock(&lock);
		counter++;
		pthread_mutex_unlock(&lock);
	}
	in_tls++;
	return (void *)(intptr_t)(in_tls + (intptr_t)arg);
}

static void *detached(void *arg)
{
	pthread_detach(pthread_self());
	pthread_mutex_lock(&lock);
	detached_left--;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&lock);
	return NULL;
}

/* Half of the default stack, which musl's 128 KB would not hold. */
static void *deep(void *arg)
{
	volatile char big[4 << 20];

	for (size_t i = 0; i < sizeof(big); i += 4096)
		big[i] = 1;
	return (void *)(intptr_t)big[4096];
}

void test_threads(void)
{
	pthread_t t[8];
	void *ret;
	int sum = 0;

	for (intptr_t i = 0; i < 8; i++)
		CHECK(pthread_create(&t[i], NULL, add, (void *)i) == 0);
	for (int i = 0; i < 8; i++) {
		CHECK(pthread_join(t[i], &ret) == 0);
		sum += (intptr_t)ret;
	}
	CHECK(sum == 8 * 6 + 28);
	CHECK(counter == 8000);
	CHECK(in_tls == 5);

	detached_left = 200;
	for (int i = 0; i < 200; i++)
		while (pthread_create(&t[0], NULL, detached, NULL))
			usleep(1000);
	pthread_mutex_lock(&lock);
	while (detached_left)
		pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
	CHECK(detached_left == 0);

	CHECK(pthread_create(&t[0], NULL, deep, NULL) == 0);
	CHECK(pthread_join(t[0], &ret) == 0 && ret == (void *)1);
}
