/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pvclock.h: Xen's conversion of time stamp counter ticks to nanoseconds
 * (xen/xen.h at struct vcpu_time_info). Pure, so that tests/unit/xen_clock.c
 * can check it natively.
 */
#ifndef XEN_PVCLOCK_H
#define XEN_PVCLOCK_H

#include <stdint.h>

/* ((ticks << shift) * mul) >> 32, a negative shift being one to the right. The
 * product has up to 96 bits. */
static inline uint64_t pvclock_ticks_to_ns(uint64_t ticks, uint32_t mul,
					   int8_t shift)
{
	if (shift >= 0)
		ticks <<= shift;
	else
		ticks >>= -shift;
	return (uint64_t)(((unsigned __int128)ticks * mul) >> 32);
}

#endif
