/* SPDX-License-Identifier: BSD-2-Clause */
/* page.c: the frame allocator and kernel stacks against a list of owners. */
#include "mem.h"
#include <stdlib.h>

#define NOBODY 0xffffu

static void stamp(pfn_t pfn, unsigned int order, uint64_t who)
{
	for (pfn_t i = 0; i < 1u << order; i++)
		*(uint64_t *)pfn_to_virt(pfn + i) = who + i;
}

static int stamped(pfn_t pfn, unsigned int order, uint64_t who)
{
	for (pfn_t i = 0; i < 1u << order; i++) {
		if (*(uint64_t *)pfn_to_virt(pfn + i) != who + i)
			return 0;
	}
	return 1;
}

struct held {
	pfn_t pfn;
	unsigned int order;
	uint64_t who;
};

/* Allocate and free at random, mostly allocating until memory is out. */
static void churn(unsigned int rounds, unsigned int max_order)
{
	static struct held held[20000];
	unsigned int n = 0, failures = 0;
	uint64_t who = 1000;

	for (unsigned int r = 0; r < rounds; r++) {
		int drain = r / 4000 % 2;

		if (n && rnd(4) < (drain ? 3u : 1u)) {
			unsigned int i = rnd(n);

			CHECK(stamped(held[i].pfn, held[i].order, held[i].who));
			page_free(held[i].pfn, held[i].order);
			held[i] = held[--n];
			continue;
		}
		held[n].order = rnd(max_order + 1);
		held[n].pfn = page_alloc(PAGE_ANON, held[n].order);
		if (held[n].pfn == PFN_NONE) {
			failures++;
			continue;
		}
		CHECK(held[n].pfn % (1u << held[n].order) == 0);
		held[n].who = who += 1000;
		stamp(held[n].pfn, held[n].order, who);
		n++;
	}
	CHECK(failures > 0);
	while (n--) {
		CHECK(stamped(held[n].pfn, held[n].order, held[n].who));
		page_free(held[n].pfn, held[n].order);
	}
	CHECK(page_use_count(PAGE_ANON) == 0);
}

void test_page_random(void)
{
	size_t before;

	boot(1, 6000);
	/* Touch everything once, so that all metadata exists. */
	churn(20000, 3);
	before = page_free_count();
	churn(20000, 5);
	CHECK(page_free_count() == before);
	CHECK(page_alloc(PAGE_ANON, PAGE_MAX_ORDER + 1) == PFN_NONE);
	exit(unit_done());
}

void test_page_small_guest(void)
{
	size_t n = 0;
	pfn_t pfn;

	/* 4 MB with the image in the lower half; not aligned to a chunk. */
	boot(610, 1000);
	CHECK(page_total() == 390);
	while ((pfn = page_alloc(PAGE_ANON, 0)) != PFN_NONE) {
		CHECK(pfn >= 610 && pfn < 1000);
		n++;
	}
	/* Tables and metadata take a handful, the reserve the rest. */
	CHECK(n > 340 && n < 390);
	CHECK(page_alloc(PAGE_FILE, 0) == PFN_NONE);
	CHECK(page_available() == 0);
	CHECK(kmalloc(100) != NULL);
	CHECK(page_alloc(PAGE_TABLE, 0) != PFN_NONE);
	while (page_alloc(PAGE_KERNEL, 0) != PFN_NONE)
		;
	CHECK(page_free_count() > 0);
	while (page_alloc(PAGE_TABLE, 0) != PFN_NONE)
		;
	CHECK(page_free_count() == 0);
	exit(unit_done());
}

void test_page_ranges(void)
{
	const struct boot_range r[] = {{500, 580}, {1100, 1107}, {1200, 2100}};
	static unsigned char seen[4096];
	size_t before, n = 0;
	pfn_t pfn;

	boot_ranges(r, 3);
	page_donate(3000, 3300);
	before = page_free_count();
	while ((pfn = page_alloc(PAGE_ANON, 0)) != PFN_NONE) {
		CHECK(!seen[pfn]++);
		CHECK((pfn >= 500 && pfn < 580) ||
		      (pfn >= 1100 && pfn < 1107) ||
		      (pfn >= 1200 && pfn < 2100) ||
		      (pfn >= 3000 && pfn < 3300));
		stamp(pfn, 0, pfn);
		n++;
	}
	CHECK(n > before - 60);
	for (pfn = 0; pfn < 4096; pfn++) {
		if (seen[pfn]) {
			CHECK(stamped(pfn, 0, pfn));
			page_free(pfn, 0);
		}
	}
	CHECK(page_use_count(PAGE_ANON) == 0);
	exit(unit_done());
}

void test_stacks(void)
{
	void *top[40], *more;
	size_t before, n = 0;

	boot(100, 800);
	/* All that is made once is made. */
	for (int i = 0; i < 40; i++)
		top[i] = kstack_alloc();
	for (int i = 0; i < 40; i++)
		kstack_free(top[i]);
	before = page_free_count();
	for (int i = 0; i < 40; i++) {
		top[i] = kstack_alloc();
		CHECK(top[i] != NULL);
		memset((char *)top[i] - KSTACK_SIZE, i, KSTACK_SIZE);
	}
	for (int i = 0; i < 40; i++) {
		char *base = (char *)top[i] - KSTACK_SIZE;

		CHECK(base[0] == i && base[KSTACK_SIZE - 1] == i);
		CHECK(!plat_walk((uintptr_t)base - PAGE_SIZE, 1, NULL, NULL));
		kstack_free(top[i]);
	}
	CHECK(page_free_count() == before);
	while ((more = kstack_alloc()))
		n++;
	CHECK(n > 100);
	exit(unit_done());
}
