/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mem.h: page frames and the kernel heap (runtime/page.c, runtime/kmalloc.c).
 *
 * Rules: everything here is kernel context and never blocks; failure is NULL or
 * PFN_NONE, which a caller hands up as -ENOMEM (or -ENOSPC in a filesystem).
 * All allocations pass inject_should_fail(), so that tests can make each fail.
 */
#ifndef POSIXEN_MEM_H
#define POSIXEN_MEM_H

#include <posixen/types.h>
#include <posixen/layout.h>

/* What a page frame is used for, counted separately for /proc/meminfo and for
 * the limits of filesystems. */
enum page_use {
	PAGE_FREE,
	PAGE_KERNEL, /* heap, kernel stacks */
	PAGE_TABLE,  /* page tables */
	PAGE_ANON,   /* anonymous memory of the program */
	PAGE_FILE,   /* contents of files in memory filesystems */
	PAGE_USES
};

/*
 * Metadata of a page frame, in an array at PAGES_BASE whose own pages appear
 * as the allocator's frontier reaches them.
 */
struct page {
	union {
		uint32_t refs; /* mappings + owners; freed when 0 */
		struct {       /* kmalloc.c: a page of small objects */
			uint16_t slab_first; /* offset of a free one */
			uint16_t slab_used;
		};
	};
	uint8_t use;	/* enum page_use */
	uint8_t order;	/* of a free block or of an allocation */
	uint16_t flags; /* PG_ bits */
	uint32_t next;	/* free lists (pfn), else owner's */
	uint32_t prev;
};

#define PG_BUDDY 1u /* heads a block in a free list */
#define PG_SLAB	 2u /* kmalloc: small objects; order is the size class */
#define PG_LARGE 4u /* kmalloc: first of next frames in one piece */
#define PG_TX	 8u /* txpage.c: next is a place in its table, prev the cookie */
#define PG_RX	 16u /* rxpage.c: prev is who wrote there */

static inline struct page *pfn_to_page(pfn_t pfn)
{
	return (struct page *)PAGES_BASE + pfn;
}

/*
 * Take over the free ranges of boot_info; the first must hold 64 frames or
 * more. Work that does not grow with memory: of each 2 MB chunk the direct map
 * and the metadata are made when the frontier comes near it, from frames that
 * are already mapped. Only for the very first chunk there are none: what
 * plat_direct_map() and plat_map() ask of page_alloc(PAGE_TABLE) then comes
 * from the start of free[0] upward and is not in the direct map yet. The
 * platform must have another way to write these frames.
 */
struct boot_info;
void page_init(const struct boot_info *boot_info);
/* The largest order page_alloc() serves: 1 MB. */
#define PAGE_MAX_ORDER 8
/* 2^order contiguous frames, contents undefined, refs 1 on the first (order 0:
 * on the only one). PFN_NONE when there are none. */
pfn_t page_alloc(enum page_use use, unsigned int order);
/* One zeroed frame. */
pfn_t page_zalloc(enum page_use use);
/* As page_alloc(), for kmalloc(), which asks inject_should_fail() itself. */
pfn_t page_alloc_inner(enum page_use use, unsigned int order);
void page_free(pfn_t pfn, unsigned int order); /* refs must be 1 */
/* Make a block 2^order frames that are freed one by one. */
void page_split(pfn_t pfn, unsigned int order);
void page_get(pfn_t pfn);
void page_put(pfn_t pfn); /* frees an order-0 frame at the last put */
uint32_t page_refs(pfn_t pfn);
/* Hand a range of boot-time frames (ramdisk, low memory) to the allocator. */
void page_donate(pfn_t first, pfn_t end);

size_t page_total(void);
size_t page_free_count(void);
size_t page_use_count(enum page_use use);
/* True when at least n frames are free and a reserve for the kernel stays. */
bool page_plenty(size_t n);
/* How many frames the program could get now: free ones less the reserve that
 * only the kernel may use. */
size_t page_available(void);

static inline void *pfn_to_virt(pfn_t pfn)
{
	return (void *)(DIRECT_BASE + ((uintptr_t)pfn << PAGE_SHIFT));
}

static inline pfn_t virt_to_pfn(const void *p)
{
	return (pfn_t)(((uintptr_t)p - DIRECT_BASE) >> PAGE_SHIFT);
}

/* The kernel heap. 16-byte aligned. kfree(NULL) does nothing. */
void *kmalloc(size_t n);
void *kzalloc(size_t n);
void *krealloc(void *p, size_t n); /* NULL: p is untouched */
void kfree(void *p);
char *kstrdup(const char *s);
char *kstrndup(const char *s, size_t n);
size_t kmalloc_in_use(void); /* bytes, for leak tests and /proc */

/* A kernel stack of KSTACK_SIZE with an unmapped guard page below it; returns
 * its top, or NULL. */
#define KSTACK_SIZE (4 * PAGE_SIZE)
void *kstack_alloc(void);
void kstack_free(void *top);

/*
 * Fault injection (runtime/inject.c). Boot parameter inject=N makes the N-th
 * allocation after the program's start fail, once; inject=N+ all from there.
 */
bool inject_should_fail(void);
/* Start counting: called once, just before the program's first instruction. */
void inject_arm(void);
/* In between, allocations are not counted and do not fail on purpose: demand
 * faults, whose failure no return value can tell the program of. */
void inject_hold(void);
void inject_release(void);
/* Allocations counted so far: where a test's loop over N ends. */
uint64_t inject_count(void);
/* At the program's end, if inject= was given: log how many allocations there
 * were and what is still held, so that a test sees a leak. */
void inject_report(void);

#endif
