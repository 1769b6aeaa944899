/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rest of cancel.c, apart because it looks into musl's thread: the handlers
 * that are left run, then the thread ends with the value it began to end with.
 */
#include "pthread_impl.h"

_Noreturn void __pthread_unwind_next(void *buf)
{
	pthread_exit(__pthread_self()->result);
}
