/* SPDX-License-Identifier: BSD-2-Clause */
/* futex(): see futex(2). */
#include "t.h"
#include <linux/futex.h>
#include <pthread.h>
#include <time.h>

static unsigned int word, word2;
static int asleep, awake;

static long futex(unsigned int *u, int op, unsigned int val, const void *ts,
		  unsigned int *u2, unsigned int val3)
{
	return syscall(SYS_futex, u, op, val, ts, u2, val3);
}

static void *sleeper(void *arg)
{
	__atomic_add_fetch(&asleep, 1, __ATOMIC_SEQ_CST);
	futex(&word, (long)arg ? FUTEX_WAIT_BITSET_PRIVATE : FUTEX_WAIT_PRIVATE,
	      0, NULL, NULL, (long)arg);
	__atomic_add_fetch(&awake, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

/* Begin n sleepers on word, and be sure that they sleep. */
static void begin(pthread_t *t, int n, long bitset)
{
	asleep = awake = 0;
	for (int i = 0; i < n; i++)
		pthread_create(t + i, NULL, sleeper, (void *)bitset);
	while (__atomic_load_n(&asleep, __ATOMIC_SEQ_CST) < n)
		usleep(1000);
	usleep(20000);
}

static void end(pthread_t *t, int n)
{
	while (__atomic_load_n(&awake, __ATOMIC_SEQ_CST) < n) {
		futex(&word, FUTEX_WAKE_PRIVATE, 99, NULL, NULL, 0);
		futex(&word2, FUTEX_WAKE_PRIVATE, 99, NULL, NULL, 0);
		usleep(1000);
	}
	for (int i = 0; i < n; i++)
		pthread_join(t[i], NULL);
}

static void waiting(void)
{
	struct timespec ts = {0, 10000000};

	t_ret("other value", futex(&word, FUTEX_WAIT, 1, NULL, NULL, 0));
	t_ret("time-out", futex(&word, FUTEX_WAIT, 0, &ts, NULL, 0));
	t_ret("private time-out",
	      futex(&word, FUTEX_WAIT_PRIVATE, 0, &ts, NULL, 0));
	clock_gettime(CLOCK_MONOTONIC, &ts);
	t_ret("a point, past",
	      futex(&word, FUTEX_WAIT_BITSET, 0, &ts, NULL, ~0u));
	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += 10000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	t_ret("a point of real time",
	      futex(&word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &ts,
		    NULL, ~0u));
	ts.tv_nsec = 1000000000;
	t_ret("bad time", futex(&word, FUTEX_WAIT, 0, &ts, NULL, 0));
	t_ret("no bits", futex(&word, FUTEX_WAIT_BITSET, 0, NULL, NULL, 0));
	t_ret("odd address",
	      futex((void *)((char *)&word + 1), FUTEX_WAIT, 0, NULL, NULL, 0));
	t_ret("bad address", futex(T_BAD, FUTEX_WAIT, 0, NULL, NULL, 0));
	t_ret("bad time's address",
	      futex(&word, FUTEX_WAIT, 0, T_BAD, NULL, 0));
	t_ret("no such operation", futex(&word, 99, 0, NULL, NULL, 0));
}

static void waking(void)
{
	pthread_t t[4];

	t_val("nobody", futex(&word, FUTEX_WAKE, 9, NULL, NULL, 0));
	begin(t, 4, 0);
	t_val("one of four",
	      futex(&word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0));
	t_val("shared does not meet private",
	      futex(&word, FUTEX_WAKE, 9, NULL, NULL, 0));
	t_val("the rest", futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0));
	end(t, 4);
	begin(t, 2, 4);
	t_val("other bits",
	      futex(&word, FUTEX_WAKE_BITSET_PRIVATE, 9, NULL, NULL, 2));
	t_val("the bit",
	      futex(&word, FUTEX_WAKE_BITSET_PRIVATE, 9, NULL, NULL, 6));
	end(t, 2);
	t_ret("no bits", futex(&word, FUTEX_WAKE_BITSET, 9, NULL, NULL, 0));
	t_ret("odd address",
	      futex((void *)((char *)&word + 2), FUTEX_WAKE, 1, NULL, NULL, 0));
}

static void requeueing(void)
{
	pthread_t t[4];

	begin(t, 4, 0);
	t_val("wake 1, move 2",
	      futex(&word, FUTEX_REQUEUE_PRIVATE, 1, (void *)2, &word2, 0));
	t_val("moved", futex(&word2, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0));
	t_val("left", futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0));
	end(t, 4);
	begin(t, 2, 0);
	t_val("compare fails",
	      futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)2, &word2, 5));
	t_val("compare holds",
	      futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 0, (void *)9, &word2, 0));
	t_val("moved", futex(&word2, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0));
	end(t, 2);
	t_ret("negative",
	      futex(&word, FUTEX_CMP_REQUEUE, -1, (void *)1, &word2, 0));
}

static void wake_op(void)
{
	pthread_t t[2];

	word2 = 5;
	begin(t, 2, 0);
	/* word2 += 3; wake one on word; and on word2 if it was 5 */
	t_val("add", futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, &word2,
			   FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_EQ, 5)));
	t_val("word2", word2);
	t_val("or", futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, &word2,
			  FUTEX_OP((FUTEX_OP_OR | FUTEX_OP_OPARG_SHIFT), 4,
				   FUTEX_OP_CMP_GT, 100)));
	t_val("word2", word2);
	futex(&word, FUTEX_WAKE_OP_PRIVATE, 0, (void *)0, &word2,
	      FUTEX_OP(FUTEX_OP_ANDN, 8, FUTEX_OP_CMP_NE, 0));
	t_val("andn", word2);
	futex(&word, FUTEX_WAKE_OP_PRIVATE, 0, (void *)0, &word2,
	      FUTEX_OP(FUTEX_OP_XOR, 3, FUTEX_OP_CMP_LT, 0));
	t_val("xor", word2);
	futex(&word, FUTEX_WAKE_OP_PRIVATE, 0, (void *)0, &word2,
	      FUTEX_OP(FUTEX_OP_SET, -1, FUTEX_OP_CMP_LE, 0));
	t_val("set", (int)word2);
	t_ret("no such operation",
	      futex(&word, FUTEX_WAKE_OP, 0, (void *)0, &word2,
		    FUTEX_OP(6, 0, FUTEX_OP_CMP_EQ, 0)));
	t_ret("bad second", futex(&word, FUTEX_WAKE_OP, 0, (void *)0, T_BAD,
				  FUTEX_OP(0, 0, 0, 0)));
	word2 = 0;
	end(t, 2);
}

static void shared(void)
{
	/* Two mappings of one file are one futex. */
	int fd = open("word", O_RDWR | O_CREAT, 0600);
	unsigned int *a, *b;
	struct timespec ts = {0, 1000000};

	if (ftruncate(fd, 4096) < 0)
		t_say("no file\n");
	a = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	b = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	*a = 7;
	t_ret("seen through the other", futex(b, FUTEX_WAIT, 7, &ts, NULL, 0));
	t_ret("changed", futex(b, FUTEX_WAIT, 6, &ts, NULL, 0));
}

int main(void)
{
	waiting();
	waking();
	requeueing();
	wake_op();
	shared();
	return 0;
}
