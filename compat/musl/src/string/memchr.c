/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

/*
 * Reads aligned blocks only.  C says that memchr() behaves as if it read
 * byte by byte and stopped, so n may be larger than what there is.
 */
void *memchr(const void *src, int c, size_t n)
{
	const char *s = src;
	const char *p = (char *)((uintptr_t)s & -VEC);
	px_vec v = px_fill(c);
	unsigned found;
	size_t left; /* bytes from p to the end */

	if (!n)
		return 0;
	left = n + (s - p);
	if (left < n)
		left = SIZE_MAX;
	found = px_mask(px_equal(px_load(p), v)) >> (s - p) << (s - p);
	while (!found) {
		if (left <= VEC)
			return 0;
		left -= VEC;
		p += VEC;
		found = px_mask(px_equal(px_load(p), v));
	}
	n = __builtin_ctz(found);
	return n < left ? (void *)(p + n) : 0;
}
