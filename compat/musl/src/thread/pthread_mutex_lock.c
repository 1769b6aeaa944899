/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_mutex_lock(3), with a short way for recursive and error-checking
 * mutexes.  musl has one for normal mutexes only and goes through four
 * functions for the rest; SQLite's mutexes are recursive.
 *
 * The short way does what __pthread_mutex_trylock_owner() does for a mutex
 * that is private, not robust and has no priority inheritance: bits 4, 8 and
 * 128 of the type are clear.
 */
#include "pthread_impl.h"

int __pthread_mutex_lock(pthread_mutex_t *m)
{
	int type = m->_m_type, owner;
	pthread_t self;
	volatile void *next;

	if ((type & 15) == PTHREAD_MUTEX_NORMAL) {
		if (!a_cas(&m->_m_lock, 0, EBUSY))
			return 0;
		return __pthread_mutex_timedlock(m, 0);
	}
	if (type & ~3)
		return __pthread_mutex_timedlock(m, 0);
	self = __pthread_self();
	owner = a_cas(&m->_m_lock, 0, self->tid);
	if (owner) {
		if (owner != self->tid || type != PTHREAD_MUTEX_RECURSIVE ||
		    m->_m_count == INT_MAX)
			return __pthread_mutex_timedlock(m, 0);
		m->_m_count++;
		return 0;
	}
	/* The list of what this thread owns, for when it exits. */
	next = self->robust_list.head;
	m->_m_next = next;
	m->_m_prev = &self->robust_list.head;
	if (next != &self->robust_list.head)
		((volatile void *volatile *)next)[-1] = &m->_m_next;
	self->robust_list.head = &m->_m_next;
	return 0;
}

weak_alias(__pthread_mutex_lock, pthread_mutex_lock);
