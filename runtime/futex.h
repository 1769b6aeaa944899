/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex.h: inside the futex code.
 *
 * futex.c		the table of waiters; WAIT, WAKE, REQUEUE
 * futex_robust.c	what happens to robust futexes at a thread's end
 * futex_rest.c		the operations that libc's ordinary locks do not use
 * futex_pi.c		locks with priority inheritance
 * futex_pi_requeue.c	moving waiters from a condition variable to such a lock
 * futex_waitv.c	waiting for one of many
 *
 * futex_rest.c and what it calls are in an image only if its program can ask
 * for them: syscall(2), pthread_mutexattr_setprotocol(3).
 */
#ifndef RUNTIME_FUTEX_H
#define RUNTIME_FUTEX_H

#include <posixen/ktime.h>
#include <posixen/thread.h>
#include <linux/futex.h>

/* The word that is waited for: its address, or for shared futexes the page
 * frame and offset, so that two mappings of one file meet. */
struct futex_key {
	uintptr_t where;
	bool shared;
};

struct pi_lock;

struct futex_waiter {
	struct list link;
	struct futex_key key;
	uint32_t bitset;
	bool woken;
	struct thread *thread;
	/* WAIT_REQUEUE_PI: the lock that it may be moved to, else NULL. */
	const struct futex_key *moves_to;
	struct pi_lock *lock; /* that it waits for, else NULL */
	uint32_t *word;	      /* of lock, the program's address */
};

/* What futex(2) passes on to the operations. */
struct futex_call {
	uint32_t *uaddr, *uaddr2;
	int op;
	uint32_t val, val2, val3;
	uint64_t at; /* time-out: a moment of the clock, or WAIT_FOREVER */
	bool shared, real;
};

/* The operations of futex_rest.c; NULL where the image has none. */
struct futex_rest {
	long (*call)(const struct futex_call *c); /* -ENOSYS: no such one */
	void (*owner_exits)(struct thread *t);
	void (*priority_changed)(struct thread *t);
};
extern const struct futex_rest *futex_rest;

/* 0, -EINVAL for an odd address, -EFAULT. */
int futex_key(const uint32_t *uaddr, bool shared, struct futex_key *k);
bool futex_same(const struct futex_key *a, const struct futex_key *b);
/* Does the word hold val? 0, -EAGAIN if not, -EFAULT. */
int futex_expect(const uint32_t *uaddr, uint32_t val);
/* The list that holds all waiters for k, and others. */
struct list *futex_bucket(const struct futex_key *k);
/* The first waiter for k, or NULL. */
struct futex_waiter *futex_first(const struct futex_key *k);
/* Into the list of w->key: higher priorities first, then who came first. */
void futex_queue(struct futex_waiter *w);
/* Off the list, and ready to run. */
void futex_wake(struct futex_waiter *w);
/* At most n, at least one, as Linux does: how many, or -EINVAL if a waiter for
 * a lock with priority inheritance is among them. */
long futex_wake_key(const struct futex_key *k, unsigned int n, uint32_t bitset);

/* futex_pi.c */
long futex_lock_pi(const struct futex_call *c);
long futex_trylock_pi(const struct futex_call *c);
long futex_unlock_pi(const struct futex_call *c);
void futex_pi_owner_exits(struct thread *t);
void futex_pi_priority_changed(struct thread *t);
/*
 * Take the lock at uaddr for t, or find whom to wait for: 1 taken; 0 and *lock
 * (free it with pi_lock_unused() if nobody waits for it in the end); -EDEADLK,
 * -ESRCH, ... as futex(2) has them. mark: set FUTEX_WAITERS when taking it.
 */
int pi_take(uint32_t *uaddr, const struct futex_key *k, struct thread *t,
	    bool mark, struct pi_lock **lock);
void pi_lock_unused(struct pi_lock *lock);
/* Queue w for lock and lend its priority to the owner: 0, or -EDEADLK. */
int pi_enqueue(struct pi_lock *lock, struct futex_waiter *w);
/* w waits no longer and did not get the lock. */
void pi_dequeue(struct futex_waiter *w);

/* futex_pi_requeue.c */
long futex_wait_requeue_pi(const struct futex_call *c);
long futex_cmp_requeue_pi(const struct futex_call *c);

/* futex_robust.c */
/* FUTEX_WAKE, shared, as CLONE_CHILD_CLEARTID does at a thread's end. */
void futex_wake_word(uint32_t *uaddr, unsigned int n);
/* Mark and hand on the futexes that t still holds. */
void futex_exit(struct thread *t);

#endif
