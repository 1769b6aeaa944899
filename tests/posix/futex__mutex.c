/* SPDX-License-Identifier: BSD-2-Clause */
/* Mutexes of all kinds: pthread_mutex_lock(3). */
#include "t.h"
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile int counter;

static void *add(void *arg)
{
	for (int i = 0; i < 20000; i++) {
		pthread_mutex_lock(&lock);
		counter++;
		pthread_mutex_unlock(&lock);
	}
	return NULL;
}

static void *try(void *m)
{
	struct timespec ts;

	t_val("try", pthread_mutex_trylock(m));
	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += 10000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	t_val("timed", pthread_mutex_timedlock(m, &ts));
	t_val("unlock another's", pthread_mutex_unlock(m) != 0);
	return NULL;
}

static void *die_with(void *m)
{
	pthread_mutex_lock(m);
	return NULL;
}

static void kind(const char *name, int type)
{
	pthread_mutexattr_t a;
	pthread_mutex_t m;
	pthread_t t;

	t_say("%s\n", name);
	pthread_mutexattr_init(&a);
	pthread_mutexattr_settype(&a, type);
	pthread_mutex_init(&m, &a);
	t_val("lock", pthread_mutex_lock(&m));
	t_val("again", type == PTHREAD_MUTEX_RECURSIVE
			       ? pthread_mutex_lock(&m)
			       : pthread_mutex_trylock(&m));
	pthread_create(&t, NULL, try, &m);
	pthread_join(t, NULL);
	t_val("unlock", pthread_mutex_unlock(&m));
}

static void robust(void)
{
	pthread_mutexattr_t a;
	pthread_mutex_t m;
	pthread_t t;

	t_say("robust\n");
	pthread_mutexattr_init(&a);
	pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&m, &a);
	pthread_create(&t, NULL, die_with, &m);
	pthread_join(t, NULL);
	t_val("owner died", pthread_mutex_lock(&m) == EOWNERDEAD);
	t_val("consistent", pthread_mutex_consistent(&m));
	t_val("unlock", pthread_mutex_unlock(&m));
	t_val("lock", pthread_mutex_lock(&m));
	t_val("unlock", pthread_mutex_unlock(&m));
}

int main(void)
{
	pthread_t t[8];

	for (int i = 0; i < 8; i++)
		pthread_create(&t[i], NULL, add, NULL);
	for (int i = 0; i < 8; i++)
		pthread_join(t[i], NULL);
	t_val("counted", counter);
	kind("recursive", PTHREAD_MUTEX_RECURSIVE);
	kind("error checking", PTHREAD_MUTEX_ERRORCHECK);
	robust();
	return 0;
}
