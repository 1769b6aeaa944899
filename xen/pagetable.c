/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagetable.c: platform.h's page-table operations for a PV guest. pte.h says
 * what the entries look like, tables.c where the tables are.
 */
#include <posixen/layout.h>
#include <posixen/mem.h>
#include "pv.h"
#include "tables.h"

/* To drop a table costs about as much as to clear so many entries. */
#define WORTH_DROPPING 32

/* Change the leaf at index i of t, which maps va, to pte. */
static void set_leaf(const struct table *t, unsigned int i, uintptr_t va,
		     uint64_t pte)
{
	uint64_t old = t->e[i];

	if (old == pte)
		return;
	mmu_update_leaf(entry_maddr(t, i), pte, va);
	if (old & PTE_PRESENT)
		mmu_flush(va);
	if (!old)
		count_entries(va, t->pfn, 1);
	if (!pte)
		count_entries(va, t->pfn, -1);
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
			hook_table(va, t, k);
		}
		pfns += k;
		va += k * PAGE_SIZE;
		n -= k;
	}
	mmu_finish();
	return 0;
}

int pagetable_map_machine(uintptr_t va, mfn_t mfn)
{
	uint64_t pte = pte_leaf(mfn, PLAT_R | PLAT_W);
	struct table t;

	if (!stock_for(tables_missing(va, 1)))
		return -ENOMEM;
	if (find_l1(va, &t)) {
		set_leaf(&t, table_index(va, 1), va, pte);
	} else {
		stock_pop(&t);
		t.e[table_index(va, 1)] = pte;
		hook_table(va, t, 1);
	}
	mmu_finish();
	return 0;
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
		if (is_counted(va, t.pfn) && live > WORTH_DROPPING &&
		    live == pfn_to_page(t.pfn)->next) {
			drop_table(va);
		} else if (live) {
			for (size_t i = 0; i < k; i++)
				set_leaf(&t, first + i, va + i * PAGE_SIZE, 0);
			if (is_counted(va, t.pfn) &&
			    pfn_to_page(t.pfn)->next == 0)
				keep_empty_table(va);
		}
		va += k * PAGE_SIZE;
	}
	mmu_finish();
}

static uint64_t protected_leaf(uint64_t old, unsigned int prot)
{
	if (pte_is_held(old))
		return make_leaf(pte_held_pfn(old), prot);
	if (!(old & PTE_PRESENT))
		return old;
	return prot ? pte_leaf(pte_mfn(old), prot)
		    : pte_held(mfn_to_pfn(pte_mfn(old)));
}

void plat_protect(uintptr_t va, size_t n, unsigned int prot)
{
	uintptr_t end = va + n * PAGE_SIZE;
	struct table t;

	while (next_l1(&va, end, &t)) {
		size_t k = pages_in_chunk(va, (end - va) / PAGE_SIZE);
		unsigned int first = table_index(va, 1);

		for (size_t i = 0; i < k; i++, va += PAGE_SIZE)
			set_leaf(&t, first + i, va,
				 protected_leaf(t.e[first + i], prot));
	}
	mmu_finish();
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

int plat_direct_map(pfn_t first, size_t n)
{
	uintptr_t va = (uintptr_t)pfn_to_virt(first);
	struct table t;

	if (!stock_for(tables_missing(va, n)))
		return -ENOMEM;
	while (n) {
		size_t k = pages_in_chunk(va, n);
		unsigned int at = table_index(va, 1);
		bool there = find_l1(va, &t);

		if (!there)
			stock_pop(&t);
		for (size_t i = 0; i < k; i++) {
			uint64_t pte = pte_leaf(pfn_to_mfn(first + i),
						PLAT_R | PLAT_W);

			drop_boot_mapping(first + i);
			if (!there)
				t.e[at + i] = pte;
			else if (!t.e[at + i])
				mmu_update(entry_maddr(&t, at + i), pte);
		}
		if (!there)
			hook_table(va, t, k);
		first += k;
		va += k * PAGE_SIZE;
		n -= k;
	}
	mmu_finish();
	return 0;
}
