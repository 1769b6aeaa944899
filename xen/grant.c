/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grant.c: references of the grant table, and what they point to. The order of
 * writes is that of xen/grant_table.h ("Introducing a valid entry").
 *
 * An entry is shared with Xen, which marks it while another domain has its
 * frame mapped or is copying. So a list of free references is kept apart: next,
 * which also links those that wait until the other side lets go.
 *
 * The tools may have filled the first entries (GNTTAB_NR_RESERVED_ENTRIES) for
 * console and xenstore. They are not touched, so 0 is never a reference here
 * and ends a list.
 */
#include <posixen/layout.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/thread.h>
#include "grant.h"
#include "grant_table.h"

#define PER_FRAME  (PAGE_SIZE / sizeof(struct grant_entry_v1))
#define MAX_FRAMES 127 /* a reference fits 16 bits: twice what Xen allows */

#define RETRY_FIRST (10 * NSEC_PER_SEC / 1000)
#define RETRY_LAST  (5 * NSEC_PER_SEC)

static volatile struct grant_entry_v1 *const table =
	(volatile struct grant_entry_v1 *)GRANTS_BASE;
static unsigned int frames; /* of the table, mapped */

static uint16_t *next;
static uint16_t first_free, first_later;
/* From here on no reference was ever used. */
static unsigned int fresh = GNTTAB_NR_RESERVED_ENTRIES;

static void retry(struct timer *t);
static struct timer retry_timer = {.fn = retry};
static uint64_t retry_after;

static int grow(void)
{
	uint16_t *larger;
	int err;

	if (frames == MAX_FRAMES)
		return -ENOSPC;
	larger = krealloc(next, (frames + 1) * PER_FRAME * sizeof(*next));
	if (!larger)
		return -ENOMEM;
	next = larger;
	err = grant_show_frame(frames, GRANTS_BASE + frames * PAGE_SIZE);
	if (err)
		return err;
	frames++;
	return 0;
}

int grant_reserve(void)
{
	unsigned int ref = first_free;

	if (ref) {
		first_free = next[ref];
		return (int)ref;
	}
	if (fresh >= frames * PER_FRAME) {
		int err = grow();

		if (err)
			return err;
	}
	return (int)fresh++;
}

void grant_free(grant_ref_t ref)
{
	next[ref] = first_free;
	first_free = (uint16_t)ref;
}

void grant_set(grant_ref_t ref, domid_t domid, const void *page, bool readonly)
{
	volatile struct grant_entry_v1 *e = &table[ref];

	e->domid = domid;
	e->frame = grant_frame(virt_to_pfn(page));
	/* The flags make the entry valid, so they come last; x86 keeps the
	 * order of stores, the compiler is told to. */
	barrier();
	e->flags = GTF_permit_access | (readonly ? GTF_readonly : 0);
}

bool grant_clear(grant_ref_t ref)
{
	volatile uint16_t *flags = &table[ref].flags;
	uint16_t had = *flags;

	/* In one step with the look at Xen's marks: the other side may begin to
	 * use the entry between two. */
	do {
		if (had & (GTF_reading | GTF_writing))
			return false;
	} while (!__atomic_compare_exchange_n(
		flags, &had, 0, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
	return true;
}

int grant_access(domid_t domid, const void *page, bool readonly)
{
	int ref = grant_reserve();

	if (ref > 0)
		grant_set(ref, domid, page, readonly);
	return ref;
}

bool grant_end(grant_ref_t ref)
{
	if (!grant_clear(ref))
		return false;
	grant_free(ref);
	return true;
}

/* Called at longer and longer intervals: a broken other side may keep what it
 * has for ever, and shall not keep us awake. */
static void retry(struct timer *t)
{
	uint16_t *link = &first_later;

	while (*link) {
		unsigned int ref = *link;
		pfn_t pfn = grant_frame_pfn(table[ref].frame);
		uint16_t after = next[ref];

		if (grant_end(ref)) {
			*link = after;
			page_put(pfn);
		} else {
			link = &next[ref];
		}
	}
	if (!first_later)
		return;
	retry_after = MIN(2 * retry_after, RETRY_LAST);
	timer_arm(&retry_timer, plat_monotonic_ns() + retry_after);
}

void grant_end_later(grant_ref_t ref, pfn_t pfn)
{
	if (grant_end(ref)) {
		page_put(pfn);
		return;
	}
	/* The entry goes on to say which frame it is. */
	next[ref] = first_later;
	first_later = (uint16_t)ref;
	/* Soon; but a stream of such calls must not put it off. */
	if (retry_timer.deadline && retry_after == RETRY_FIRST)
		return;
	retry_after = RETRY_FIRST;
	timer_arm(&retry_timer, plat_monotonic_ns() + retry_after);
}
