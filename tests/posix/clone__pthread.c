/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads: pthread_create(3), pthread_join(3), pthread_detach(3). */
#include "t.h"
#include <pthread.h>

static int ran;
static __thread int own = 5;

static void *count(void *arg)
{
	own += (long)arg;
	__atomic_add_fetch(&ran, 1, __ATOMIC_SEQ_CST);
	return (void *)(long)own;
}

static void *nest(void *arg)
{
	long depth = (long)arg;
	pthread_t t;
	void *r = NULL;

	if (depth && pthread_create(&t, NULL, nest, (void *)(depth - 1)) == 0)
		pthread_join(t, &r);
	return (void *)((long)r + 1);
}

int main(void)
{
	pthread_t t[100];
	pthread_attr_t attr;
	void *r;
	long sum = 0;
	size_t size;

	for (long i = 0; i < 100; i++)
		if (pthread_create(&t[i], NULL, count, (void *)i))
			t_say("thread %ld failed\n", i);
	for (int i = 0; i < 100; i++) {
		pthread_join(t[i], &r);
		sum += (long)r;
	}
	t_val("values", sum);
	t_val("the main thread's own", own);

	/* More than there could be at once, one after the other. */
	for (int i = 0; i < 2000; i++) {
		pthread_create(&t[0], NULL, count, NULL);
		pthread_join(t[0], NULL);
	}
	t_val("ran", ran);

	ran = 0;
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	for (int i = 0; i < 500; i++)
		while (pthread_create(&t[0], &attr, count, NULL))
			usleep(1000);
	while (__atomic_load_n(&ran, __ATOMIC_SEQ_CST) < 500)
		usleep(1000);
	t_val("detached", ran);

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 1 << 20);
	pthread_attr_getstacksize(&attr, &size);
	t_val("stack size", size);
	pthread_create(&t[0], &attr, nest, (void *)20L);
	pthread_join(t[0], &r);
	t_val("nested", (long)r);
	return 0;
}
