/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __unmapself: the last act of a detached thread, munmap() of the stack that
 * it stands on and exit.  The runtime does both from its own stack.
 */
#include "pthread_impl.h"

_Noreturn void px_unmapself(void *base, unsigned long size);

void __unmapself(void *base, size_t size)
{
	px_unmapself(base, size);
}
