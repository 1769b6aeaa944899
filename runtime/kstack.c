/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kstack.c: kernel stacks (mem.h), each with a page below it that is never
 * mapped: running over the end is a page fault there, not damage elsewhere.
 *
 * The window is cut into slots of guard page and stack. A bitmap says which are
 * taken; the search starts where the last one ended.
 */
#include <posixen/mem.h>
#include <posixen/klog.h>
#include <posixen/platform.h>

#define STACK_PAGES (KSTACK_SIZE / PAGE_SIZE)
#define SLOT_SIZE   (KSTACK_SIZE + PAGE_SIZE)
#define NR_SLOTS    32768u
_Static_assert(KSTACKS_BASE + NR_SLOTS * SLOT_SIZE <= KSTACKS_MAX,
	       "slots must fit their window");

static uint64_t taken[NR_SLOTS / 64];
static unsigned int hint;

static int find_slot(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(taken); i++) {
		unsigned int w = (hint + i) % ARRAY_SIZE(taken);

		if (~taken[w]) {
			hint = w;
			return (int)w * 64 + __builtin_ctzll(~taken[w]);
		}
	}
	return -1;
}

static uintptr_t slot_base(unsigned int slot)
{
	return KSTACKS_BASE + slot * SLOT_SIZE + PAGE_SIZE;
}

static int free_frame(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	page_put(pfn);
	return 0;
}

void *kstack_alloc(void)
{
	pfn_t frames[STACK_PAGES];
	unsigned int n = 0;
	int slot = find_slot();
	uintptr_t base;

	if (slot < 0)
		return NULL;
	base = slot_base((unsigned int)slot);
	for (; n < STACK_PAGES; n++) {
		frames[n] = page_alloc(PAGE_KERNEL, 0);
		if (frames[n] == PFN_NONE)
			goto fail;
	}
	if (plat_map(base, frames, STACK_PAGES, PLAT_R | PLAT_W))
		goto fail;
	taken[slot / 64] |= 1UL << slot % 64;
	return (void *)(base + KSTACK_SIZE);
fail:
	while (n)
		page_free(frames[--n], 0);
	return NULL;
}

void kstack_free(void *top)
{
	uintptr_t base = (uintptr_t)top - KSTACK_SIZE;
	unsigned int slot = (unsigned int)((base - KSTACKS_BASE) / SLOT_SIZE);

	assert(slot < NR_SLOTS && taken[slot / 64] & 1UL << slot % 64 &&
	       base == slot_base(slot));
	plat_walk(base, STACK_PAGES, free_frame, NULL);
	plat_unmap(base, STACK_PAGES);
	taken[slot / 64] &= ~(1UL << slot % 64);
}
