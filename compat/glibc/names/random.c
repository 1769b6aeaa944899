/* SPDX-License-Identifier: BSD-2-Clause */
/* arc4random(3): random numbers that cannot be foretold and never fail. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

void arc4random_buf(void *to, size_t n)
{
	unsigned char *p = to;

	while (n) {
		ssize_t got = getrandom(p, n, 0);

		if (got < 0) {
			if (errno == EINTR)
				continue;
			/* What would follow is not random: end here. */
			abort();
		}
		p += got;
		n -= got;
	}
}

uint32_t arc4random(void)
{
	uint32_t value;

	arc4random_buf(&value, sizeof(value));
	return value;
}

/* Below limit, each value as likely as another. */
uint32_t arc4random_uniform(uint32_t limit)
{
	uint32_t uneven, value;

	if (limit < 2)
		return 0;
	/* 2^32 modulo limit: as many values too many to be dealt evenly. */
	uneven = -limit % limit;
	do {
		value = arc4random();
	} while (value < uneven);
	return value % limit;
}
