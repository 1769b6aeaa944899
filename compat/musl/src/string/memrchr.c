/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

/* Reads aligned blocks only, from the one with the last byte down. */
void *__memrchr(const void *src, int c, size_t n)
{
	const char *s = src, *p;
	px_vec v = px_fill(c);
	unsigned found;

	if (!n)
		return 0;
	p = (char *)((uintptr_t)(s + n - 1) & -VEC);
	found = px_mask(px_equal(px_load(p), v));
	found &= 0xffffU >> (p + VEC - (s + n));
	while (!found) {
		if (p <= s)
			return 0;
		p -= VEC;
		found = px_mask(px_equal(px_load(p), v));
	}
	p += 31 - __builtin_clz(found);
	return p >= s ? (void *)p : 0;
}

weak_alias(__memrchr, memrchr);
