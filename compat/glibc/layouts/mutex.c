/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mutexes that were initialised statically by glibc's macros.
 *
 * PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP and the one for error-checking put
 * the kind into the fifth word, which musl does not use; musl has it in the
 * first, with the same numbers. The first lock puts it there. Two threads may
 * do so at once: they write the same. glibc's adaptive kind is a normal one
 * that spins.
 */
#include <pthread.h>
#include <time.h>

#include "layouts.h"

int __glibc_pthread_mutex_lock(pthread_mutex_t *mutex);
int __glibc_pthread_mutex_trylock(pthread_mutex_t *mutex);
int __glibc_pthread_mutex_timedlock(pthread_mutex_t *mutex,
				    const struct timespec *until);
int __glibc_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
				    const struct timespec *until);
int __glibc_pthread_mutexattr_settype(pthread_mutexattr_t *attr, int type);

/* Of names/clockwait.c. */
int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
			    const struct timespec *until);

static inline void take_kind(pthread_mutex_t *mutex)
{
	int *word = (int *)mutex;
	int kind = word[GLIBC_MUTEX_KIND];

	if (__builtin_expect(kind, 0) && !word[0] &&
	    kind != GLIBC_MUTEX_ADAPTIVE_NP)
		word[0] = kind;
}

int __glibc_pthread_mutex_lock(pthread_mutex_t *mutex)
{
	take_kind(mutex);
	return pthread_mutex_lock(mutex);
}

int __glibc_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	take_kind(mutex);
	return pthread_mutex_trylock(mutex);
}

int __glibc_pthread_mutex_timedlock(pthread_mutex_t *mutex,
				    const struct timespec *until)
{
	take_kind(mutex);
	return pthread_mutex_timedlock(mutex, until);
}

int __glibc_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
				    const struct timespec *until)
{
	take_kind(mutex);
	return pthread_mutex_clocklock(mutex, clock, until);
}

int __glibc_pthread_mutexattr_settype(pthread_mutexattr_t *attr, int type)
{
	if (type == GLIBC_MUTEX_ADAPTIVE_NP)
		type = PTHREAD_MUTEX_NORMAL;
	return pthread_mutexattr_settype(attr, type);
}
