/* SPDX-License-Identifier: BSD-2-Clause */
/* page_index.c: the sparse array of pages against a plain list. */
#include <stdlib.h>
#include "../unit.h"
#include "fake.h"
#include "../../../vfs/page_index.h"

#define MOST 300

static uint64_t idx[MOST];
static uint32_t word[MOST];
static int count;

static int position(uint64_t i)
{
	int k = 0;

	while (k < count && idx[k] != i)
		k++;
	return k;
}

static uint64_t random_idx(void)
{
	static const uint64_t base[] = {
		0,	    60,		64,
		4095,	    4096,	262143,
		1ULL << 30, 1ULL << 40, (1ULL << 51) - 70};

	return base[random() % 9] + (uint64_t)random() % 70;
}

static void check_next(struct page_index *pi, uint64_t from)
{
	uint64_t found = 0, best = UINT64_MAX;
	uint32_t w = 0;
	bool any = page_index_next(pi, from, &found, &w);

	for (int k = 0; k < count; k++)
		if (idx[k] >= from && idx[k] < best)
			best = idx[k];
	CHECK(any == (best != UINT64_MAX));
	if (any)
		CHECK(found == best && w == word[position(best)]);
}

static void step(struct page_index *pi)
{
	uint64_t i = random_idx();
	int k = position(i), err;

	CHECK(page_index_get(pi, i) == (k < count ? word[k] : 0));
	check_next(pi, i);
	if (random() % 5 < 2 + (count < 100) && (k < count || count < MOST)) {
		uint32_t w = (uint32_t)random() + 1;

		/* A shortage now and then leaves everything as it was. */
		fake_fail_at =
			random() % 4
				? 0
				: fake_allocs + 1 + (unsigned long)random() % 3;
		err = page_index_set(pi, i, w);
		fake_fail_at = 0;
		if (err)
			return;
		idx[k] = i;
		word[k] = w;
		count += k == count;
	} else {
		CHECK(page_index_remove(pi, i) == (k < count ? word[k] : 0));
		if (k == count)
			return;
		idx[k] = idx[--count];
		word[k] = word[count];
	}
}

int main(void)
{
	struct page_index pi = {0};
	size_t bytes;

	fake_init();
	bytes = fake_bytes;
	srandom(7);
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < 3000; i++)
			step(&pi);
		while (count) {
			page_index_remove(&pi, idx[count - 1]);
			count--;
		}
		CHECK(!pi.root && !pi.single);
		CHECK(fake_bytes == bytes);
	}
	return unit_done();
}
