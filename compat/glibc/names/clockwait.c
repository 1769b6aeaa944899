/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting until a time of a clock that the caller names (POSIX.1-2024:
 * pthread_cond_clockwait() and its kin). musl's waits know one clock, so the
 * end is put in terms of that one, and a wait that ended too early for the
 * caller's clock is begun again.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <time.h>

#define NSEC 1000000000L

/* Where musl 1.2.3 keeps a condition's clock (pthread_impl.h: _c_clock). */
#define COND_CLOCK(cond) ((cond)->__u.__i[4])

static bool usable(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

static struct timespec now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t;
}

static bool has_come(clockid_t clock, const struct timespec *end)
{
	struct timespec t = now(clock);

	return t.tv_sec > end->tv_sec ||
	       (t.tv_sec == end->tv_sec && t.tv_nsec >= end->tv_nsec);
}

/* The time by clock to that will be when it is end by clock from. */
static struct timespec convert(clockid_t from, const struct timespec *end,
			       clockid_t to)
{
	struct timespec a, b;

	if (from == to || end->tv_nsec < 0 || end->tv_nsec >= NSEC)
		return *end;
	a = now(from);
	b = now(to);
	b.tv_sec += end->tv_sec - a.tv_sec;
	b.tv_nsec += end->tv_nsec - a.tv_nsec;
	if (b.tv_nsec < 0) {
		b.tv_nsec += NSEC;
		b.tv_sec--;
	} else if (b.tv_nsec >= NSEC) {
		b.tv_nsec -= NSEC;
		b.tv_sec++;
	}
	return b;
}

/*
 * The error of wait, an expression that waits until &t by CLOCK_REALTIME, done
 * again while it ends before the caller's clock is there.
 */
#define UNTIL(clock, end, wait)                                                \
	({                                                                     \
		int err_ = EINVAL;                                             \
                                                                               \
		if (usable(clock))                                             \
			do {                                                   \
				struct timespec t =                            \
					convert(clock, end, CLOCK_REALTIME);   \
                                                                               \
				err_ = (wait);                                 \
			} while (err_ == ETIMEDOUT && !has_come(clock, end));  \
		err_;                                                          \
	})

/* A wait may end without cause, so one that ended early need not go on. */
int pthread_cond_clockwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
			   clockid_t clock, const struct timespec *end)
{
	struct timespec t;
	int err;

	if (!usable(clock))
		return EINVAL;
	t = convert(clock, end, COND_CLOCK(cond));
	err = pthread_cond_timedwait(cond, mutex, &t);
	return err == ETIMEDOUT && !has_come(clock, end) ? 0 : err;
}

int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
			    const struct timespec *end)
{
	return UNTIL(clock, end, pthread_mutex_timedlock(mutex, &t));
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
			       const struct timespec *end)
{
	return UNTIL(clock, end, pthread_rwlock_timedrdlock(lock, &t));
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
			       const struct timespec *end)
{
	return UNTIL(clock, end, pthread_rwlock_timedwrlock(lock, &t));
}

int pthread_clockjoin_np(pthread_t thread, void **result, clockid_t clock,
			 const struct timespec *end)
{
	if (!end)
		return pthread_join(thread, result);
	return UNTIL(clock, end, pthread_timedjoin_np(thread, result, &t));
}

int sem_clockwait(sem_t *sem, clockid_t clock, const struct timespec *end)
{
	int err = UNTIL(clock, end, sem_timedwait(sem, &t) ? errno : 0);

	if (!err)
		return 0;
	errno = err;
	return -1;
}
