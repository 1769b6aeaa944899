/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In place of libstdc++'s os_defines.h for glibc, which asks for glibc's
 * version. What it decides must be as libstdc++.a was compiled: against a
 * glibc that is newer than 2.34.
 */
#ifndef _GLIBCXX_OS_DEFINES
#define _GLIBCXX_OS_DEFINES 1

/* libstdc++ calls the functions, never macros, of <ctype.h>. */
#define __NO_CTYPE 1

#include <features.h>

/* musl has the structure, but not this second name of a pointer to it. */
typedef struct __locale_struct *__locale_t;

/* isinf() and isnan() of <math.h> are macros alone. */
#define _GLIBCXX_NO_OBSOLETE_ISINF_ISNAN_DYNAMIC 1

/* Threads are part of libc: no weak references, which an archive leaves 0. */
#define _GLIBCXX_GTHREAD_USE_WEAK 0
#define _GLIBCXX_NATIVE_THREAD_ID pthread_self()

#endif
