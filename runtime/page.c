/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * page.c: the page frame allocator (mem.h).
 *
 * Frames come from two places. Blocks that were freed lie in buddy lists by
 * order. Frames that were never used lie above the frontier, which moves up
 * through the ranges that the platform gave us; nothing above it has metadata
 * or a place in the direct map, so that the boot costs the same with 8 MB and
 * with 64 GB.
 *
 *	range:  first ....... frontier ..... ready ................. end
 *	        used or in lists    | prepared     | untouched
 *
 * When fewer than PREPARE_AHEAD frames are left between frontier and ready, the
 * next chunk is prepared. That takes page-table pages and metadata pages,
 * which come from what is still left: preparing calls the platform, the
 * platform calls page_alloc(), and that must not prepare again.
 *
 * The first chunk of all has nothing to take from. Then page_alloc() hands out
 * frames from the untouched range in order (early mode), and their metadata is
 * written as soon as there is a place for it.
 *
 * A frame's metadata is in struct page. A free block is known by PG_BUDDY on
 *its first frame; blocks never grow over PAGE_MAX_ORDER, which is one page of
 * metadata, so a buddy's metadata can always be read.
 */
#include <posixen/mem.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/platform.h>

/* Small, because on Xen PV a frame costs about 600 instructions to map: a
 * program pays for few that it does not use. */
#define CHUNK_FRAMES	64u
#define FRAMES_PER_META (PAGE_SIZE / sizeof(struct page))
#define PREPARE_AHEAD	16u /* > page tables + metadata of one chunk */
#define NO_BLOCK	0xffffffffu

_Static_assert(1u << PAGE_MAX_ORDER == FRAMES_PER_META,
	       "a buddy's metadata must lie in the same page");

/* Ranges of frames that are or will be below the frontier, in the order in
 * which they are used up. */
static struct boot_range ranges[16];
static unsigned int nr_ranges, cur_range;
static pfn_t frontier, ready;
static bool early, preparing;

static uint32_t free_head[PAGE_MAX_ORDER + 1] = {
	[0 ... PAGE_MAX_ORDER] = NO_BLOCK,
};
static size_t total, in_use[PAGE_USES];

/*
 * How many frames stay behind for whom: the program's memory and files stop
 * first, the kernel's heap next, and page tables may take the last one. So an
 * answer of -ENOMEM can be given with memory left to work on.
 */
static size_t kept_back(enum page_use use)
{
	if (use == PAGE_TABLE)
		return 0;
	return use == PAGE_KERNEL ? 8 : 24;
}

size_t page_total(void)
{
	return total;
}

size_t page_use_count(enum page_use use)
{
	return use == PAGE_FREE ? page_free_count() : in_use[use];
}

size_t page_free_count(void)
{
	size_t used = 0;

	for (int i = PAGE_FREE + 1; i < PAGE_USES; i++)
		used += in_use[i];
	return total - used;
}

size_t page_available(void)
{
	size_t nr = page_free_count();

	return nr > kept_back(PAGE_ANON) ? nr - kept_back(PAGE_ANON) : 0;
}

bool page_plenty(size_t n)
{
	return page_available() >= n + total / 16;
}

/* Free lists. */

static void list_in(pfn_t pfn, unsigned int order)
{
	struct page *pg = pfn_to_page(pfn);

	pg->refs = 0;
	pg->use = PAGE_FREE;
	pg->flags = PG_BUDDY;
	pg->order = (uint8_t)order;
	pg->prev = NO_BLOCK;
	pg->next = free_head[order];
	if (pg->next != NO_BLOCK)
		pfn_to_page(pg->next)->prev = pfn;
	free_head[order] = pfn;
}

static void list_out(pfn_t pfn)
{
	struct page *pg = pfn_to_page(pfn);

	if (pg->prev == NO_BLOCK)
		free_head[pg->order] = pg->next;
	else
		pfn_to_page(pg->prev)->next = pg->next;
	if (pg->next != NO_BLOCK)
		pfn_to_page(pg->next)->prev = pg->prev;
	pg->flags = 0;
}

static void give_back(pfn_t pfn, unsigned int order)
{
	for (; order < PAGE_MAX_ORDER; order++) {
		pfn_t buddy = pfn ^ (1u << order);
		struct page *pg = pfn_to_page(buddy);

		if (!(pg->flags & PG_BUDDY) || pg->order != order)
			break;
		list_out(buddy);
		pfn &= ~(1u << order);
	}
	list_in(pfn, order);
}

/* Put frames [first, end) into the lists as the largest aligned blocks. */
static void give_back_range(pfn_t first, pfn_t end)
{
	while (first < end) {
		unsigned int order = 0;

		while (order < PAGE_MAX_ORDER && !(first & (1u << order)) &&
		       first + (2u << order) <= end)
			order++;
		give_back(first, order);
		first += 1u << order;
	}
}

static pfn_t take_from_lists(unsigned int order)
{
	unsigned int have = order;
	pfn_t pfn;

	while (have <= PAGE_MAX_ORDER && free_head[have] == NO_BLOCK)
		have++;
	if (have > PAGE_MAX_ORDER)
		return PFN_NONE;
	pfn = free_head[have];
	list_out(pfn);
	while (have > order) {
		have--;
		list_in(pfn + (1u << have), have);
	}
	return pfn;
}

/* The frontier. */

static int seen(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	return 1;
}

static void describe(pfn_t pfn, enum page_use use, unsigned int order)
{
	struct page *pg = pfn_to_page(pfn);

	pg->refs = 1;
	pg->use = (uint8_t)use;
	pg->order = (uint8_t)order;
	pg->flags = 0;
	pg->next = pg->prev = 0;
}

/* Make the pages of the struct page array that describe [first, end). */
static int make_metadata(pfn_t first, pfn_t end)
{
	uintptr_t va = PAGE_DOWN((uintptr_t)pfn_to_page(first));
	uintptr_t last = (uintptr_t)pfn_to_page(end - 1);

	for (; va <= last; va += PAGE_SIZE) {
		pfn_t pfn;
		int err;

		/* Two ranges may share a page of the array. */
		if (plat_walk(va, 1, seen, NULL))
			continue;
		pfn = page_alloc_inner(PAGE_KERNEL, 0);
		if (pfn == PFN_NONE)
			return -ENOMEM;
		err = plat_map(va, &pfn, 1, PLAT_R | PLAT_W);
		if (err) {
			if (!early)
				page_free(pfn, 0);
			return err;
		}
		memset((void *)va, 0, PAGE_SIZE);
	}
	return 0;
}

/* Prepare frames from first on, to the end of the chunk or of the range. The
 * new end of prepared frames, or first when there is no memory to do it. */
static pfn_t prepare(pfn_t first, pfn_t range_end)
{
	pfn_t end =
		MIN(ALIGN_DOWN(first, CHUNK_FRAMES) + CHUNK_FRAMES, range_end);
	bool ok;

	preparing = true;
	ok = !plat_direct_map(first, end - first) && !make_metadata(first, end);
	preparing = false;
	return ok ? end : first;
}

/* Make sure that n frames and some more lie below ready, if memory lasts. */
static void advance(unsigned int n)
{
	while (!preparing && ready - frontier < n + PREPARE_AHEAD) {
		pfn_t end = ranges[cur_range].end;
		pfn_t to;

		if (ready < end) {
			to = prepare(ready, end);
			if (to == ready)
				return;
			ready = to;
			continue;
		}
		if (cur_range + 1 >= nr_ranges)
			return;
		end = ranges[cur_range + 1].end;
		to = prepare(ranges[cur_range + 1].first, end);
		if (to == ranges[cur_range + 1].first)
			return;
		give_back_range(frontier, ready);
		cur_range++;
		frontier = ranges[cur_range].first;
		ready = to;
	}
}

static pfn_t take_from_frontier(unsigned int order)
{
	unsigned int n = 1u << order;
	pfn_t pfn;

	/* Twice n leaves room to align. */
	advance(2 * n);
	pfn = ALIGN_UP(frontier, n);
	if (pfn + n > ready || pfn + n < pfn)
		return PFN_NONE;
	give_back_range(frontier, pfn);
	frontier = pfn + n;
	return pfn;
}

static pfn_t take_early(enum page_use use, unsigned int order)
{
	if (order || frontier == ranges[0].end)
		return PFN_NONE;
	in_use[use]++;
	return frontier++;
}

static pfn_t take(enum page_use use, unsigned int order)
{
	size_t keep = preparing ? 0 : kept_back(use);
	pfn_t pfn;

	if (early)
		return take_early(use, order);
	if (order > PAGE_MAX_ORDER ||
	    page_free_count() < keep + ((size_t)1 << order))
		return PFN_NONE;
	pfn = take_from_lists(order);
	if (pfn == PFN_NONE)
		pfn = take_from_frontier(order);
	/* Preparing may have freed what it could not use. */
	if (pfn == PFN_NONE)
		pfn = take_from_lists(order);
	if (pfn == PFN_NONE)
		return PFN_NONE;
	describe(pfn, use, order);
	in_use[use] += (size_t)1 << order;
	return pfn;
}

pfn_t page_alloc_inner(enum page_use use, unsigned int order)
{
	return take(use, order);
}

pfn_t page_alloc(enum page_use use, unsigned int order)
{
	/* Page tables of the frontier itself are not the request's own. */
	if (!preparing && inject_should_fail())
		return PFN_NONE;
	return take(use, order);
}

pfn_t page_zalloc(enum page_use use)
{
	pfn_t pfn = page_alloc(use, 0);

	if (pfn != PFN_NONE)
		memset(pfn_to_virt(pfn), 0, PAGE_SIZE);
	return pfn;
}

void page_free(pfn_t pfn, unsigned int order)
{
	struct page *pg = pfn_to_page(pfn);

	assert(pg->refs == 1 && pg->use != PAGE_FREE);
	in_use[pg->use] -= (size_t)1 << order;
	give_back(pfn, order);
}

void page_split(pfn_t pfn, unsigned int order)
{
	enum page_use use = pfn_to_page(pfn)->use;

	for (pfn_t i = 0; i < 1u << order; i++)
		describe(pfn + i, use, 0);
}

void page_get(pfn_t pfn)
{
	pfn_to_page(pfn)->refs++;
}

void page_put(pfn_t pfn)
{
	struct page *pg = pfn_to_page(pfn);

	if (pg->refs == 1)
		page_free(pfn, 0);
	else
		pg->refs--;
}

uint32_t page_refs(pfn_t pfn)
{
	return pfn_to_page(pfn)->refs;
}

void page_donate(pfn_t first, pfn_t end)
{
	/* Frame 0 is not handed out: 0 means no page in linked lists. */
	first = MAX(first, 1);
	if (first >= end)
		return;
	if (nr_ranges == ARRAY_SIZE(ranges)) {
		klog("%u page frames are left unused: too many ranges\n",
		     end - first);
		return;
	}
	ranges[nr_ranges].first = first;
	ranges[nr_ranges++].end = end;
	total += end - first;
}

void page_init(const struct boot_info *info)
{
	pfn_t first;

	for (unsigned int i = 0; i < info->nr_free; i++)
		page_donate(info->free[i].first, info->free[i].end);
	if (!nr_ranges)
		panic("the platform found no free memory\n");

	first = frontier = ready = ranges[0].first;
	early = true;
	while (ready < ranges[0].end && ready < frontier + PREPARE_AHEAD) {
		pfn_t to = prepare(ready, ranges[0].end);

		if (to == ready)
			break;
		ready = to;
	}
	early = false;
	if (ready < frontier || ready == first)
		panic("too little memory to start: %zu KB\n", total * 4);
	/* What went out before there was metadata. The array's own pages among
	 * them are counted as the kernel's; none of these is ever freed. */
	for (pfn_t pfn = first; pfn < frontier; pfn++)
		describe(pfn, PAGE_TABLE, 0);
}
