/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xen/ring.h against a queue that is a plain array: random puts and gets, with
 * indices that start just before they wrap at 2^32.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "unit.h"
#include "../../xen/ring.h"

#define SIZE 64u

static char queue[SIZE + 1];
static uint32_t queued;

static void step(char *ring, uint32_t *prod, uint32_t *cons, char *next)
{
	char buf[SIZE];
	uint32_t n;

	CHECK(ring_used(*prod, *cons, SIZE) == queued);
	CHECK(ring_free(*prod, *cons, SIZE) == SIZE - queued);
	if (rand() & 1) {
		n = rand() % (SIZE - queued + 1);
		for (uint32_t i = 0; i < n; i++)
			buf[i] = (*next)++;
		ring_put(ring, SIZE, *prod, buf, n);
		*prod += n;
		memcpy(queue + queued, buf, n);
		queued += n;
	} else {
		n = rand() % (queued + 1);
		ring_get(ring, SIZE, *cons, buf, n);
		*cons += n;
		CHECK(memcmp(buf, queue, n) == 0);
		queued -= n;
		memmove(queue, queue + n, queued);
	}
}

/* No access may lie outside the ring: its neighbours keep their value. */
static void random_steps(uint32_t start)
{
	struct {
		char before[16], ring[SIZE], after[16];
	} m;
	char next = 0, mark[16];
	uint32_t prod = start, cons = start;

	memset(&m, 0x5a, sizeof(m));
	memset(mark, 0x5a, sizeof(mark));
	queued = 0;
	for (int i = 0; i < 5000; i++)
		step(m.ring, &prod, &cons, &next);
	CHECK(memcmp(m.before, mark, sizeof(mark)) == 0);
	CHECK(memcmp(m.after, mark, sizeof(mark)) == 0);
}

int main(void)
{
	srand(1);
	random_steps(0);
	random_steps(UINT32_MAX - 100);
	random_steps(UINT32_MAX);

	/* Full and empty, across the wrap. */
	CHECK(ring_used(5, 5, SIZE) == 0 && ring_free(5, 5, SIZE) == SIZE);
	CHECK(ring_used(10, 10 - SIZE, SIZE) == SIZE);
	CHECK(ring_free(10, 10 - SIZE, SIZE) == 0);
	/* A broken other side claims more than there can be. */
	CHECK(ring_used(5, 6, SIZE) == SIZE && ring_free(5, 6, SIZE) == 0);
	CHECK(ring_used(1000, 0, SIZE) == SIZE);
	return unit_done();
}
