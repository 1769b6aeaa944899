/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ring.h: arithmetic of byte rings whose indices run freely and wrap at 2^32
 * (xen/io/console.h; also our own stdin buffer). size is a power of two. Pure:
 * no barriers and no shared memory rules here, those are the caller's.
 */
#ifndef XEN_RING_H
#define XEN_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes in the ring; a broken other side cannot make it more than size. */
static inline uint32_t ring_used(uint32_t prod, uint32_t cons, uint32_t size)
{
	uint32_t used = prod - cons;

	return used > size ? size : used;
}

/* Is it possible? If not, the other side is broken or means harm. */
static inline bool ring_sane(uint32_t prod, uint32_t cons, uint32_t size)
{
	return prod - cons <= size;
}

static inline uint32_t ring_free(uint32_t prod, uint32_t cons, uint32_t size)
{
	return size - ring_used(prod, cons, size);
}

/* Copy n bytes (at most ring_free()) in at index prod. */
static inline void ring_put(char *ring, uint32_t size, uint32_t prod,
			    const void *src, uint32_t n)
{
	uint32_t at = prod & (size - 1);
	uint32_t first = n < size - at ? n : size - at;

	__builtin_memcpy(ring + at, src, first);
	__builtin_memcpy(ring, (const char *)src + first, n - first);
}

/* Copy n bytes (at most ring_used()) out from index cons. */
static inline void ring_get(const char *ring, uint32_t size, uint32_t cons,
			    void *dst, uint32_t n)
{
	uint32_t at = cons & (size - 1);
	uint32_t first = n < size - at ? n : size - at;

	__builtin_memcpy(dst, ring + at, first);
	__builtin_memcpy((char *)dst + first, ring, n - first);
}

#endif
