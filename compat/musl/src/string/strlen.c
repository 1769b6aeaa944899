/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

size_t strlen(const char *s)
{
	const char *p = (char *)((uintptr_t)s & -VEC);
	const px_vec zero = px_fill(0);
	unsigned found;

	found = px_mask(px_equal(px_load(p), zero)) >> (s - p);
	if (found)
		return __builtin_ctz(found);
	/* One by one up to a border of 64, then four at once: 64 aligned bytes
	 * do not cross a page either. */
	for (p += VEC; (uintptr_t)p & 63; p += VEC) {
		found = px_mask(px_equal(px_load(p), zero));
		if (found)
			return p - s + __builtin_ctz(found);
	}
	for (;; p += 64) {
		px_vec low = px_min(px_load(p), px_load(p + 16));
		px_vec high = px_min(px_load(p + 32), px_load(p + 48));

		if (px_mask(px_equal(px_min(low, high), zero)))
			break;
	}
	for (;; p += VEC) {
		found = px_mask(px_equal(px_load(p), zero));
		if (found)
			return p - s + __builtin_ctz(found);
	}
}
