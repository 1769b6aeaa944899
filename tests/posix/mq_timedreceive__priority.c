/* SPDX-License-Identifier: BSD-2-Clause */
/* Of the threads that wait for a message, or for room, the one of the highest
 * priority is served first, and of equals the one that waits longest.
 * t: alone */
#include "mq.h"
#include <pthread.h>
#include <sched.h>

#define THREADS 6

static const int priority[THREADS] = {0, 5, 20, 5, 0, 20};
static long q;
static int ready[THREADS], got[THREADS];

static int set_priority(int prio)
{
	struct sched_param p = {.sched_priority = prio};

	return syscall(SYS_sched_setscheduler, 0,
		       prio ? SCHED_FIFO : SCHED_OTHER, &p);
}

static void *receiver(void *arg)
{
	int i = (long)arg;
	char buf[16] = "";

	ready[i] = 1 + set_priority(priority[i]);
	syscall(SYS_mq_timedreceive, q, buf, 16, NULL, NULL);
	got[i] = buf[0];
	return NULL;
}

static void *sender(void *arg)
{
	int i = (long)arg;
	char c = 'a' + i;

	ready[i] = 1 + set_priority(priority[i]);
	syscall(SYS_mq_timedsend, q, &c, 1, 0, NULL);
	return NULL;
}

/* One after the other, so that their order is known. */
static int begin(pthread_t *t, void *(*fn)(void *))
{
	int ok = 0;

	memset(ready, 0, sizeof(ready));
	for (long i = 0; i < THREADS; i++) {
		pthread_create(&t[i], NULL, fn, (void *)i);
		usleep(30000);
		ok += ready[i] == 1;
	}
	return ok;
}

int main(void)
{
	pthread_t t[THREADS];
	char buf[16], c;

	q = mqo("q", O_RDWR | O_CREAT, 0600, 1, 16);
	if (begin(t, receiver) != THREADS)
		t_skip("this user may not have SCHED_FIFO");
	for (c = '1'; c <= '0' + THREADS; c++)
		syscall(SYS_mq_timedsend, q, &c, 1, 0, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	for (int i = 0; i < THREADS; i++)
		t_say("receiver %d of priority %d: message %c\n", i,
		      priority[i], got[i]);

	mqs(q, "full", 0);
	begin(t, sender);
	for (int i = 0; i <= THREADS; i++) {
		syscall(SYS_mq_timedreceive, q, buf, 16, NULL, NULL);
		t_say("message of %c\n", buf[0]);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	close(q);
	syscall(SYS_mq_unlink, "q");
	return 0;
}
