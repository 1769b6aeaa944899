/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread attributes that pthread_create() uses when given none.
 *
 * musl gives a thread 128 KB of stack; programs written on Linux were tested
 * with 8 MB, the usual RLIMIT_STACK and so glibc's default, and overflow less
 * silently.  A stack costs address space only: its pages appear when touched.
 */
#include "pthread_impl.h"

unsigned __default_stacksize = 8 << 20;
unsigned __default_guardsize = DEFAULT_GUARD_SIZE;
