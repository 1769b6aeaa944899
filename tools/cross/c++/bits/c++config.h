/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libstdc++'s c++config.h says which of glibc's functions its headers may use
 * in what they compile into a program. Taken back here: those that musl's
 * headers do not declare. Where they have another way, it is as good.
 */
#include_next <bits/c++config.h>

#undef _GLIBCXX_USE_UCHAR_C8RTOMB_MBRTOC8_FCHAR8_T
#undef _GLIBCXX_USE_UCHAR_C8RTOMB_MBRTOC8_CXX20

/* Those that musl's headers lack but compat/glibc has. */
#if __cplusplus >= 201103L
#include <pthread.h>
#include <time.h>

extern "C" {
int pthread_cond_clockwait(pthread_cond_t *, pthread_mutex_t *, clockid_t,
			   const struct timespec *);
int pthread_mutex_clocklock(pthread_mutex_t *, clockid_t,
			    const struct timespec *);
int pthread_rwlock_clockrdlock(pthread_rwlock_t *, clockid_t,
			       const struct timespec *);
int pthread_rwlock_clockwrlock(pthread_rwlock_t *, clockid_t,
			       const struct timespec *);
}
#endif
