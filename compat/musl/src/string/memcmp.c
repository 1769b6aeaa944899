/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

/* The order of two different words of memory, by their first different byte. */
PX_INLINE_STR int order(uint64_t a, uint64_t b)
{
	return __builtin_bswap64(a) < __builtin_bswap64(b) ? -1 : 1;
}

static int compare_small(const unsigned char *a, const unsigned char *b,
			 size_t n)
{
	uint64_t x, y;

	if (n >= 8) {
		x = *(px_u64_u *)a;
		y = *(px_u64_u *)b;
		if (x != y)
			return order(x, y);
		x = *(px_u64_u *)(a + n - 8);
		y = *(px_u64_u *)(b + n - 8);
		return x == y ? 0 : order(x, y);
	}
	if (n >= 4) {
		/* Both ends in one word, the first end in its low half. */
		x = *(px_u32_u *)(a + n - 4);
		y = *(px_u32_u *)(b + n - 4);
		x = x << 32 | *(px_u32_u *)a;
		y = y << 32 | *(px_u32_u *)b;
		return x == y ? 0 : order(x, y);
	}
	for (; n; n--, a++, b++)
		if (*a != *b)
			return *a - *b;
	return 0;
}

int memcmp(const void *va, const void *vb, size_t n)
{
	const unsigned char *a = va, *b = vb;
	unsigned differ;
	size_t i = 0;

	if (n < 16)
		return compare_small(a, b, n);
	for (;;) {
		differ = px_mask(px_equal(px_loadu(a + i), px_loadu(b + i))) ^
			 0xffff;
		if (differ) {
			i += __builtin_ctz(differ);
			return a[i] - b[i];
		}
		i += 16;
		if (i == n)
			return 0;
		if (i > n - 16)
			i = n - 16; /* looks at some bytes again */
	}
}
