/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_key_create(3): musl's, with as many keys as glibc has. Programs with
 * many libraries use more than musl's 128. A thread's values take 8 KiB of
 * address space then; memory only where they are set.
 */
#include "pthread_impl.h"

#undef PTHREAD_KEYS_MAX
#define PTHREAD_KEYS_MAX 1024

#include "src/thread/pthread_key_create.c"
