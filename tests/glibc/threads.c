/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting by a clock of choice, cancellation handlers, attributes. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <semaphore.h>
#include <time.h>
#include <unistd.h>

int __register_atfork(void (*)(void), void (*)(void), void (*)(void), void *);

static struct timespec in_ms(clockid_t clock, long ms)
{
	struct timespec t;

	clock_gettime(clock, &t);
	t.tv_nsec += ms * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static int has_come(clockid_t clock, struct timespec end)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec > end.tv_sec ||
	       (t.tv_sec == end.tv_sec && t.tv_nsec >= end.tv_nsec);
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void wait_by(clockid_t clock)
{
	struct timespec end = in_ms(clock, 20);
	sem_t sem;
	int err;

	pthread_mutex_lock(&mutex);
	do {
		err = pthread_cond_clockwait(&cond, &mutex, clock, &end);
	} while (!err);
	SHOW(err);
	pthread_mutex_unlock(&mutex);
	SHOW(has_come(clock, end));
	sem_init(&sem, 0, 1);
	end = in_ms(clock, 20);
	SHOW_ERRNO(sem_clockwait(&sem, clock, &end));
	SHOW_ERRNO(sem_clockwait(&sem, clock, &end));
	SHOW(has_come(clock, end));
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	end = in_ms(clock, 20);
	SHOW(pthread_mutex_clocklock(&mutex, clock, &end));
	pthread_mutex_unlock(&mutex);
	SHOW(pthread_rwlock_clockrdlock(&lock, clock, &end));
	SHOW(pthread_rwlock_clockwrlock(&lock, clock, &end));
	SHOW(has_come(clock, end));
	pthread_rwlock_unlock(&lock);
}

static void *hold(void *arg)
{
	struct timespec end = in_ms(CLOCK_MONOTONIC, 20);

	SHOW(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &end));
	SHOW(has_come(CLOCK_MONOTONIC, end));
	return arg;
}

static void refusals(void)
{
	struct timespec end = in_ms(CLOCK_REALTIME, 0), bad = {0, -1};
	sem_t sem;
	pthread_t t;

	sem_init(&sem, 0, 0);
	SHOW_ERRNO(sem_clockwait(&sem, CLOCK_PROCESS_CPUTIME_ID, &end));
	SHOW_ERRNO(sem_clockwait(&sem, CLOCK_MONOTONIC, &bad));
	SHOW(pthread_cond_clockwait(&cond, &mutex, CLOCK_BOOTTIME, &end));
	pthread_mutex_lock(&mutex);
	pthread_create(&t, NULL, hold, NULL);
	pthread_join(t, NULL);
	pthread_mutex_unlock(&mutex);
}

static void handler(void *arg)
{
	printf("handler %s\n", (char *)arg);
}

/* What another thread has to have done before the test goes on. */
static sem_t ready;

static void *cancelled(void *arg)
{
	pthread_cleanup_push(handler, "outer");
	pthread_cleanup_push(handler, "not run");
	pthread_cleanup_pop(0);
	pthread_cleanup_push(handler, "popped");
	pthread_cleanup_pop(1);
	pthread_cleanup_push(handler, "inner");
	if (arg)
		pthread_exit(arg);
	sem_post(&ready);
	for (;;)
		pause();
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *deferred(void *arg)
{
	int type;

	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	pthread_cleanup_push_defer_np(handler, "deferred");
	pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &type);
	SHOW(type == PTHREAD_CANCEL_DEFERRED);
	pthread_cleanup_pop_restore_np(1);
	pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &type);
	SHOW(type == PTHREAD_CANCEL_ASYNCHRONOUS);
	return NULL;
}

static void cancellation(void)
{
	pthread_t t;
	void *result;

	sem_init(&ready, 0, 0);
	pthread_create(&t, NULL, cancelled, NULL);
	sem_wait(&ready);
	pthread_cancel(t);
	pthread_join(t, &result);
	SHOW(result == PTHREAD_CANCELED);
	pthread_create(&t, NULL, cancelled, "value");
	pthread_join(t, &result);
	SHOW_STRING(result);
	pthread_create(&t, NULL, deferred, NULL);
	pthread_join(t, NULL);
}

static void *sleeper(void *arg)
{
	sem_wait(&ready);
	return arg;
}

static void joins(void)
{
	struct timespec soon = in_ms(CLOCK_MONOTONIC, 5);
	struct timespec late = in_ms(CLOCK_MONOTONIC, 100000);
	void *result = NULL;
	pthread_t t;

	pthread_create(&t, NULL, sleeper, "slept");
	SHOW(pthread_clockjoin_np(t, &result, CLOCK_MONOTONIC, &soon));
	sem_post(&ready);
	SHOW(pthread_clockjoin_np(t, &result, CLOCK_MONOTONIC, &late));
	SHOW_STRING(result);
}

static void attributes(void)
{
	pthread_rwlockattr_t attr;
	int kind = 9;

	pthread_rwlockattr_init(&attr);
	SHOW(pthread_rwlockattr_getkind_np(&attr, &kind));
	SHOW(kind);
	SHOW(pthread_rwlockattr_setkind_np(
		&attr, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP));
	SHOW(pthread_rwlockattr_getkind_np(&attr, &kind));
	SHOW(kind);
	SHOW(pthread_rwlockattr_setkind_np(&attr, 3));
	SHOW(__register_atfork(NULL, NULL, NULL, NULL));
}

void test_threads(void)
{
	wait_by(CLOCK_REALTIME);
	wait_by(CLOCK_MONOTONIC);
	refusals();
	cancellation();
	joins();
	attributes();
}
