/* SPDX-License-Identifier: BSD-2-Clause */
/* The kinds of mutexes, for which pthread_mutex_lock.c has a short way or not.
 */
#define _GNU_SOURCE
#include "test.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>

static pthread_mutex_t m, other;
static long counter;

static void make(pthread_mutex_t *mutex, int type, int robust)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, type);
	if (robust)
		pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
	CHECK(pthread_mutex_init(mutex, &attr) == 0);
}

static void *run(void *(*fn)(void *))
{
	pthread_t t;
	void *ret = NULL;

	CHECK(pthread_create(&t, NULL, fn, NULL) == 0);
	CHECK(pthread_join(t, &ret) == 0);
	return ret;
}

static void *unlock(void *arg)
{
	return (void *)(intptr_t)pthread_mutex_unlock(&m);
}

static void *trylock(void *arg)
{
	return (void *)(intptr_t)pthread_mutex_trylock(&m);
}

static void *die_with_it(void *arg)
{
	pthread_mutex_lock(&m);
	return NULL;
}

static void *contend(void *arg)
{
	for (int i = 0; i < 2000; i++) {
		pthread_mutex_lock(&m);
		pthread_mutex_lock(&other);
		long seen = counter;

		if (i % 16 == 0)
			sched_yield();
		counter = seen + 1;
		/* Not in the order of locking: the list is unlinked inside. */
		pthread_mutex_unlock(i & 1 ? &m : &other);
		pthread_mutex_unlock(i & 1 ? &other : &m);
	}
	return NULL;
}

static void test_contended(int type)
{
	pthread_t t[4];

	make(&m, type, 0);
	make(&other, type, 0);
	counter = 0;
	for (int i = 0; i < 4; i++)
		CHECK(pthread_create(&t[i], NULL, contend, NULL) == 0);
	for (int i = 0; i < 4; i++)
		CHECK(pthread_join(t[i], NULL) == 0);
	CHECK(counter == 8000);
}

void test_mutex(void)
{
	make(&m, PTHREAD_MUTEX_RECURSIVE, 0);
	for (int i = 0; i < 3; i++)
		CHECK(pthread_mutex_lock(&m) == 0);
	CHECK(pthread_mutex_trylock(&m) == 0);
	CHECK(run(trylock) == (void *)EBUSY);
	CHECK(run(unlock) == (void *)EPERM);
	for (int i = 0; i < 4; i++)
		CHECK(pthread_mutex_unlock(&m) == 0);
	CHECK(pthread_mutex_unlock(&m) == EPERM);

	make(&m, PTHREAD_MUTEX_ERRORCHECK, 0);
	CHECK(pthread_mutex_lock(&m) == 0);
	CHECK(pthread_mutex_lock(&m) == EDEADLK);
	CHECK(run(unlock) == (void *)EPERM);
	CHECK(pthread_mutex_unlock(&m) == 0);
	CHECK(pthread_mutex_unlock(&m) == EPERM);

	make(&m, PTHREAD_MUTEX_RECURSIVE, 1);
	run(die_with_it);
	CHECK(pthread_mutex_lock(&m) == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(&m) == 0);
	CHECK(pthread_mutex_unlock(&m) == 0);
	CHECK(pthread_mutex_lock(&m) == 0 && pthread_mutex_unlock(&m) == 0);

	test_contended(PTHREAD_MUTEX_NORMAL);
	test_contended(PTHREAD_MUTEX_RECURSIVE);
	test_contended(PTHREAD_MUTEX_ERRORCHECK);
}
