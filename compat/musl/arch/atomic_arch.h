/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * atomic_arch.h: musl's own, with another a_crash().
 *
 * musl ends a program whose heap or locks are corrupt with hlt, which faults
 * in user mode only.  ud2 faults everywhere: in ring 0 hlt would sleep.
 */
#include_next "atomic_arch.h"

#undef a_crash
#define a_crash px_crash
static inline void px_crash(void)
{
	__asm__ __volatile__("ud2" : : : "memory");
}
