/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What glibc's <pthread.h> and <sched.h> have beyond POSIX and musl lacks. An
 * attribute that nothing can act upon is kept and given back.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>

/* What unloading a library would take back: nothing is ever unloaded. */
int __register_atfork(void (*prepare)(void), void (*parent)(void),
		      void (*child)(void), void *dso)
{
	return pthread_atfork(prepare, parent, child);
}

/*
 * Whether readers or writers go first: musl's locks let readers in while a
 * reader is in, which is glibc's default. The kind lies in a word of the
 * attribute that musl does not use.
 */
enum { RWLOCK_KINDS = 3 };

int pthread_rwlockattr_setkind_np(pthread_rwlockattr_t *attr, int kind)
{
	if (kind < 0 || kind >= RWLOCK_KINDS)
		return EINVAL;
	attr->__attr[1] = kind;
	return 0;
}

int pthread_rwlockattr_getkind_np(const pthread_rwlockattr_t *attr, int *kind)
{
	*kind = attr->__attr[1];
	return 0;
}

/* One virtual CPU, the first: a set without it is one with no CPU at all. */
int pthread_attr_setaffinity_np(pthread_attr_t *attr, size_t size,
				const cpu_set_t *set)
{
	return set && size && !CPU_ISSET_S(0, size, set) ? EINVAL : 0;
}

int pthread_attr_getaffinity_np(const pthread_attr_t *attr, size_t size,
				cpu_set_t *set)
{
	if (!size)
		return EINVAL;
	memset(set, 0, size);
	CPU_SET_S(0, size, set);
	return 0;
}

/* The old functions that give a stack in two parts. */
int pthread_attr_setstackaddr(pthread_attr_t *attr, void *top)
{
	size_t size;
	int err = pthread_attr_getstacksize(attr, &size);

	return err ? err
		   : pthread_attr_setstack(attr, (char *)top - size, size);
}

int pthread_attr_getstackaddr(const pthread_attr_t *attr, void **top)
{
	void *start;
	size_t size;
	int err = pthread_attr_getstack(attr, &start, &size);

	if (!err)
		*top = (char *)start + size;
	return err;
}

/* There are no locks with a ceiling (pthread_mutexattr_setprotocol(3)). */
int pthread_mutexattr_setprioceiling(pthread_mutexattr_t *attr, int ceiling)
{
	return ceiling < 1 || ceiling > 99 ? EINVAL : ENOTSUP;
}

int pthread_mutexattr_getprioceiling(const pthread_mutexattr_t *attr,
				     int *ceiling)
{
	*ceiling = 1;
	return 0;
}
