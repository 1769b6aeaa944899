/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagetable.c: the host platform's page tables (platform.h).
 *
 * The truth is a radix tree in page frames, four levels of 512 entries as on
 * the real machine, so that memory runs out here in the same places. Beside it
 * the Linux process is made to look like it: a page that is present is a shared
 * mapping of the frame's place in the memory file host_memfd, with the same
 * access; one that is not present is not mapped at all, so that Linux sends
 * SIGSEGV where Xen would raise a page fault.
 *
 * The direct map is mappings only: it never changes and is not walked. The
 * image was mapped by Linux from the executable and is not in the tree either;
 * plat_protect() and plat_unmap() act on it by its address.
 */
#include "host.h"
#include <posixen/klog.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <linux/mman.h>
#include <asm/unistd.h>

#define LEVELS	   4
#define ENTRIES	   512UL
#define PRESENT	   1UL
#define PROT_SHIFT 1

/* An entry is pfn << PAGE_SHIFT | prot << PROT_SHIFT | PRESENT. */
static uint64_t root[ENTRIES];

static size_t span(int level)
{
	return PAGE_SIZE << (9 * level);
}

static unsigned int slot(uintptr_t va, int level)
{
	return va / span(level) % ENTRIES;
}

static pfn_t entry_pfn(uint64_t e)
{
	return (pfn_t)(e >> PAGE_SHIFT);
}

static unsigned int entry_prot(uint64_t e)
{
	return e >> PROT_SHIFT & (PLAT_R | PLAT_W | PLAT_X);
}

static uint64_t *entry_table(uint64_t e)
{
	return pfn_to_virt(entry_pfn(e));
}

/* The leaf table for va; NULL if there is none, or no memory to make one. */
static uint64_t *leaf(uintptr_t va, bool make)
{
	uint64_t *table = root;

	for (int level = LEVELS - 1; level > 0; level--) {
		uint64_t *e = &table[slot(va, level)];

		if (!*e) {
			pfn_t pfn = make ? page_alloc(PAGE_TABLE, 0) : PFN_NONE;

			if (pfn == PFN_NONE)
				return NULL;
			memset(pfn_to_virt(pfn), 0, PAGE_SIZE);
			*e = (uint64_t)pfn << PAGE_SHIFT | PRESENT;
		}
		table = entry_table(*e);
	}
	return table;
}

/* Linux's side. */

static int linux_prot(unsigned int prot)
{
	return (prot & PLAT_R ? PROT_READ : 0) |
	       (prot & PLAT_W ? PROT_WRITE : 0) |
	       (prot & PLAT_X ? PROT_EXEC : 0);
}

static int linux_map(uintptr_t va, pfn_t pfn, size_t n, unsigned int prot)
{
	long ret = host_syscall6(__NR_mmap, (long)va, (long)(n << PAGE_SHIFT),
				 linux_prot(prot),
				 MAP_SHARED | MAP_FIXED | MAP_POPULATE,
				 host_memfd, (long)pfn << PAGE_SHIFT);

	return ret == (long)va ? 0 : -ENOMEM;
}

static void linux_unmap(uintptr_t va, size_t n)
{
	host_syscall6(__NR_munmap, (long)va, (long)(n << PAGE_SHIFT), 0, 0, 0,
		      0);
}

static void linux_protect(uintptr_t va, size_t n, unsigned int prot)
{
	/* It can fail only where Linux's limit of mappings is reached, which
	 * plat_protect() has no way to report. */
	if (host_syscall6(__NR_mprotect, (long)va, (long)(n << PAGE_SHIFT),
			  linux_prot(prot), 0, 0, 0))
		panic("the host's limit of mappings is reached: "
		      "raise vm.max_map_count\n");
}

/* How many of n frames lie one after the other. */
static size_t run_length(const pfn_t *pfns, size_t n)
{
	size_t i = 1;

	while (i < n && pfns[i] == pfns[0] + i)
		i++;
	return i;
}

int plat_map(uintptr_t va, const pfn_t *pfns, size_t n, unsigned int prot)
{
	size_t i, run;

	for (i = 0; i < n; i++) {
		if (!leaf(va + i * PAGE_SIZE, true))
			return -ENOMEM;
	}
	for (i = 0; i < n; i += run) {
		run = run_length(pfns + i, n - i);
		if (linux_map(va + i * PAGE_SIZE, pfns[i], run, prot)) {
			plat_unmap(va, n);
			return -ENOMEM;
		}
	}
	for (i = 0; i < n; i++, va += PAGE_SIZE)
		leaf(va, false)[slot(va, 0)] = (uint64_t)pfns[i] << PAGE_SHIFT |
					       prot << PROT_SHIFT | PRESENT;
	return 0;
}

static bool is_empty(const uint64_t *table)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		if (table[i])
			return false;
	}
	return true;
}

/* Clear the entries of [va, end) in a table; true if any page was there.
 * Tables below that become empty are freed. */
static bool clear(uint64_t *table, int level, uintptr_t va, uintptr_t end)
{
	bool any = false;

	while (va < end) {
		uint64_t *e = &table[slot(va, level)];
		uintptr_t next = ALIGN_DOWN(va, span(level)) + span(level);

		if (!*e) {
			va = next;
			continue;
		}
		if (!level) {
			*e = 0;
			any = true;
		} else {
			any |= clear(entry_table(*e), level - 1, va,
				     MIN(next, end));
			if (is_empty(entry_table(*e))) {
				page_free(entry_pfn(*e), 0);
				*e = 0;
			}
		}
		va = next;
	}
	return any;
}

static bool in_image(uintptr_t va, size_t n)
{
	return va < (uintptr_t)__image_end &&
	       va + n * PAGE_SIZE > (uintptr_t)__image_start;
}

void plat_unmap(uintptr_t va, size_t n)
{
	if (clear(root, LEVELS - 1, va, va + n * PAGE_SIZE) || in_image(va, n))
		linux_unmap(va, n);
}

static int walk(uint64_t *table, int level, uintptr_t va, uintptr_t end,
		int (*fn)(void *arg, uintptr_t va, uint64_t *e), void *arg)
{
	while (va < end) {
		uint64_t *e = &table[slot(va, level)];
		uintptr_t next = ALIGN_DOWN(va, span(level)) + span(level);
		int ret = 0;

		if (*e)
			ret = level ? walk(entry_table(*e), level - 1, va,
					   MIN(next, end), fn, arg)
				    : fn(arg, va, e);
		if (ret)
			return ret;
		va = next;
	}
	return 0;
}

/* A run of pages whose access is to change. */
struct change {
	uintptr_t va;
	size_t n;
	unsigned int prot;
};

static void flush(struct change *c)
{
	if (c->n)
		linux_protect(c->va, c->n, c->prot);
	c->n = 0;
}

static int change_entry(void *arg, uintptr_t va, uint64_t *e)
{
	struct change *c = arg;

	if (entry_prot(*e) == c->prot)
		return 0;
	*e = (uint64_t)entry_pfn(*e) << PAGE_SHIFT | c->prot << PROT_SHIFT |
	     PRESENT;
	if (va != c->va + c->n * PAGE_SIZE)
		flush(c);
	if (!c->n++)
		c->va = va;
	return 0;
}

void plat_protect(uintptr_t va, size_t n, unsigned int prot)
{
	struct change c = {0, 0, prot};

	/* Other pages may have been mapped over parts of the image. */
	if (in_image(va, n))
		linux_protect(va, n, prot);
	walk(root, LEVELS - 1, va, va + n * PAGE_SIZE, change_entry, &c);
	flush(&c);
}

struct visit {
	int (*fn)(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot);
	void *arg;
};

static int visit_entry(void *arg, uintptr_t va, uint64_t *e)
{
	const struct visit *v = arg;

	return v->fn(v->arg, va, entry_pfn(*e), entry_prot(*e));
}

int plat_walk(uintptr_t va, size_t n,
	      int (*fn)(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot),
	      void *arg)
{
	struct visit v = {fn, arg};

	return walk(root, LEVELS - 1, va, va + n * PAGE_SIZE, visit_entry, &v);
}

int plat_direct_map(pfn_t first, size_t n)
{
	return linux_map((uintptr_t)pfn_to_virt(first), first, n,
			 PLAT_R | PLAT_W);
}
