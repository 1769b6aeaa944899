/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysconf(3): musl's, with the number of keys that a thread can really have
 * (src/thread/pthread_key_create.c).
 */
#include <limits.h>

#undef PTHREAD_KEYS_MAX
#define PTHREAD_KEYS_MAX 1024

#include "src/conf/sysconf.c"
