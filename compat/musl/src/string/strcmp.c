/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_vector.h"

int strcmp(const char *l, const char *r)
{
	const unsigned char *a = (void *)l, *b = (void *)r;
	const px_vec zero = px_fill(0);

	for (;;) {
		unsigned stop;

		if (px_crosses_page(a, VEC) || px_crosses_page(b, VEC)) {
			/* Either may end before the page does. */
			for (size_t i = 0; i < VEC; i++, a++, b++)
				if (*a != *b || !*a)
					return *a - *b;
			continue;
		}
		/* A byte that differs or ends is zero in the minimum of a and
		 * "equal". */
		px_vec x = px_loadu(a), y = px_loadu(b);

		stop = px_mask(px_equal(px_min(x, px_equal(x, y)), zero));
		if (stop) {
			unsigned i = __builtin_ctz(stop);

			return a[i] - b[i];
		}
		a += VEC;
		b += VEC;
	}
}
