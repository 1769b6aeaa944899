/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

/* strchr(), strsep() and others of musl are made of this one. */
char *__strchrnul(const char *s, int c)
{
	const char *p = (char *)((uintptr_t)s & -VEC);
	const px_vec zero = px_fill(0), v = px_fill(c);
	px_vec block = px_load(p);
	unsigned found;

	found = px_mask(px_equal(block, zero) | px_equal(block, v));
	found = found >> (s - p) << (s - p);
	while (!found) {
		p += VEC;
		block = px_load(p);
		found = px_mask(px_equal(block, zero) | px_equal(block, v));
	}
	return (char *)p + __builtin_ctz(found);
}

weak_alias(__strchrnul, strchrnul);
