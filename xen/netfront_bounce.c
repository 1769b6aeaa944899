/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront_bounce.c: memory of the driver's own for headers, small packets and
 * whatever else is not in txpages: copied here, because these pages are shown
 * to the backend already.
 *
 * A page is cut into pieces of one size. It stands in the list of its size
 * while one of them is free; when all are, it may be cut anew for another size,
 * so no size can be starved by another for ever. Which pieces are free is noted
 * here and not in the pages; the frame's metadata (next) says which page it is.
 */
#include <posixen/mem.h>
#include <posixen/klog.h>
#include "netfront.h"

#define NO_PAGE UINT16_MAX
#define AT_ONCE 4u /* pages from the start */

static const uint16_t piece_size[BOUNCE_CLASSES] = {256, 1024, 4096};

static uint16_t all_free(unsigned int class)
{
	return (uint16_t)((1u << (PAGE_SIZE / piece_size[class])) - 1);
}

static void link_page(struct bounce *b, uint16_t i)
{
	struct bounce_page *pg = &b->page[i];
	uint16_t *head = &b->head[pg->class];

	pg->prev = NO_PAGE;
	pg->next = *head;
	if (*head != NO_PAGE)
		b->page[*head].prev = i;
	*head = i;
}

static void unlink_page(struct bounce *b, uint16_t i)
{
	struct bounce_page *pg = &b->page[i];

	if (pg->prev != NO_PAGE)
		b->page[pg->prev].next = pg->next;
	else
		b->head[pg->class] = pg->next;
	if (pg->next != NO_PAGE)
		b->page[pg->next].prev = pg->prev;
}

static bool add_page(struct bounce *b, domid_t backend)
{
	struct bounce_page *pg = &b->page[b->nr];
	pfn_t pfn;
	int ref;

	if (b->nr == b->limit)
		return false;
	/* The backend sees all of it, whatever part is sent. */
	pfn = page_zalloc(PAGE_KERNEL);
	if (pfn == PFN_NONE)
		return false;
	ref = grant_access(backend, pfn_to_virt(pfn), true);
	if (ref < 0) {
		page_put(pfn);
		return false;
	}
	pfn_to_page(pfn)->next = b->nr;
	pg->data = pfn_to_virt(pfn);
	pg->ref = (grant_ref_t)ref;
	pg->class = BOUNCE_CLASSES;
	link_page(b, b->nr++);
	return true;
}

struct bounce *bounce_create(domid_t backend, unsigned int limit)
{
	struct bounce *b = kzalloc(sizeof(*b));

	if (!b)
		return NULL;
	b->limit = (uint16_t)MIN(limit, BOUNCE_PAGES);
	for (unsigned int i = 0; i <= BOUNCE_CLASSES; i++)
		b->head[i] = NO_PAGE;
	while (b->nr < AT_ONCE) {
		if (!add_page(b, backend)) {
			bounce_destroy(b);
			return NULL;
		}
	}
	return b;
}

void bounce_destroy(struct bounce *b)
{
	for (unsigned int i = 0; i < b->nr; i++)
		grant_end_later(b->page[i].ref, virt_to_pfn(b->page[i].data));
	kfree(b);
}

/* A page of this size with a free piece: one that is cut so already, one that
 * is not cut, a new one, or one that is cut larger. */
static uint16_t find_page(struct bounce *b, domid_t backend, unsigned int class)
{
	uint16_t i;

	if (b->head[class] != NO_PAGE)
		return b->head[class];
	if (b->head[BOUNCE_CLASSES] == NO_PAGE && !add_page(b, backend)) {
		while (++class < BOUNCE_CLASSES)
			if (b->head[class] != NO_PAGE)
				return b->head[class];
		return NO_PAGE;
	}
	i = b->head[BOUNCE_CLASSES];
	unlink_page(b, i);
	b->page[i].class = (uint8_t) class;
	b->page[i].free = all_free(class);
	link_page(b, i);
	return i;
}

void *bounce_take(struct bounce *b, domid_t backend, unsigned int len)
{
	unsigned int class = 0, bit;
	struct bounce_page *pg;
	uint16_t i;

	while (len > piece_size[class])
		class ++;
	i = find_page(b, backend, class);
	if (i == NO_PAGE)
		return NULL;
	pg = &b->page[i];
	bit = (unsigned int)__builtin_ctz(pg->free);
	pg->free &= (uint16_t)(pg->free - 1);
	if (!pg->free)
		unlink_page(b, i);
	return pg->data + bit * piece_size[pg->class];
}

static uint16_t page_index(const void *piece)
{
	return (uint16_t)pfn_to_page(virt_to_pfn(piece))->next;
}

void bounce_put(struct bounce *b, void *piece)
{
	uint16_t i = page_index(piece);
	struct bounce_page *pg = &b->page[i];
	unsigned int bit = (uintptr_t)piece % PAGE_SIZE / piece_size[pg->class];

	assert(!(pg->free & 1u << bit));
	if (pg->free)
		unlink_page(b, i);
	pg->free |= (uint16_t)(1u << bit);
	if (pg->free == all_free(pg->class))
		pg->class = BOUNCE_CLASSES;
	link_page(b, i);
}

grant_ref_t bounce_ref(const struct bounce *b, const void *piece)
{
	return b->page[page_index(piece)].ref;
}
