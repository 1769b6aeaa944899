/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

int strncmp(const char *l, const char *r, size_t n)
{
	const unsigned char *a = (void *)l, *b = (void *)r;
	const px_vec zero = px_fill(0);

	while (n >= VEC) {
		unsigned stop;

		if (px_crosses_page(a, VEC) || px_crosses_page(b, VEC)) {
			for (size_t i = 0; i < VEC; i++, a++, b++)
				if (*a != *b || !*a)
					return *a - *b;
			n -= VEC;
			continue;
		}
		px_vec x = px_loadu(a), y = px_loadu(b);

		stop = px_mask(px_equal(px_min(x, px_equal(x, y)), zero));
		if (stop) {
			unsigned i = __builtin_ctz(stop);

			return a[i] - b[i];
		}
		a += VEC;
		b += VEC;
		n -= VEC;
	}
	for (; n; n--, a++, b++)
		if (*a != *b || !*a)
			return *a - *b;
	return 0;
}
