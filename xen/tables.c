/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tables.c: finding, making and dropping the tables themselves.
 *
 * A page that is part of a page table may not be mapped writable anywhere. So
 * a new table is filled as ordinary memory, then made read-only in the direct
 * map and hooked into its parent; a dropped one goes the other way.
 *
 * Where tables can be read: the builder's at its own mapping (boot_virt), all
 * others in the direct map. New ones come from page_alloc(PAGE_TABLE) by way of
 * a stock that is filled before work begins, because the allocator may call
 * plat_direct_map() and plat_map() in turn.
 */
#include <posixen/klog.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "pv.h"
#include "tables.h"

struct table root;
pfn_t boot_tables_first, boot_tables_end;

/* The level 1 table used last. */
static uintptr_t cached_va = 1; /* never the address of a chunk */
static struct table cached;

/* Chunks whose table became empty and was kept, oldest next. */
static uintptr_t empties[8];
static unsigned int oldest_empty;

/* Free table frames, linked through their first word. */
static pfn_t stock_head = PFN_NONE;
static unsigned int nr_stock;

static bool is_boot_table(pfn_t pfn)
{
	return pfn >= boot_tables_first && pfn < boot_tables_end;
}

static void open_table(struct table *t, uint64_t entry)
{
	t->maddr = entry & PTE_ADDR;
	t->pfn = mfn_to_pfn(t->maddr >> PAGE_SHIFT);
	t->e = is_boot_table(t->pfn) ? boot_virt(t->pfn) : pfn_to_virt(t->pfn);
}

int find_table(uintptr_t va, int wanted, struct table *t)
{
	int level = LEVELS;

	*t = root;
	while (level > wanted) {
		uint64_t entry = t->e[table_index(va, level)];

		if (!(entry & PTE_PRESENT))
			break;
		open_table(t, entry);
		level--;
	}
	return level;
}

bool find_l1(uintptr_t va, struct table *t)
{
	uintptr_t chunk = ALIGN_DOWN(va, CHUNK);

	if (chunk != cached_va) {
		struct table found;

		if (find_table(va, 1, &found) != 1)
			return false;
		cached = found;
		cached_va = chunk;
	}
	*t = cached;
	return true;
}

bool next_l1(uintptr_t *va, uintptr_t end, struct table *t)
{
	while (*va < end) {
		struct table found;
		int level;

		if (find_l1(*va, t))
			return true;
		level = find_table(*va, 1, &found);
		*va = ALIGN_DOWN(*va, entry_span(level)) + entry_span(level);
	}
	return false;
}

void stock_push(pfn_t pfn)
{
	*(uint64_t *)pfn_to_virt(pfn) = stock_head;
	stock_head = pfn;
	nr_stock++;
}

static void drop_if_empty(uintptr_t va)
{
	struct table t;

	if (va && find_table(va, 1, &t) == 1 && is_counted(va, t.pfn) &&
	    pfn_to_page(t.pfn)->next == 0)
		drop_table(va);
}

bool stock_for(unsigned int n)
{
	while (nr_stock < n) {
		pfn_t pfn = page_alloc(PAGE_TABLE, 0);

		if (pfn == PFN_NONE && oldest_empty) {
			oldest_empty = 0;
			for (size_t i = 0; i < ARRAY_SIZE(empties); i++)
				drop_if_empty(empties[i]);
			mmu_finish();
			continue;
		}
		if (pfn == PFN_NONE)
			return false;
		stock_push(pfn);
	}
	return true;
}

void stock_pop(struct table *t)
{
	assert(nr_stock > 0);
	t->pfn = stock_head;
	t->e = pfn_to_virt(stock_head);
	t->maddr = pfn_to_mfn(t->pfn) << PAGE_SHIFT;
	stock_head = t->e[0];
	nr_stock--;
	memset(t->e, 0, PAGE_SIZE);
}

unsigned int tables_missing(uintptr_t va, size_t n)
{
	uintptr_t end = va + n * PAGE_SIZE;
	unsigned int missing = 0;
	bool first = true;

	for (va = ALIGN_DOWN(va, CHUNK); va < end; va += CHUNK, first = false) {
		struct table t;
		int level = find_l1(va, &t) ? 1 : find_table(va, 1, &t);

		/* A higher table is counted with the first chunk in it. */
		for (int l = 1; l < level; l++)
			if (first || (va & (entry_span(l + 1) - 1)) == 0)
				missing++;
	}
	return missing;
}

/* Set the access of a table's frame in the direct map. */
static void set_direct(pfn_t pfn, uint64_t flags)
{
	uintptr_t va = (uintptr_t)pfn_to_virt(pfn);
	struct table t;

	if (find_table(va, 1, &t) != 1)
		panic("page table %#x is not in the direct map\n", pfn);
	mmu_update(entry_maddr(&t, table_index(va, 1)),
		   pfn_to_mfn(pfn) << PAGE_SHIFT | flags);
}

/* Tables of the runtime's half and the builder's stay for ever. */
bool is_counted(uintptr_t va, pfn_t pfn)
{
	return va < USER_MAX && pfn >= LOW_FIRST && !is_boot_table(pfn);
}

/* The owner's word of struct page holds the number of entries in use. */
void count_entries(uintptr_t va, pfn_t pfn, int by)
{
	if (is_counted(va, pfn))
		pfn_to_page(pfn)->next += by;
}

void hook_table(uintptr_t va, struct table t, unsigned int entries)
{
	if (is_counted(va, t.pfn))
		pfn_to_page(t.pfn)->next = entries;
	for (int level = 2;; level++) {
		unsigned int i = table_index(va, level);
		struct table parent;

		set_direct(t.pfn, PTE_RO_DATA);
		if (find_table(va, level, &parent) == level) {
			count_entries(va, parent.pfn, 1);
			mmu_update(entry_maddr(&parent, i),
				   t.maddr | PTE_TABLE);
			break;
		}
		stock_pop(&parent);
		parent.e[i] = t.maddr | PTE_TABLE;
		if (is_counted(va, parent.pfn))
			pfn_to_page(parent.pfn)->next = 1;
		t = parent;
	}
	/* The next walk must find it. */
	mmu_submit();
}

void drop_table(uintptr_t va)
{
	pfn_t dropped[LEVELS];
	unsigned int n = 0;
	struct table t;

	find_table(va, 1, &t);
	cached_va = 1;
	for (int level = 2;; level++) {
		struct table parent;

		dropped[n++] = t.pfn;
		find_table(va, level, &parent);
		if (level == LEVELS || !is_counted(va, parent.pfn) ||
		    pfn_to_page(parent.pfn)->next > 1) {
			count_entries(va, parent.pfn, -1);
			mmu_update(entry_maddr(&parent, table_index(va, level)),
				   0);
			break;
		}
		t = parent;
	}
	/* From top to bottom: each loses its last user before its page may be
	 * writable again. The flush also removes the read-only mapping. */
	while (n-- > 0) {
		set_direct(dropped[n], PTE_RW_DATA);
		mmu_free_later(dropped[n]);
	}
	mmu_flush_all();
}

/*
 * A program that maps and unmaps a little again and again would have a table
 * made and dropped each time, which costs sixty times as much as an entry. So
 * the last few stay.
 */
void keep_empty_table(uintptr_t va)
{
	uintptr_t chunk = ALIGN_DOWN(va, CHUNK);
	uintptr_t *slot;

	for (size_t i = 0; i < ARRAY_SIZE(empties); i++)
		if (empties[i] == chunk)
			return;
	slot = &empties[oldest_empty++ % ARRAY_SIZE(empties)];
	drop_if_empty(*slot);
	*slot = chunk;
}
