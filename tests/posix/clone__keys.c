/* SPDX-License-Identifier: BSD-2-Clause */
/* Thread-specific data: pthread_key_create(3). */
#include "t.h"
#include <pthread.h>

static pthread_key_t key, again;
static int destroyed, rounds, wrong;

static void destroy(void *p)
{
	__atomic_add_fetch(&destroyed, (int)(long)p, __ATOMIC_SEQ_CST);
}

/* A destructor that sets its key again is called again, up to 4 times. */
static void stubborn(void *p)
{
	__atomic_add_fetch(&rounds, 1, __ATOMIC_SEQ_CST);
	pthread_setspecific(again, p);
}

static void *work(void *arg)
{
	if (pthread_getspecific(key))
		wrong++;
	pthread_setspecific(key, arg);
	usleep(1000);
	if (pthread_getspecific(key) != arg)
		wrong++;
	return NULL;
}

static void *resist(void *arg)
{
	pthread_setspecific(again, arg);
	return NULL;
}

int main(void)
{
	pthread_key_t keys[100];
	pthread_t t[5];
	int made = 0;

	pthread_key_create(&key, destroy);
	pthread_key_create(&again, stubborn);
	for (long i = 0; i < 5; i++)
		pthread_create(&t[i], NULL, work, (void *)(i + 1));
	for (int i = 0; i < 5; i++)
		pthread_join(t[i], NULL);
	t_val("wrong", wrong);
	t_val("destroyed", destroyed);
	pthread_create(&t[0], NULL, resist, &key);
	pthread_join(t[0], NULL);
	t_val("rounds", rounds);
	for (int i = 0; i < 100; i++)
		made += pthread_key_create(&keys[i], NULL) == 0;
	t_val("more keys", made);
	for (int i = 0; i < 100; i++)
		pthread_key_delete(keys[i]);
	return 0;
}
