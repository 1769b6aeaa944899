/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

/* Up to three bytes to stop at: 16 bytes of s at a time. SQL's LIKE asks for
 * the upper and the lower case of one letter. */
static size_t span_few(const char *s, const char *reject)
{
	const char *p = (char *)((uintptr_t)s & -VEC);
	const px_vec zero = px_fill(0), a = px_fill(reject[0]);
	const px_vec b = px_fill(reject[1]);
	/* reject[2] is the terminator if there are two only. */
	const px_vec c = px_fill(reject[2]);
	px_vec v = px_load(p);
	unsigned found;

	found = px_mask(px_equal(v, zero) | px_equal(v, a) | px_equal(v, b) |
			px_equal(v, c));
	found = found >> (s - p) << (s - p);
	while (!found) {
		p += VEC;
		v = px_load(p);
		found = px_mask(px_equal(v, zero) | px_equal(v, a) |
				px_equal(v, b) | px_equal(v, c));
	}
	return p - s + __builtin_ctz(found);
}

size_t strcspn(const char *s, const char *reject)
{
	uint64_t set[4] = {1}; /* one bit for each byte; 0 ends s */
	const unsigned char *p;

	if (!reject[0] || !reject[1])
		return __strchrnul(s, reject[0]) - s;
	if (!reject[2] || !reject[3])
		return span_few(s, reject);
	for (p = (void *)reject; *p; p++)
		set[*p >> 6] |= 1ULL << (*p & 63);
	for (p = (void *)s; !(set[*p >> 6] >> (*p & 63) & 1); p++)
		;
	return (char *)p - s;
}
