/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * txpage.c: pages for data on its way out (txpage.h).
 *
 * All of them stand in one table, the free ones first. A page's metadata says
 * where in the table it stands (next) and what the driver calls it (prev), and
 * PG_TX that it is one: so every question is answered without a search.
 *
 *	table:  free ......... | in use ......... |
 *	        0              nr_free            nr
 *
 * Free pages are taken and put at the border, so what was used last is used
 * next. They are kept free for a while, with their cookies, because granting a
 * page and taking it back costs more than handing it out: above a sixteenth of
 * memory they go back to the allocator at once, above a few dozen with time.
 */
#include <posixen/mem.h>
#include <posixen/klog.h>
#include <posixen/platform.h>
#include <posixen/thread.h>
#include <posixen/txpage.h>

/* Free pages that are kept for ever: a 64th of memory, within these. */
#define KEEP_MIN 32u
#define KEEP_MAX 256u
/* How long the others wait until half of them goes. */
#define LINGER (NSEC_PER_SEC / 2)
/* A page still shown to the other side is passed over; how many at a time. */
#define PATIENCE 8u

static pfn_t *table;
static uint32_t nr, nr_free, capacity;
static bool (*owner)(void *page, uint32_t cookie, bool last);
static struct timer linger;

static struct page *page_of(const void *addr)
{
	return pfn_to_page(virt_to_pfn(addr));
}

static void place(uint32_t at, pfn_t pfn)
{
	table[at] = pfn;
	pfn_to_page(pfn)->next = at;
}

static void swap(uint32_t a, uint32_t b)
{
	pfn_t pfn = table[a];

	if (a == b)
		return;
	place(a, table[b]);
	place(b, pfn);
}

static bool grow_table(void)
{
	uint32_t room = capacity ? 2 * capacity : 64;
	pfn_t *p = krealloc(table, room * sizeof(*p));

	if (!p)
		return false;
	table = p;
	capacity = room;
	return true;
}

/* The page at a place of the table leaves it, and is an ordinary frame with one
 * reference fewer. */
static void drop(uint32_t at)
{
	pfn_t pfn = table[at];

	if (at < nr_free) {
		swap(at, --nr_free);
		at = nr_free;
	}
	swap(at, --nr);
	pfn_to_page(pfn)->flags &= (uint16_t)~PG_TX;
}

void *txpage_alloc(void)
{
	pfn_t pfn;

	if (nr_free)
		return pfn_to_virt(table[--nr_free]);
	if (nr == capacity && !grow_table())
		return NULL;
	/* The other side sees all of it, whatever part is sent. */
	pfn = page_zalloc(PAGE_KERNEL);
	if (pfn == PFN_NONE)
		return NULL;
	place(nr++, pfn);
	pfn_to_page(pfn)->prev = 0;
	pfn_to_page(pfn)->flags |= PG_TX;
	return pfn_to_virt(pfn);
}

void txpage_get(const void *addr)
{
	page_get(virt_to_pfn(addr));
}

bool is_txpage(const void *addr)
{
	uintptr_t a = (uintptr_t)addr;

	return a >= DIRECT_BASE && a < DIRECT_MAX &&
	       (page_of(addr)->flags & PG_TX);
}

/* Give free pages back until only so many are left, those unused for longest
 * first. */
static void shrink(uint32_t left)
{
	uint32_t at = 0;

	while (nr_free > left && at < MIN(nr_free, PATIENCE)) {
		pfn_t pfn = table[at];
		uint32_t cookie = pfn_to_page(pfn)->prev;

		if (cookie && !owner(pfn_to_virt(pfn), cookie, false)) {
			at++;
			continue;
		}
		drop(at);
		page_put(pfn);
	}
}

static uint32_t keep(void)
{
	uint32_t share = (uint32_t)(page_total() / 64);

	return MAX(MIN(share, KEEP_MAX), KEEP_MIN);
}

static void lingered(struct timer *t)
{
	uint32_t least = keep();

	if (nr_free > least)
		shrink(MAX(nr_free / 2, least));
	if (nr_free > least)
		timer_arm(&linger, plat_monotonic_ns() + LINGER);
}

void txpage_put(const void *addr)
{
	struct page *pg = page_of(addr);

	assert(pg->refs > 0);
	if (pg->refs > 1 || !(pg->flags & PG_TX)) {
		page_put(virt_to_pfn(addr));
		return;
	}
	assert(pg->next >= nr_free);
	swap(pg->next, nr_free++);
	if (nr_free <= KEEP_MIN || nr_free <= keep())
		return;
	shrink(MAX((uint32_t)(page_total() / 16), keep()));
	if (!linger.deadline) {
		linger.fn = lingered;
		timer_arm(&linger, plat_monotonic_ns() + LINGER);
	}
}

size_t txpage_count(size_t *free)
{
	if (free)
		*free = nr_free;
	return nr;
}

uint32_t txpage_cookie(const void *addr)
{
	return page_of(addr)->prev;
}

void txpage_set_cookie(const void *addr, uint32_t cookie)
{
	page_of(addr)->prev = cookie;
}

int txpage_set_revoke(bool (*revoke)(void *page, uint32_t cookie, bool last))
{
	if (owner && owner != revoke)
		return -EBUSY;
	owner = revoke;
	return 0;
}

void txpage_clear_revoke(void)
{
	uint32_t at = 0;

	while (at < nr) {
		pfn_t pfn = table[at];
		struct page *pg = pfn_to_page(pfn);
		uint32_t cookie = pg->prev;

		pg->prev = 0;
		if (!cookie || owner(pfn_to_virt(pfn), cookie, true)) {
			at++;
			continue;
		}
		/* Whoever uses it puts it as an ordinary frame; a free one is
		 * the driver's alone. Another page stands here now. */
		if (at < nr_free) {
			drop(at);
			page_put(pfn);
		} else {
			drop(at);
		}
	}
	owner = NULL;
}
