/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

void *memset(void *dest, int c, size_t n)
{
	char *d = dest;
	px_vec v = px_fill(c);
	uint64_t w = (unsigned char)c * 0x0101010101010101ULL;

	if (n < 16) {
		if (n >= 8) {
			*(px_u64_u *)d = w;
			*(px_u64_u *)(d + n - 8) = w;
		} else if (n >= 4) {
			*(px_u32_u *)d = w;
			*(px_u32_u *)(d + n - 4) = w;
		} else if (n >= 2) {
			*(px_u16_u *)d = w;
			*(px_u16_u *)(d + n - 2) = w;
		} else if (n) {
			*d = c;
		}
		return dest;
	}
	px_storeu(d, v);
	px_storeu(d + n - 16, v);
	if (n <= 32)
		return dest;
	px_storeu(d + 16, v);
	px_storeu(d + n - 32, v);
	if (n <= 64)
		return dest;
	px_storeu(d + 32, v);
	px_storeu(d + 48, v);
	px_storeu(d + n - 64, v);
	px_storeu(d + n - 48, v);
	if (n <= 128)
		return dest;
	/* The first and the last 64 bytes are done. */
	for (size_t i = 64 - ((uintptr_t)d & 15); i < n - 64; i += 64) {
		px_store(d + i, v);
		px_store(d + i + 16, v);
		px_store(d + i + 32, v);
		px_store(d + i + 48, v);
	}
	return dest;
}
