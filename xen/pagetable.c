/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagetable.c: the page tables of a PV guest (platform.h).
 *
 * Xen checks every entry: a page that is part of a page table may not be mapped
 * writable anywhere, so entries are changed by hypercall, in batches. A new
 * table is filled as ordinary memory first, then made read-only in the direct
 * map and hooked into its parent, which costs one update for 512 entries.
 *
 * Where tables can be read: the builder's at its own mapping (boot_virt), all
 * others in the direct map. New ones come from page_alloc(PAGE_TABLE) by way of
 * a stock that is filled before work begins, because the allocator may call
 * plat_direct_map() and plat_map() in turn: no batch is ever open then.
 *
 * Tables of the program's half (below USER_MAX) count their entries in struct
 * page and are freed when they are empty. The runtime's and the builder's stay.
 */
#include <posixen/klog.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "domain.h"
#include "hypercall.h"
#include "pte.h"
#include "pv.h"

#define ENTRIES	   512
#define CHUNK	   (ENTRIES * PAGE_SIZE) /* what a level 1 table maps */
#define LEVELS	   4
#define BATCH	   64
#define FLUSH_MAX  8 /* more single pages than this: flush all instead */
#define MAX_FREED  32

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

static struct table root;
static pfn_t boot_tables_first, boot_tables_end; /* the builder's */
static pfn_t image_first, image_end;

/* The level 1 table used last. */
static uintptr_t cached_va = 1; /* never the address of a chunk */
static struct table cached;

/* Free table frames, linked through their first word. */
static pfn_t stock_head = PFN_NONE;
static unsigned int nr_stock;

/* Updates not yet made, and what to flush from the TLB after them. */
static struct {
	struct mmu_update req[BATCH];
	unsigned int n;
	uintptr_t flush[FLUSH_MAX];
	unsigned int nflush;
	bool flush_all;
	pfn_t freed[MAX_FREED]; /* tables unhooked in this batch */
	unsigned int nfreed;
} batch;

static unsigned int table_index(uintptr_t va, int level)
{
	return va >> (PAGE_SHIFT + 9 * (level - 1)) & (ENTRIES - 1);
}

/* Bytes that one entry of a table of this level maps. */
static uintptr_t entry_span(int level)
{
	return PAGE_SIZE << (9 * (level - 1));
}

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

/*
 * Walk towards va. Returns the level of the last table on the way, which is
 * wanted or, when an entry is absent, a higher one.
 */
static int find_table(uintptr_t va, int wanted, struct table *t)
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

static bool find_l1(uintptr_t va, struct table *t)
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

/* The batch. */

static void submit(void)
{
	long rc;

	if (batch.n == 0)
		return;
	rc = xen_mmu_update(batch.req, batch.n);
	if (rc)
		panic("Xen refused a page-table update (%ld): entry %#lx at "
		      "%#lx\n",
		      rc, (unsigned long)batch.req[0].val,
		      (unsigned long)batch.req[0].ptr);
	batch.n = 0;
}

static void update(uint64_t maddr, uint64_t val)
{
	if (batch.n == BATCH)
		submit();
	batch.req[batch.n].ptr = maddr | MMU_NORMAL_PT_UPDATE;
	batch.req[batch.n].val = val;
	batch.n++;
}

static void flush_later(uintptr_t va)
{
	if (batch.nflush == FLUSH_MAX)
		batch.flush_all = true;
	else
		batch.flush[batch.nflush++] = va;
}

static unsigned int flush_ops(struct mmuext_op *ops)
{
	if (batch.flush_all) {
		ops[0].cmd = MMUEXT_TLB_FLUSH_LOCAL;
		return 1;
	}
	for (unsigned int i = 0; i < batch.nflush; i++) {
		ops[i].cmd = MMUEXT_INVLPG_LOCAL;
		ops[i].arg1.linear_addr = batch.flush[i];
	}
	return batch.nflush;
}

/* Make the updates, then flush, in one hypercall when both are due. */
static void finish(void)
{
	static struct mmuext_op ops[FLUSH_MAX];
	static struct multicall_entry calls[2];
	unsigned int nops = flush_ops(ops);

	if (batch.n && nops) {
		calls[0] = (struct multicall_entry){
			.op = __HYPERVISOR_mmu_update,
			.args = { (unsigned long)batch.req, batch.n, 0,
				  DOMID_SELF },
		};
		calls[1] = (struct multicall_entry){
			.op = __HYPERVISOR_mmuext_op,
			.args = { (unsigned long)ops, nops, 0, DOMID_SELF },
		};
		if (xen_multicall(calls, 2) || calls[0].result ||
		    calls[1].result)
			panic("Xen refused page-table updates (%ld, %ld)\n",
			      (long)calls[0].result, (long)calls[1].result);
		batch.n = 0;
	} else if (nops) {
		if (xen_mmuext_op(ops, nops))
			panic("Xen refused a TLB flush\n");
	} else {
		submit();
	}
	batch.nflush = 0;
	batch.flush_all = false;
	for (unsigned int i = 0; i < batch.nfreed; i++)
		page_put(batch.freed[i]);
	batch.nfreed = 0;
}

/* Tables: stock, making, dropping. */

static void stock_push(pfn_t pfn)
{
	*(uint64_t *)pfn_to_virt(pfn) = stock_head;
	stock_head = pfn;
	nr_stock++;
}

/* Have n tables in stock. May call into the allocator, and so be called again
 * from there. */
static bool stock_for(unsigned int n)
{
	while (nr_stock < n) {
		pfn_t pfn = page_alloc(PAGE_TABLE, 0);

		if (pfn == PFN_NONE)
			return false;
		stock_push(pfn);
	}
	return true;
}

/* A zeroed table, writable. stock_for() has seen to it that there is one. */
static void stock_pop(struct table *t)
{
	uint64_t *e = pfn_to_virt(stock_head);

	assert(nr_stock > 0);
	t->pfn = stock_head;
	t->e = e;
	t->maddr = pfn_to_mfn(t->pfn) << PAGE_SHIFT;
	stock_head = e[0];
	nr_stock--;
	memset(e, 0, PAGE_SIZE);
}

/* How many tables are missing for [va, va + n pages). */
static unsigned int tables_missing(uintptr_t va, size_t n)
{
	uintptr_t end = va + n * PAGE_SIZE;
	unsigned int missing = 0;
	bool first = true;

	for (va = ALIGN_DOWN(va, CHUNK); va < end; va += CHUNK, first = false) {
		struct table t;
		int level = find_table(va, 1, &t);

		/* A higher table is counted with the first chunk in it. */
		for (int l = 1; l < level; l++)
			if (first || (va & (entry_span(l + 1) - 1)) == 0)
				missing++;
	}
	return missing;
}

/* The machine address of the entry that maps pfn in the direct map; 0 while it
 * is not mapped there. */
static uint64_t direct_entry(pfn_t pfn)
{
	uintptr_t va = (uintptr_t)pfn_to_virt(pfn);
	struct table t;

	if (find_table(va, 1, &t) != 1)
		return 0;
	return t.maddr + table_index(va, 1) * sizeof(uint64_t);
}

/* A table is about to be hooked: Xen wants it writable nowhere. */
static void make_read_only(const struct table *t)
{
	uint64_t entry = direct_entry(t->pfn);

	if (entry)
		update(entry, t->maddr | PTE_RO_DATA);
}

/* Is the use of this table counted, so that it can be freed? */
static bool is_counted(uintptr_t va, pfn_t pfn)
{
	return va < USER_MAX && pfn >= LOW_FIRST && !is_boot_table(pfn);
}

static void count(uintptr_t va, pfn_t pfn, int by)
{
	if (is_counted(va, pfn))
		pfn_to_page(pfn)->next += by;
}

/* Hook the filled level 1 table t in at va, with the tables above it that are
 * not there. stock_for(tables_missing()) came before. */
static void hook(uintptr_t va, struct table t, unsigned int entries)
{
	struct table parent;

	if (is_counted(va, t.pfn))
		pfn_to_page(t.pfn)->next = entries;
	for (int level = 1;; level++) {
		unsigned int i = table_index(va, level + 1);
		bool there = find_table(va, level + 1, &parent) == level + 1;

		make_read_only(&t);
		if (there) {
			count(va, parent.pfn, 1);
			update(parent.maddr + i * sizeof(uint64_t),
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
	submit();
}

/*
 * Take the level 1 table at va out, and each table above it that becomes empty,
 * whatever entries it still has.
 */
static void drop_table(uintptr_t va)
{
	pfn_t freed[LEVELS];
	unsigned int n = 0;
	struct table t;
	int level = 1;

	find_table(va, 1, &t);
	cached_va = 1;
	for (;;) {
		struct table parent;
		bool last;

		freed[n++] = t.pfn;
		find_table(va, ++level, &parent);
		last = is_counted(va, parent.pfn) &&
		       pfn_to_page(parent.pfn)->next == 1;
		if (!last || level == LEVELS) {
			count(va, parent.pfn, -1);
			update(parent.maddr +
				       table_index(va, level) * sizeof(uint64_t),
			       0);
			break;
		}
		t = parent;
	}
	if (batch.nfreed + n > MAX_FREED)
		finish();
	/* From top to bottom: each loses its last user before its page may be
	 * writable again. The flush also removes the read-only mapping. */
	while (n-- > 0) {
		update(direct_entry(freed[n]),
		       pfn_to_mfn(freed[n]) << PAGE_SHIFT | PTE_RW_DATA);
		batch.freed[batch.nfreed++] = freed[n];
	}
	batch.flush_all = true;
}

/* platform.h. */

/* Change the leaf at index i of t to pte. */
static void set_leaf(const struct table *t, unsigned int i, uintptr_t va,
		     uint64_t pte)
{
	uint64_t old = t->e[i];

	if (old == pte)
		return;
	update(t->maddr + i * sizeof(uint64_t), pte);
	if (old & PTE_PRESENT)
		flush_later(va);
	if (!old)
		count(va, t->pfn, 1);
	if (!pte)
		count(va, t->pfn, -1);
}

static uint64_t make_leaf(pfn_t pfn, unsigned int prot)
{
	return prot ? pte_leaf(pfn_to_mfn(pfn), prot) : pte_held(pfn);
}

static size_t pages_in_chunk(uintptr_t va, size_t n)
{
	return MIN(n, (size_t)(ENTRIES - table_index(va, 1)));
}

int plat_map(uintptr_t va, const pfn_t *pfns, size_t n, unsigned int prot)
{
	struct table t;

	if (!stock_for(tables_missing(va, n)))
		return -ENOMEM;
	while (n) {
		size_t k = pages_in_chunk(va, n);
		unsigned int first = table_index(va, 1);

		if (find_l1(va, &t)) {
			for (size_t i = 0; i < k; i++)
				set_leaf(&t, first + i, va + i * PAGE_SIZE,
					 make_leaf(pfns[i], prot));
		} else {
			stock_pop(&t);
			for (size_t i = 0; i < k; i++)
				t.e[first + i] = make_leaf(pfns[i], prot);
			hook(va, t, k);
		}
		pfns += k;
		va += k * PAGE_SIZE;
		n -= k;
	}
	finish();
	return 0;
}

/* The start of what the entry of that level behind va maps. */
static uintptr_t next_entry(uintptr_t va, int level)
{
	return ALIGN_DOWN(va, entry_span(level)) + entry_span(level);
}

/* Find the first level 1 table at or behind va, before end. */
static bool next_l1(uintptr_t *va, uintptr_t end, struct table *t)
{
	while (*va < end) {
		struct table found;
		int level;

		if (find_l1(*va, t))
			return true;
		level = find_table(*va, 1, &found);
		*va = next_entry(*va, level);
	}
	return false;
}

void plat_unmap(uintptr_t va, size_t n)
{
	uintptr_t end = va + n * PAGE_SIZE;
	struct table t;

	while (next_l1(&va, end, &t)) {
		size_t k = pages_in_chunk(va, (end - va) / PAGE_SIZE);
		unsigned int first = table_index(va, 1), live = 0;

		for (size_t i = 0; i < k; i++)
			live += t.e[first + i] != 0;
		if (is_counted(va, t.pfn) && live == pfn_to_page(t.pfn)->next)
			drop_table(va);
		else
			for (size_t i = 0; live && i < k; i++)
				set_leaf(&t, first + i, va + i * PAGE_SIZE, 0);
		va += k * PAGE_SIZE;
	}
	finish();
}

void plat_protect(uintptr_t va, size_t n, unsigned int prot)
{
	uintptr_t end = va + n * PAGE_SIZE;
	struct table t;

	while (next_l1(&va, end, &t)) {
		size_t k = pages_in_chunk(va, (end - va) / PAGE_SIZE);
		unsigned int first = table_index(va, 1);

		for (size_t i = 0; i < k; i++, va += PAGE_SIZE) {
			uint64_t old = t.e[first + i];

			if (pte_is_held(old))
				set_leaf(&t, first + i, va,
					 make_leaf(pte_held_pfn(old), prot));
			else if (!(old & PTE_PRESENT))
				continue;
			else if (prot)
				set_leaf(&t, first + i, va,
					 pte_leaf(pte_mfn(old), prot));
			else
				set_leaf(&t, first + i, va,
					 pte_held(mfn_to_pfn(pte_mfn(old))));
		}
	}
	finish();
}

int plat_walk(uintptr_t va, size_t n,
	      int (*fn)(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot),
	      void *arg)
{
	uintptr_t end = va + n * PAGE_SIZE;
	struct table t;

	while (next_l1(&va, end, &t)) {
		size_t k = pages_in_chunk(va, (end - va) / PAGE_SIZE);
		unsigned int first = table_index(va, 1);

		for (size_t i = 0; i < k; i++, va += PAGE_SIZE) {
			uint64_t pte = t.e[first + i];
			pfn_t pfn;
			int rc;

			if (pte & PTE_PRESENT)
				pfn = mfn_to_pfn(pte_mfn(pte));
			else if (pte_is_held(pte))
				pfn = pte_held_pfn(pte);
			else
				continue;
			rc = fn(arg, va, pfn, pte_prot(pte));
			if (rc)
				return rc;
		}
	}
	return 0;
}

/*
 * The direct map leaves out the image (but for the frames of its holes, see
 * below) and has page tables read-only.
 */
static bool is_hole(pfn_t pfn)
{
	return pfn == (uintptr_t)shared_info_page >> PAGE_SHIFT ||
	       pfn == (uintptr_t)boot_guard >> PAGE_SHIFT ||
	       pfn == (uintptr_t)exception_guard >> PAGE_SHIFT;
}

static uint64_t direct_leaf(pfn_t pfn)
{
	if (pfn >= image_first && pfn < image_end && !is_hole(pfn))
		return 0;
	if (is_boot_table(pfn) || pfn < BOOT_TABLES)
		return pfn_to_mfn(pfn) << PAGE_SHIFT | PTE_RO_DATA;
	return pfn_to_mfn(pfn) << PAGE_SHIFT | PTE_RW_DATA;
}

int plat_direct_map(pfn_t first, size_t n)
{
	uintptr_t va = (uintptr_t)pfn_to_virt(first);
	struct table t;

	if (!stock_for(tables_missing(va, n)))
		return -ENOMEM;
	while (n) {
		size_t k = pages_in_chunk(va, n);
		unsigned int at = table_index(va, 1);

		if (find_l1(va, &t)) {
			for (size_t i = 0; i < k; i++)
				if (!t.e[at + i])
					update(t.maddr +
						       (at + i) * sizeof(*t.e),
					       direct_leaf(first + i));
		} else {
			stock_pop(&t);
			for (size_t i = 0; i < k; i++)
				t.e[at + i] = direct_leaf(first + i);
			hook(va, t, k);
		}
		first += k;
		va += k * PAGE_SIZE;
		n -= k;
	}
	finish();
	return 0;
}

/* Start. The builder mapped [0, some multiple of 2 MB behind boot_end), page
 * frame n at n * PAGE_SIZE, read-write-execute, page tables read-only. */

/*
 * The direct map's first chunk, made by hand: its three tables are written at
 * the builder's mapping, which then goes with the rest of the low megabyte, so
 * that a null pointer faults and the frames can be page tables.
 */
static void make_direct_map(void)
{
	uint64_t *l1 = boot_virt(0), *l2 = boot_virt(1), *l3 = boot_virt(2);
	size_t n = MIN(start_info->nr_pages, (size_t)ENTRIES);
	struct table low;

	for (pfn_t pfn = 0; pfn < BOOT_TABLES; pfn++)
		memset(boot_virt(pfn), 0, PAGE_SIZE);
	for (pfn_t pfn = 0; pfn < n; pfn++)
		l1[pfn] = direct_leaf(pfn);
	l2[0] = pfn_to_mfn(0) << PAGE_SHIFT | PTE_TABLE;
	l3[0] = pfn_to_mfn(1) << PAGE_SHIFT | PTE_TABLE;

	find_table(0, 1, &low);
	for (unsigned int i = 0; i < LOW_END; i++)
		update(low.maddr + i * sizeof(*low.e), 0);
	batch.flush_all = true;
	finish();
	update(root.maddr + table_index(DIRECT_BASE, LEVELS) * sizeof(*root.e),
	       pfn_to_mfn(2) << PAGE_SHIFT | PTE_TABLE);
	finish();
	for (pfn_t pfn = BOOT_TABLES; pfn < LOW_FIRST; pfn++)
		stock_push(pfn);
}

static void protect_image(void)
{
	static const struct {
		const char *start, *end;
		unsigned int prot;
	} parts[] = {
		{ __text_start, __text_end, PLAT_R | PLAT_X },
		{ __rodata_start, __rodata_end, PLAT_R },
		{ __data_start, __data_end, PLAT_R | PLAT_W },
		{ __kdata_start, __kdata_end, PLAT_R | PLAT_W },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(parts); i++)
		plat_protect((uintptr_t)parts[i].start,
			     (parts[i].end - parts[i].start) / PAGE_SIZE,
			     parts[i].prot);
	plat_unmap((uintptr_t)boot_guard, 1);
	plat_unmap((uintptr_t)exception_guard, 1);
}

/*
 * What the builder mapped behind the image: its data lose the right to
 * execute, the frames behind them their mapping. Whole 2 MB pieces by one entry
 * of their level 2 table.
 */
static void trim_boot_mapping(pfn_t boot_end)
{
	uintptr_t end = (uintptr_t)boot_end << PAGE_SHIFT;
	uintptr_t va = PAGE_UP((uintptr_t)__image_end);

	while (va < USER_MAX) {
		struct table l1, l2;
		uint64_t *entry;

		if (find_table(va, 2, &l2) != 2)
			break;
		entry = &l2.e[table_index(va, 2)];
		if (!(*entry & PTE_PRESENT))
			break;
		if ((va & (CHUNK - 1)) == 0 && (va >= end || va + CHUNK <= end)) {
			update(l2.maddr + table_index(va, 2) * sizeof(*entry),
			       va >= end ? 0 : *entry | PTE_NX);
			va += CHUNK;
			continue;
		}
		open_table(&l1, *entry);
		do {
			unsigned int i = table_index(va, 1);

			if (l1.e[i] & PTE_PRESENT)
				update(l1.maddr + i * sizeof(*l1.e),
				       va >= end ? 0 : l1.e[i] | PTE_NX);
			va += PAGE_SIZE;
		} while (va & (CHUNK - 1));
	}
	cached_va = 1;
	batch.flush_all = true;
	finish();
}

static void add_range(struct boot_info *info, pfn_t first, pfn_t end)
{
	if (first >= end)
		return;
	assert(info->nr_free < ARRAY_SIZE(info->free));
	info->free[info->nr_free].first = first;
	info->free[info->nr_free++].end = end;
}

static void add_frame_behind(struct boot_info *info, const char *page)
{
	pfn_t pfn = (uintptr_t)page >> PAGE_SHIFT;

	add_range(info, pfn, pfn + 1);
}

void pagetable_init(struct boot_info *info, pfn_t boot_end)
{
	struct mmuext_op user_root = { .cmd = MMUEXT_NEW_USER_BASEPTR };

	root.e = (uint64_t *)start_info->pt_base;
	root.pfn = start_info->pt_base >> PAGE_SHIFT;
	root.maddr = pfn_to_mfn(root.pfn) << PAGE_SHIFT;
	boot_tables_first = root.pfn;
	boot_tables_end = root.pfn + start_info->nr_pt_frames;
	image_first = (uintptr_t)__image_start >> PAGE_SHIFT;
	image_end = PAGE_UP((uintptr_t)__image_end) >> PAGE_SHIFT;

	make_direct_map();
	protect_image();
	trim_boot_mapping(boot_end);

	/* User mode, where the program and the runtime run, sees the same. */
	user_root.arg1.mfn = root.maddr >> PAGE_SHIFT;
	if (xen_mmuext_op(&user_root, 1))
		panic("Xen refused the page tables for user mode\n");

	add_range(info, LOW_FIRST, LOW_END);
	add_range(info, boot_end, start_info->nr_pages);
	add_frame_behind(info, shared_info_page);
	add_frame_behind(info, boot_guard);
	add_frame_behind(info, exception_guard);
}
