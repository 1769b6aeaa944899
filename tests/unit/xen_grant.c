/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xen/grant.c over a table that this test shares with it as Xen would: which
 * references it gives, when it takes them back, and what it writes. Another
 * domain's use of an entry is its mark in the flags.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <linux/mman.h>
#include "unit.h"
#include <posixen/layout.h>
#include "../../xen/grant_table.h"

/* thread.h and grant.h as far as they matter here: their own do not stand
 * beside the C library's headers. */
struct timer {
	void *next, *prev;
	uint64_t deadline;
	void (*fn)(struct timer *t);
};
int grant_access(uint16_t domid, const void *page, bool readonly);
bool grant_end(uint32_t ref);
void grant_end_later(uint32_t ref, pfn_t pfn);
int grant_reserve(void);
void grant_set(uint32_t ref, uint16_t domid, const void *page, bool readonly);
bool grant_clear(uint32_t ref);
void grant_free(uint32_t ref);

#define PERMIT	  1 /* xen/grant_table.h, GTF_ */
#define READONLY  4
#define READING	  8
#define WRITING	  16
#define PER_FRAME 512
#define FIRST	  8
#define OFFSET	  1000 /* machine frames are page frames and so many */

struct entry {
	uint16_t flags, domid;
	uint32_t frame;
};
static volatile struct entry *const table = (struct entry *)GRANTS_BASE;

static unsigned int max_frames = 3;
static unsigned long fail_realloc;
static uint64_t now = 5;
static struct timer *armed;
static pfn_t put[16];
static unsigned int nr_put;

int grant_show_frame(unsigned int n, uintptr_t va)
{
	if (n >= max_frames)
		return -ENOSPC;
	return mmap((void *)va, PAGE_SIZE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
		    0) == (void *)va
		       ? 0
		       : -ENOMEM;
}

uint32_t grant_frame(pfn_t pfn)
{
	return pfn + OFFSET;
}

pfn_t grant_frame_pfn(uint32_t frame)
{
	return frame - OFFSET;
}

void *krealloc(void *p, size_t n)
{
	return fail_realloc ? NULL : realloc(p, n);
}

uint64_t plat_monotonic_ns(void)
{
	return now;
}

void timer_arm(struct timer *t, uint64_t deadline)
{
	t->deadline = deadline;
	armed = t;
}

void page_put(pfn_t pfn)
{
	put[nr_put++] = pfn;
}

static void fire(void)
{
	struct timer *t = armed;

	now = t->deadline;
	t->deadline = 0;
	armed = NULL;
	t->fn(t);
}

static const void *page(pfn_t pfn)
{
	return (const void *)(DIRECT_BASE + ((uintptr_t)pfn << PAGE_SHIFT));
}

static bool is(int ref, uint16_t flags, uint16_t domid, pfn_t pfn)
{
	return table[ref].flags == flags && table[ref].domid == domid &&
	       table[ref].frame == pfn + OFFSET;
}

static void one(void)
{
	int ref;

	fail_realloc = 1;
	CHECK(grant_access(3, page(77), true) == -ENOMEM);
	fail_realloc = 0;
	ref = grant_access(3, page(77), true);
	CHECK(ref == FIRST);
	CHECK(is(ref, PERMIT | READONLY, 3, 77));
	table[ref].flags |= READING;
	CHECK(!grant_end(ref));
	CHECK(table[ref].flags == (PERMIT | READONLY | READING));
	CHECK(grant_access(0, page(5), false) == FIRST + 1);
	CHECK(is(FIRST + 1, PERMIT, 0, 5));
	table[ref].flags &= ~READING;
	CHECK(grant_end(ref));
	CHECK(table[ref].flags == 0);
	/* Free again, and the first to be taken. */
	CHECK(grant_access(1, page(6), false) == ref);
	CHECK(grant_end(ref) && grant_end(FIRST + 1));
}

static void pool(void)
{
	int ref = grant_reserve();

	CHECK(ref > 0 && table[ref].flags == 0);
	for (pfn_t pfn = 20; pfn < 30; pfn++) {
		grant_set(ref, 9, page(pfn), pfn & 1);
		CHECK(is(ref, PERMIT | (pfn & 1 ? READONLY : 0), 9, pfn));
		table[ref].flags |= WRITING;
		CHECK(!grant_clear(ref));
		table[ref].flags &= ~WRITING;
		CHECK(grant_clear(ref) && table[ref].flags == 0);
	}
	grant_free(ref);
}

/* All there are: each once, none of the reserved ones, then an error. */
static void all(void)
{
	unsigned int n = max_frames * PER_FRAME - FIRST;
	static char seen[3 * PER_FRAME];
	int ref;

	for (unsigned int i = 0; i < n; i++) {
		ref = grant_access(0, page(i), false);
		if (ref < FIRST || ref >= 3 * PER_FRAME || seen[ref]) {
			CHECK(!"a reference twice, or none");
			return;
		}
		seen[ref] = 1;
	}
	CHECK(grant_reserve() == -ENOSPC);
	CHECK(grant_access(0, page(1), false) == -ENOSPC);
	for (int i = 0; i < FIRST; i++)
		CHECK(table[i].flags == 0 && table[i].frame == 0);
	CHECK(grant_end(700));
	CHECK(grant_reserve() == 700 && grant_reserve() == -ENOSPC);
	grant_free(700);
	for (int i = FIRST; i < 3 * PER_FRAME; i++)
		if (i != 700 && !grant_end(i))
			CHECK(!"an end");
}

static void later(void)
{
	int a = grant_access(0, page(40), false);
	int b = grant_access(0, page(41), false);
	int c = grant_access(0, page(42), false);
	uint64_t first;

	grant_end_later(a, 40);
	CHECK(nr_put == 1 && put[0] == 40 && !armed);
	table[b].flags |= READING;
	table[c].flags |= WRITING;
	grant_end_later(b, 41);
	first = armed->deadline;
	now++;
	grant_end_later(c, 42); /* puts nothing off */
	CHECK(nr_put == 1 && armed->deadline == first);
	for (int i = 0; i < 20; i++)
		fire();
	CHECK(nr_put == 1 && armed);
	/* Ever less often, but not less than that. */
	CHECK(armed->deadline - now == 5000000000u);
	CHECK(grant_reserve() == a); /* the others are not to be had */
	grant_free(a);
	table[b].flags &= ~READING;
	fire();
	CHECK(nr_put == 2 && put[1] == 41 && armed);
	table[c].flags &= ~WRITING;
	fire();
	CHECK(nr_put == 3 && put[2] == 42 && !armed);
	CHECK(table[b].flags == 0 && table[c].flags == 0);
}

int main(void)
{
	one();
	pool();
	all();
	later();
	return unit_done();
}
