/* SPDX-License-Identifier: BSD-2-Clause */
/* Barriers, read-write locks, semaphores, once. */
#include "t.h"
#include <pthread.h>
#include <semaphore.h>

#define N 8

static pthread_barrier_t barrier;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t sem;
static int phase[N], serial, wrong, inits, a, b;

static void init(void)
{
	inits++;
	usleep(5000);
}

static void *work(void *arg)
{
	long me = (long)arg;

	pthread_once(&once, init);
	wrong += inits != 1;
	for (int p = 1; p <= 50; p++) {
		phase[me] = p;
		if (pthread_barrier_wait(&barrier) ==
		    PTHREAD_BARRIER_SERIAL_THREAD)
			__atomic_add_fetch(&serial, 1, __ATOMIC_SEQ_CST);
		for (int i = 0; i < N; i++)
			if (phase[i] < p)
				__atomic_add_fetch(&wrong, 1, __ATOMIC_SEQ_CST);
		pthread_barrier_wait(&barrier);
	}
	for (int i = 0; i < 500; i++) {
		if (me == 0) {
			pthread_rwlock_wrlock(&rw);
			a++, b++;
			pthread_rwlock_unlock(&rw);
		} else {
			pthread_rwlock_rdlock(&rw);
			if (a != b)
				__atomic_add_fetch(&wrong, 1, __ATOMIC_SEQ_CST);
			pthread_rwlock_unlock(&rw);
		}
	}
	sem_post(&sem);
	return NULL;
}

int main(void)
{
	pthread_t t[N];

	pthread_barrier_init(&barrier, NULL, N);
	sem_init(&sem, 0, 0);
	for (long i = 0; i < N; i++)
		pthread_create(&t[i], NULL, work, (void *)i);
	for (int i = 0; i < N; i++)
		sem_wait(&sem);
	for (int i = 0; i < N; i++)
		pthread_join(t[i], NULL);
	t_val("serial threads", serial);
	t_val("wrong", wrong);
	t_val("written", a);
	t_ret("no more posts", sem_trywait(&sem));
	return 0;
}
