/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kvmap.c: kernel memory in one piece of addresses though not of frames, for
 * what is larger than the largest block of frames, or than what is left of them
 * in one piece. kmalloc() comes here by itself.
 *
 * Pieces are listed by address; a new one goes into the first hole that holds
 * it and a page without access behind it. There are few, and large.
 */
#include "kvmap.h"
#include <posixen/layout.h>
#include <posixen/list.h>
#include <posixen/mem.h>
#include <posixen/platform.h>

struct piece {
	struct list link;
	uintptr_t start;
	size_t pages;
};

static struct list pieces = LIST_INIT(pieces);

bool is_kvmap(const void *p)
{
	return (uintptr_t)p >= KVMAP_BASE && (uintptr_t)p < VMAP_MAX;
}

static struct piece *find_piece(const void *p)
{
	list_for_each (l, &pieces) {
		struct piece *k = list_entry(l, struct piece, link);

		if (k->start == (uintptr_t)p)
			return k;
	}
	return NULL;
}

size_t kvmap_size(const void *p)
{
	return find_piece(p)->pages << PAGE_SHIFT;
}

static int put_frame(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	page_put(pfn);
	return 0;
}

static void drop(struct piece *k, size_t pages)
{
	plat_walk(k->start, pages, put_frame, NULL);
	plat_unmap(k->start, pages);
	list_del(&k->link);
	kfree(k);
}

/* Find an address for k and list it there. */
static bool place(struct piece *k)
{
	uintptr_t at = KVMAP_BASE;
	struct list *before = &pieces;

	list_for_each (l, &pieces) {
		struct piece *next = list_entry(l, struct piece, link);

		if (next->start - at > k->pages << PAGE_SHIFT)
			break;
		at = next->start + ((next->pages + 1) << PAGE_SHIFT);
		before = l;
	}
	if (k->pages >= (VMAP_MAX - at) >> PAGE_SHIFT)
		return false;
	k->start = at;
	list_insert_after(before, &k->link);
	return true;
}

void *kvmap_alloc(size_t n)
{
	struct piece *k;
	size_t i;

	if (PAGE_UP(n) >> PAGE_SHIFT > page_free_count() || !PAGE_UP(n))
		return NULL;
	k = kmalloc(sizeof(*k));
	if (!k)
		return NULL;
	k->pages = PAGE_UP(n) >> PAGE_SHIFT;
	if (!place(k)) {
		kfree(k);
		return NULL;
	}
	for (i = 0; i < k->pages; i++) {
		pfn_t pfn = page_alloc_inner(PAGE_KERNEL, 0);

		if (pfn == PFN_NONE)
			break;
		if (plat_map(k->start + (i << PAGE_SHIFT), &pfn, 1,
			     PLAT_R | PLAT_W)) {
			page_free(pfn, 0);
			break;
		}
	}
	if (i == k->pages)
		return (void *)k->start;
	drop(k, i);
	return NULL;
}

void kvmap_free(void *p)
{
	struct piece *k = find_piece(p);

	drop(k, k->pages);
}
