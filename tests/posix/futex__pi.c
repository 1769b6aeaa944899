/* SPDX-License-Identifier: BSD-2-Clause */
/* futex(): locks with priority inheritance, their words and errors. */
#include "t.h"
#include <linux/futex.h>
#include <pthread.h>
#include <time.h>

static unsigned int lock, plain, zero;
static int helper_tid;
static volatile int step;

static long futex(unsigned int *u, int op, unsigned int val, const void *ts,
		  unsigned int *u2, unsigned int val3)
{
	return syscall(SYS_futex, u, op, val, ts, u2, val3);
}

static int gettid_(void)
{
	return syscall(SYS_gettid);
}

/* The word, with this thread and the helper by name. */
static void word(const char *name, unsigned int w)
{
	unsigned int tid = w & FUTEX_TID_MASK;

	t_say("%s: %s%s%s\n", name,
	      tid == 0				? "free"
	      : tid == (unsigned int)gettid_()	? "mine"
	      : tid == (unsigned int)helper_tid ? "the other's"
						: "somebody's",
	      w & FUTEX_WAITERS ? " waiters" : "",
	      w & FUTEX_OWNER_DIED ? " died" : "");
}

static void uncontended(void)
{
	struct timespec bad = {0, 1000000000}, past = {1, 0};

	t_ret("lock", futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	word("word", lock);
	t_ret("again", futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	t_ret("try again", futex(&lock, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0));
	t_ret("unlock", futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	word("word", lock);
	t_ret("not mine", futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	t_ret("try", futex(&lock, FUTEX_TRYLOCK_PI_PRIVATE, 0, NULL, NULL, 0));
	t_ret("unlock",
	      futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0));
	t_ret("lock, past time-out, free",
	      futex(&lock, FUTEX_LOCK_PI, 0, &past, NULL, 0));
	t_ret("unlock", futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	t_ret("lock 2", futex(&lock, FUTEX_LOCK_PI2, 0, NULL, NULL, 0));
	t_ret("unlock", futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	t_ret("bad time", futex(&lock, FUTEX_LOCK_PI, 0, &bad, NULL, 0));
	t_ret("bad time's address",
	      futex(&lock, FUTEX_LOCK_PI, 0, T_BAD, NULL, 0));
	t_ret("odd address", futex((void *)((char *)&lock + 1), FUTEX_LOCK_PI,
				   0, NULL, NULL, 0));
	t_ret("bad address", futex(T_BAD, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	t_ret("unlock, bad address",
	      futex(T_BAD, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	t_ret("clock with LOCK_PI",
	      futex(&lock, FUTEX_LOCK_PI | 256, 0, NULL, NULL, 0));
	t_ret("clock with WAIT",
	      futex(&lock, FUTEX_WAIT | 256, 0, NULL, NULL, 0));
	lock = 4000000; /* nobody's number */
	t_ret("nobody's", futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	word("word", lock);
	lock = FUTEX_OWNER_DIED;
	t_ret("its owner died", futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	word("word", lock);
	t_ret("unlock", futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	word("word", lock);
}

static void until(int n)
{
	while (__atomic_load_n(&step, __ATOMIC_SEQ_CST) < n)
		usleep(1000);
}

static void *holds(void *arg)
{
	helper_tid = gettid_();
	futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
	step = 1;
	until(2);
	usleep(20000);
	futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
	until(3);
	t_ret("other waits", futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	word("its word has waiters", lock & ~FUTEX_TID_MASK);
	t_ret("other unlocks", futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	return NULL;
}

static void on_signal(int sig)
{
}

static void contended(void)
{
	struct sigaction sa = {.sa_handler = on_signal};
	struct timespec ts;
	pthread_t t;

	lock = step = 0;
	pthread_create(&t, NULL, holds, NULL);
	until(1);
	t_ret("try", futex(&lock, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0));
	word("word", lock);
	t_ret("not mine", futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	ts = (struct timespec){1, 0};
	t_ret("past", futex(&lock, FUTEX_LOCK_PI, 0, &ts, NULL, 0));
	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += 20000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	t_ret("time-out", futex(&lock, FUTEX_LOCK_PI, 0, &ts, NULL, 0));
	clock_gettime(CLOCK_MONOTONIC, &ts);
	t_ret("monotonic", futex(&lock, FUTEX_LOCK_PI2, 0, &ts, NULL, 0));
	clock_gettime(CLOCK_REALTIME, &ts);
	t_ret("real time", futex(&lock, FUTEX_LOCK_PI2 | FUTEX_CLOCK_REALTIME,
				 0, &ts, NULL, 0));
	/* A handler without SA_RESTART does not end the wait. */
	sigaction(SIGALRM, &sa, NULL);
	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += 60000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	ualarm(20000, 0);
	t_ret("interrupted", futex(&lock, FUTEX_LOCK_PI, 0, &ts, NULL, 0));
	word("word", lock);
	step = 2;
	futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
	word("word", lock & ~FUTEX_WAITERS);
	step = 3;
	while (!(__atomic_load_n(&lock, __ATOMIC_SEQ_CST) & FUTEX_WAITERS))
		usleep(1000);
	usleep(20000);
	t_ret("wake is for others", futex(&lock, FUTEX_WAKE, 1, NULL, NULL, 0));
	t_ret("requeue too",
	      futex(&lock, FUTEX_REQUEUE, 1, (void *)1, &plain, 0));
	t_ret("wake op too",
	      futex(&lock, FUTEX_WAKE_OP, 1, (void *)1, &plain, 0));
	futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
	pthread_join(t, NULL);
	word("in the end", lock);
}

static void *waits(void *arg)
{
	step = 1;
	futex(&plain, FUTEX_WAIT, 0, NULL, NULL, 0);
	return NULL;
}

/* Somebody waits for the word as for an ordinary futex. */
static void mixed(void)
{
	pthread_t t;

	plain = step = 0;
	pthread_create(&t, NULL, waits, NULL);
	until(1);
	usleep(20000);
	t_ret("lock, mixed", futex(&plain, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	plain = gettid_();
	t_ret("unlock, mixed",
	      futex(&plain, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	plain = 0;
	t_val("wake", futex(&plain, FUTEX_WAKE, 1, NULL, NULL, 0));
	pthread_join(t, NULL);
}

static unsigned int first, second;

static void *locks_other_way(void *arg)
{
	futex(&second, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
	step = 1;
	t_ret("first", futex(&first, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	futex(&first, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
	futex(&second, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
	return NULL;
}

static void deadlock(void)
{
	pthread_t t;

	step = 0;
	futex(&first, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
	pthread_create(&t, NULL, locks_other_way, NULL);
	until(1);
	while (!(__atomic_load_n(&first, __ATOMIC_SEQ_CST) & FUTEX_WAITERS))
		usleep(1000);
	usleep(20000);
	t_ret("each waits for the other",
	      futex(&second, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	futex(&first, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
	pthread_join(t, NULL);
	t_is("both free", first == 0 && (second & FUTEX_TID_MASK) == 0);
}

static void *dies(void *arg)
{
	futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
	step = 1;
	until(2);
	usleep(20000);
	return NULL;
}

/* Who ends with the lock gives it to who waits. */
static void owner_dies(void)
{
	pthread_t t;

	lock = step = 0;
	pthread_create(&t, NULL, dies, NULL);
	until(1);
	step = 2;
	t_ret("from the dead", futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	word("word", lock);
	t_ret("unlock", futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
	pthread_join(t, NULL);
}

int main(void)
{
	void *ro =
		mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	uncontended();
	contended();
	mixed();
	deadlock();
	owner_dies();
	t_ret("read-only", futex(ro, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
	t_val("zero", zero);
	return 0;
}
