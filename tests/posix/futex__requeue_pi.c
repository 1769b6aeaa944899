/* SPDX-License-Identifier: BSD-2-Clause */
/* futex(): FUTEX_WAIT_REQUEUE_PI and FUTEX_CMP_REQUEUE_PI. */
#include "t.h"
#include <linux/futex.h>
#include <pthread.h>
#include <time.h>

static unsigned int cond, lock, other;
static int asleep, woken;
static long results[8];

static long futex(unsigned int *u, int op, unsigned int val, const void *ts,
		  unsigned int *u2, unsigned int val3)
{
	return syscall(SYS_futex, u, op, val, ts, u2, val3);
}

static void *waits(void *arg)
{
	long i = (long)arg;

	__atomic_add_fetch(&asleep, 1, __ATOMIC_SEQ_CST);
	results[i] =
		futex(&cond, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0, NULL, &lock, 0);
	if (results[i] == 0) {
		__atomic_add_fetch(&woken, 1, __ATOMIC_SEQ_CST);
		if ((lock & FUTEX_TID_MASK) !=
		    (unsigned int)syscall(SYS_gettid))
			t_say("woken without the lock\n");
		futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	}
	return NULL;
}

static void begin(pthread_t *t, int n)
{
	asleep = woken = 0;
	cond = lock = 0;
	for (long i = 0; i < n; i++)
		pthread_create(t + i, NULL, waits, (void *)i);
	while (__atomic_load_n(&asleep, __ATOMIC_SEQ_CST) < n)
		usleep(1000);
	usleep(30000);
}

static void end(pthread_t *t, int n)
{
	for (int i = 0; i < n; i++)
		pthread_join(t[i], NULL);
	t_val("all had the lock", woken);
	t_val("free", lock & FUTEX_TID_MASK);
}

static long requeue(int nr, unsigned int expect)
{
	return futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, (void *)(long)nr,
		     &lock, expect);
}

int main(void)
{
	struct timespec ts;
	pthread_t t[4];

	/* One at a time, the lock being free. */
	begin(t, 3);
	t_ret("other value", requeue(9, 5));
	t_val("one", requeue(0, 0));
	while (__atomic_load_n(&woken, __ATOMIC_SEQ_CST) < 1)
		usleep(1000);
	usleep(20000);
	t_val("the rest", requeue(9, 0));
	end(t, 3);

	/* All at once, the lock being held. */
	begin(t, 3);
	futex(&lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	t_val("all", requeue(9, 0));
	usleep(20000);
	t_val("none runs yet", woken);
	t_is("waiters", lock & FUTEX_WAITERS);
	futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	end(t, 3);

	t_val("nobody", requeue(9, 0));
	begin(t, 1);
	t_ret("to another lock", futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1,
				       (void *)1, &other, 0));
	t_ret("to wake more than one",
	      futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 2, (void *)1, &lock,
		    0));
	t_ret("to itself", futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1,
				 (void *)1, &cond, 0));
	t_ret("negative", futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1,
				(void *)-1, &lock, 0));
	t_ret("an ordinary wake",
	      futex(&cond, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0));
	t_ret("an ordinary requeue",
	      futex(&cond, FUTEX_REQUEUE_PRIVATE, 1, (void *)1, &lock, 0));
	t_val("at last", requeue(1, 0));
	end(t, 1);

	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_nsec += 10000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	t_ret("time-out",
	      futex(&cond, FUTEX_WAIT_REQUEUE_PI, 0, &ts, &lock, 0));
	t_ret("other value",
	      futex(&cond, FUTEX_WAIT_REQUEUE_PI, 3, &ts, &lock, 0));
	t_ret("the same word",
	      futex(&cond, FUTEX_WAIT_REQUEUE_PI, 0, &ts, &cond, 0));
	return 0;
}
