/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagetable_start.c: from the domain builder's page tables to ours.
 *
 * The builder mapped page frame n at n * PAGE_SIZE, read-write-execute, page
 * tables read-only, from 0 to some multiple of 4 MB behind what it used, or to
 * the last frame. Of that
 *	the low megabyte	is unmapped, so that a null pointer faults
 *	the image		gets its access rights
 *	what lies behind it	loses execution, and keeps its mapping until
 *				the allocator takes the frames: few programs
 *				need them, and boot does not pay for them
 *
 * None of this depends on how much memory the domain has.
 */
#include <posixen/klog.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "hypercall.h"
#include "pv.h"
#include "tables.h"

static pfn_t boot_mapped_end; /* the builder's mapping ends here */

/*
 * The direct map's first tables, made by hand: they are written at the
 * builder's mapping, which then goes with the rest of the low megabyte. At
 * first they map themselves (read-only) and the stock of tables.
 */
static void make_direct_map(void)
{
	uint64_t *l1 = boot_virt(0), *l2 = boot_virt(1), *l3 = boot_virt(2);
	struct table low;

	for (pfn_t pfn = 0; pfn < BOOT_TABLES; pfn++)
		memset(boot_virt(pfn), 0, PAGE_SIZE);
	for (pfn_t pfn = 0; pfn < LOW_FIRST; pfn++)
		l1[pfn] =
			pte_leaf(pfn_to_mfn(pfn),
				 pfn < BOOT_TABLES ? PLAT_R : PLAT_R | PLAT_W);
	l2[0] = pfn_to_mfn(0) << PAGE_SHIFT | PTE_TABLE;
	l3[0] = pfn_to_mfn(1) << PAGE_SHIFT | PTE_TABLE;

	find_table(0, 1, &low);
	for (unsigned int i = 0; i < LOW_END; i++)
		mmu_update(entry_maddr(&low, i), 0);
	mmu_update(entry_maddr(&root, table_index(DIRECT_BASE, LEVELS)),
		   pfn_to_mfn(2) << PAGE_SHIFT | PTE_TABLE);
	mmu_flush_all();
	mmu_finish();
	for (pfn_t pfn = BOOT_TABLES; pfn < LOW_FIRST; pfn++)
		stock_push(pfn);
}

static void protect_image(void)
{
	static const struct {
		const char *start, *end;
		unsigned int prot;
	} parts[] = {
		{__text_start, __text_end, PLAT_R | PLAT_X},
		{__rodata_start, __rodata_end, PLAT_R},
		{__data_start, __data_end, PLAT_R | PLAT_W},
		{__kdata_start, __kdata_end, PLAT_R | PLAT_W},
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(parts); i++)
		plat_protect((uintptr_t)parts[i].start,
			     (parts[i].end - parts[i].start) / PAGE_SIZE,
			     parts[i].prot);
	plat_unmap((uintptr_t)boot_guard, 1);
	plat_unmap((uintptr_t)exception_guard, 1);
}

/* Behind the image: page by page to the end of its last 2 MB, the rest by one
 * entry of level 2 per 2 MB. */
static void forbid_execution(void)
{
	uintptr_t va = PAGE_UP((uintptr_t)__image_end);
	struct table t;
	uint64_t entry;

	for (; va & (CHUNK - 1) && find_l1(va, &t); va += PAGE_SIZE) {
		entry = t.e[table_index(va, 1)];
		if (entry & PTE_PRESENT)
			mmu_update(entry_maddr(&t, table_index(va, 1)),
				   entry | PTE_NX);
	}
	for (; find_table(va, 1, &t) == 1; va += CHUNK) {
		find_table(va, 2, &t);
		entry = t.e[table_index(va, 2)];
		mmu_update(entry_maddr(&t, table_index(va, 2)), entry | PTE_NX);
	}
	boot_mapped_end = va >> PAGE_SHIFT;
	mmu_flush_all();
	mmu_finish();
}

void drop_boot_mapping(pfn_t pfn)
{
	uintptr_t va = (uintptr_t)boot_virt(pfn);
	struct table t;
	uint64_t *entry;

	if (pfn >= boot_mapped_end || !find_l1(va, &t))
		return;
	entry = &t.e[table_index(va, 1)];
	/* The program may have mapped something else there. */
	if (!(*entry & PTE_PRESENT) || pte_mfn(*entry) != pfn_to_mfn(pfn))
		return;
	mmu_update(entry_maddr(&t, table_index(va, 1)), 0);
	mmu_flush(va);
}

static void add_range(struct boot_info *info, pfn_t first, pfn_t end)
{
	if (first >= end)
		return;
	assert(info->nr_free < ARRAY_SIZE(info->free));
	info->free[info->nr_free].first = first;
	info->free[info->nr_free++].end = end;
}

/* The frame behind a page of the image whose address holds another or none. */
static void add_frame_behind(struct boot_info *info, const char *page)
{
	pfn_t pfn = (uintptr_t)page >> PAGE_SHIFT;

	add_range(info, pfn, pfn + 1);
}

/* In the order of use: what is cheap first. */
static void add_ranges(struct boot_info *info, pfn_t boot_end)
{
	pfn_t end = start_info->nr_pages;
	pfn_t behind = MIN(MAX(boot_mapped_end, boot_end), end);

	/* The allocator wants some room in the first range. */
	if (end - behind < LOW_END)
		behind = boot_end;
	add_range(info, behind, end);
	add_range(info, LOW_FIRST, LOW_END);
	add_range(info, boot_end, behind);
	add_frame_behind(info, shared_info_page);
	add_frame_behind(info, boot_guard);
	add_frame_behind(info, exception_guard);
}

void pagetable_init(struct boot_info *info, pfn_t boot_end)
{
	struct mmuext_op user_root = {.cmd = MMUEXT_NEW_USER_BASEPTR};

	root.e = (uint64_t *)start_info->pt_base;
	root.pfn = start_info->pt_base >> PAGE_SHIFT;
	root.maddr = pfn_to_mfn(root.pfn) << PAGE_SHIFT;
	boot_tables_first = root.pfn;
	boot_tables_end = root.pfn + start_info->nr_pt_frames;

	make_direct_map();
	protect_image();
	forbid_execution();

	/* User mode, where the program and the runtime run, sees the same. */
	user_root.arg1.mfn = root.maddr >> PAGE_SHIFT;
	if (xen_mmuext_op(&user_root, 1))
		panic("Xen refused the page tables for user mode\n");
	add_ranges(info, boot_end);
}
