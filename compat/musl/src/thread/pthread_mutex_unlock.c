/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_mutex_unlock(3): the short way back from pthread_mutex_lock.c, and
 * musl's own function for all other kinds of mutexes.
 */
#include "pthread_impl.h"

/* Not inlined: the short way then saves no registers. */
static __attribute__((__noinline__)) int full_unlock(pthread_mutex_t *m);

#define __pthread_mutex_unlock full_unlock
#undef weak_alias
#define weak_alias(old, new)
#include "src/thread/pthread_mutex_unlock.c"
#undef __pthread_mutex_unlock

static __attribute__((__noinline__)) int wake_one(pthread_mutex_t *m)
{
	__wake(&m->_m_lock, 1, 1);
	return 0;
}

int __pthread_mutex_unlock(pthread_mutex_t *m)
{
	int type = m->_m_type, waiters;
	volatile void *volatile *prev;
	volatile void *next;
	pthread_t self;

	if (!type || type & ~3)
		return full_unlock(m);
	self = __pthread_self();
	if ((m->_m_lock & 0x3fffffff) != self->tid)
		return EPERM;
	if (type == PTHREAD_MUTEX_RECURSIVE && m->_m_count) {
		m->_m_count--;
		return 0;
	}
	prev = (volatile void *volatile *)m->_m_prev;
	next = m->_m_next;
	*prev = next;
	if (next != &self->robust_list.head)
		((volatile void *volatile *)next)[-1] = prev;
	/* Once unlocked, the mutex may be another's to destroy. */
	waiters = m->_m_waiters;
	if (a_swap(&m->_m_lock, 0) < 0 || waiters)
		return wake_one(m);
	return 0;
}

extern __typeof(__pthread_mutex_unlock) pthread_mutex_unlock
	__attribute__((__weak__, __alias__("__pthread_mutex_unlock")));
