/* SPDX-License-Identifier: BSD-2-Clause */
/* Mutexes by the static initialisers, by functions, and adaptive ones. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t normal = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t checked = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t adaptive = PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t tried = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t timed = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t clocked = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t waited = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t made;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int count, ready;

static void say(const char *what, int result)
{
	printf("%s %d\n", what, result);
}

static void *other(void *mutex)
{
	return (void *)(long)pthread_mutex_trylock(mutex);
}

static int by_other(pthread_mutex_t *mutex)
{
	pthread_t t;
	void *result = NULL;

	if (pthread_create(&t, NULL, other, mutex) || pthread_join(t, &result))
		return -1;
	return (int)(long)result;
}

static void *waiter(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&waited);
	ready = 1;
	while (!count)
		pthread_cond_wait(&cond, &waited);
	count++;
	pthread_mutex_unlock(&waited);
	return NULL;
}

static void *adder(void *mutex)
{
	for (int i = 0; i < 1000; i++) {
		pthread_mutex_lock(mutex);
		pthread_mutex_lock(mutex);
		count++;
		pthread_mutex_unlock(mutex);
		pthread_mutex_unlock(mutex);
	}
	return NULL;
}

void test_mutex(void)
{
	pthread_mutexattr_t attr;
	pthread_t t, u;
	struct timespec until;

	say("normal", pthread_mutex_lock(&normal));
	say("again", pthread_mutex_trylock(&normal));
	say("unlock", pthread_mutex_unlock(&normal));
	say("recursive", pthread_mutex_lock(&recursive));
	say("again", pthread_mutex_lock(&recursive));
	say("by another", by_other(&recursive));
	say("unlock", pthread_mutex_unlock(&recursive));
	say("still locked", by_other(&recursive));
	say("unlock", pthread_mutex_unlock(&recursive));
	say("free", by_other(&recursive));
	say("checked", pthread_mutex_lock(&checked));
	say("again", pthread_mutex_lock(&checked));
	say("unlock", pthread_mutex_unlock(&checked));
	say("again", pthread_mutex_unlock(&checked));
	say("adaptive", pthread_mutex_lock(&adaptive));
	say("again", pthread_mutex_trylock(&adaptive));
	say("unlock", pthread_mutex_unlock(&adaptive));
	say("tried", pthread_mutex_trylock(&tried));
	say("again", pthread_mutex_trylock(&tried));
	clock_gettime(CLOCK_REALTIME, &until);
	say("timed", pthread_mutex_timedlock(&timed, &until));
	say("again", pthread_mutex_timedlock(&timed, &until));

	clock_gettime(CLOCK_MONOTONIC, &until);
	say("clock",
	    pthread_mutex_clocklock(&clocked, CLOCK_MONOTONIC, &until));
	say("again",
	    pthread_mutex_clocklock(&clocked, CLOCK_MONOTONIC, &until));

	pthread_mutexattr_init(&attr);
	say("settype", pthread_mutexattr_settype(&attr, 3));
	say("init", pthread_mutex_init(&made, &attr));
	say("lock", pthread_mutex_lock(&made));
	say("again", pthread_mutex_trylock(&made));
	say("settype", pthread_mutexattr_settype(&attr, 4));
	say("settype", pthread_mutexattr_settype(&attr, -1));
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
	memset(&made, 0xff, sizeof(made));
	say("init", pthread_mutex_init(&made, &attr));
	say("lock", pthread_mutex_lock(&made));
	say("again", pthread_mutex_lock(&made));

	if (pthread_create(&t, NULL, waiter, NULL))
		return;
	for (int done = 0; !done;) {
		pthread_mutex_lock(&waited);
		done = ready;
		count = ready;
		pthread_cond_signal(&cond);
		pthread_mutex_unlock(&waited);
		if (!done) {
			struct timespec ms = {0, 1000000};

			nanosleep(&ms, NULL);
		}
	}
	pthread_join(t, NULL);
	printf("waited %d\n", count);
	count = 0;
	if (pthread_create(&t, NULL, adder, &waited) ||
	    pthread_create(&u, NULL, adder, &waited))
		return;
	pthread_join(t, NULL);
	pthread_join(u, NULL);
	printf("added %d\n", count);
}
