/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rxpage.c: frames for received packets (rxpage.h). The free ones are a list
 * through their metadata (next); prev says whose packets they held. PG_RX goes
 * with the frame's metadata when somebody else gives it back by page_put().
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/rxpage.h>

/* Free frames that are kept: a 128th of memory, at most so many. */
#define KEEP_MAX 256u

static pfn_t first = PFN_NONE;
static uint32_t nr_free;

pfn_t rxpage_alloc(uint32_t source)
{
	pfn_t pfn = first;
	struct page *pg;

	if (pfn == PFN_NONE) {
		pfn = page_zalloc(PAGE_KERNEL);
		if (pfn == PFN_NONE)
			return PFN_NONE;
		pg = pfn_to_page(pfn);
		pg->flags |= PG_RX;
	} else {
		pg = pfn_to_page(pfn);
		first = pg->next;
		nr_free--;
		if (pg->prev != source)
			memset(pfn_to_virt(pfn), 0, PAGE_SIZE);
	}
	pg->prev = source;
	return pfn;
}

void rxpage_put(pfn_t pfn)
{
	struct page *pg = pfn_to_page(pfn);

	if (pg->refs > 1 || !(pg->flags & PG_RX) ||
	    nr_free >= MIN(page_total() / 128, KEEP_MAX)) {
		page_put(pfn);
		return;
	}
	pg->next = first;
	first = pfn;
	nr_free++;
}

size_t rxpage_count(void)
{
	return nr_free;
}
