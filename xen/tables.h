/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tables.h: what the files behind the page tables share: mmu_batch.c (updates
 * by hypercall), tables.c (finding, making, dropping tables), pagetable.c
 * (platform.h's operations), pagetable_start.c (what the builder left).
 */
#ifndef XEN_TABLES_H
#define XEN_TABLES_H

#include <posixen/types.h>
#include "pte.h"

#define ENTRIES 512
#define CHUNK	(ENTRIES * PAGE_SIZE) /* what a level 1 table maps */
#define LEVELS	4

/* Frames of the low megabyte, which the builder maps but does not use: the
 * first tables of the direct map, and the stock until there is an allocator. */
#define BOOT_TABLES 3
#define BOOT_STOCK  13
#define LOW_FIRST   (BOOT_TABLES + BOOT_STOCK)
#define LOW_END	    256

struct table {
	uint64_t *e;	/* to read; written only before it is hooked */
	uint64_t maddr; /* machine address */
	pfn_t pfn;
};

static inline unsigned int table_index(uintptr_t va, int level)
{
	return va >> (PAGE_SHIFT + 9 * (level - 1)) & (ENTRIES - 1);
}

/* Bytes that one entry of a table of this level maps. */
static inline uintptr_t entry_span(int level)
{
	return PAGE_SIZE << (9 * (level - 1));
}

static inline uint64_t entry_maddr(const struct table *t, unsigned int i)
{
	return t->maddr + i * sizeof(uint64_t);
}

/*
 * Updates are gathered, made in order, and refused ones are a bug. The TLB is
 * flushed after them, in the same hypercall. The last function makes what is
 * left; until it returns nothing may rely on an update.
 */
void mmu_update(uint64_t maddr, uint64_t val);
/* The same for the entry of level 1 that maps va: one alone is cheaper. */
void mmu_update_leaf(uint64_t maddr, uint64_t val, uintptr_t va);
void mmu_flush(uintptr_t va);
void mmu_flush_all(void);
/* Give a table's frame back to the allocator once it is out of use. */
void mmu_free_later(pfn_t pfn);
/* Make the updates so far; the flush can wait. */
void mmu_submit(void);
void mmu_finish(void);

/* tables.c */
extern struct table root;
extern pfn_t boot_tables_first, boot_tables_end; /* the builder's */

/* Walk towards va. Returns the level of the last table on the way, which is
 * wanted or, when an entry is absent, a higher one. */
int find_table(uintptr_t va, int wanted, struct table *t);
bool find_l1(uintptr_t va, struct table *t);
/* Find the first level 1 table at or behind *va, before end. */
bool next_l1(uintptr_t *va, uintptr_t end, struct table *t);

/* Free table frames. stock_for() may call into the allocator, and so be called
 * again from there: no update may be waiting then. */
void stock_push(pfn_t pfn);
bool stock_for(unsigned int n);
void stock_pop(struct table *t); /* zeroed, writable */

/* How many tables are missing for [va, va + n pages). */
unsigned int tables_missing(uintptr_t va, size_t n);
/* Hook the filled level 1 table t in at va, with the tables above it that are
 * not there; stock_for(tables_missing()) came before. */
void hook_table(uintptr_t va, struct table t, unsigned int entries);
/* Take the level 1 table at va out, and each table above it that becomes empty,
 * whatever entries it still has. */
void drop_table(uintptr_t va);
/* The counted level 1 table at va has no entry left. */
void keep_empty_table(uintptr_t va);
/* Tables of the program count their entries, so that they can be freed. */
bool is_counted(uintptr_t va, pfn_t pfn);
void count_entries(uintptr_t va, pfn_t pfn, int by);

/* pagetable_start.c: frame pfn is about to be in the direct map; if the builder
 * mapped it too, that mapping goes. */
void drop_boot_mapping(pfn_t pfn);

#endif
