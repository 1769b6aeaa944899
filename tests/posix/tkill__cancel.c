/* SPDX-License-Identifier: BSD-2-Clause */
/* Cancellation: pthread_cancel(3), pthread_cleanup_push(3). */
#include "t.h"
#include <pthread.h>
#include <semaphore.h>

static int fds[2], cleaned, started;
static volatile int sent;
static sem_t never;

static void clean(void *arg)
{
	cleaned += (int)(long)arg;
}

static void *reads(void *arg)
{
	char c;

	pthread_cleanup_push(clean, (void *)1);
	started = 1;
	if (read(fds[0], &c, 1) == 1)
		t_say("read something\n");
	pthread_cleanup_pop(0);
	return NULL;
}

static void *sleeps(void *arg)
{
	pthread_cleanup_push(clean, (void *)10);
	started = 1;
	sleep(100);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *waits(void *arg)
{
	pthread_cleanup_push(clean, (void *)100);
	started = 1;
	sem_wait(&never);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *computes(void *arg)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	started = 1;
	while (started)
		;
	return NULL;
}

static void *refuses(void *arg)
{
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	started = 1;
	while (!sent)
		usleep(1000);
	usleep(5000);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
	cleaned += 1000;
	pthread_testcancel();
	return NULL;
}

static void *at_once(void *arg)
{
	started = 1;
	while (*(volatile int *)&started != 2)
		usleep(1000);
	return NULL;
}

static void cancel(const char *name, void *(*fn)(void *))
{
	pthread_t t;
	void *r;

	started = cleaned = sent = 0;
	pthread_create(&t, NULL, fn, NULL);
	while (!__atomic_load_n(&started, __ATOMIC_SEQ_CST))
		usleep(1000);
	usleep(5000);
	t_val(name, pthread_cancel(t));
	sent = 1;
	pthread_join(t, &r);
	t_is("  cancelled", r == PTHREAD_CANCELED);
	t_val("  cleaned", cleaned);
}

int main(void)
{
	if (pipe(fds) < 0)
		return 1;
	sem_init(&never, 0, 0);
	cancel("in read", reads);
	cancel("in sleep", sleeps);
	cancel("in sem_wait", waits);
	cancel("computing", computes);
	cancel("disabled for a while", refuses);
	cancel("in a loop of sleeps", at_once);
	return 0;
}
