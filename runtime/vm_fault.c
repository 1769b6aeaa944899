/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_fault.c: pages appear (vm.h). Never blocks: it runs in the exception.
 *
 * There is no shared page of zeroes: a read of untouched anonymous memory gets
 * a page of its own at once. Programs rarely read what they have not written,
 * and the second fault would cost more than what the few save.
 */
#include "vm_impl.h"
#include <posixen/file.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <asm/siginfo.h>
#include <asm/signal.h>
#include <linux/resource.h>

/* Pages made at once where memory is plentiful. */
#define CLUSTER 16u

struct lookup {
	pfn_t pfn;
	unsigned int prot;
};

static int note_page(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	struct lookup *l = arg;

	l->pfn = pfn;
	l->prot = prot;
	return 1;
}

pfn_t vm_lookup(uintptr_t va, unsigned int *prot)
{
	struct lookup l = {PFN_NONE, 0};

	plat_walk(va, 1, note_page, &l);
	*prot = l.prot;
	return l.pfn;
}

static pfn_t get_frames(unsigned int order)
{
	pfn_t pfn = page_alloc(PAGE_ANON, order);

	if (pfn != PFN_NONE)
		page_split(pfn, order);
	return pfn;
}

static void put_frames(const pfn_t *pfns, size_t n)
{
	while (n)
		page_put(pfns[--n]);
}

/* Map frames that the caller has references to; they are given back if that
 * fails. */
static int map_frames(uintptr_t va, const pfn_t *pfns, size_t n,
		      unsigned int prot)
{
	int err = plat_map(va, pfns, n, prot);

	if (err)
		put_frames(pfns, n);
	return err;
}

static int zero_one(struct vm_area *a, uintptr_t va)
{
	pfn_t pfn = get_frames(0);

	if (pfn == PFN_NONE)
		return -ENOMEM;
	memset(pfn_to_virt(pfn), 0, PAGE_SIZE);
	return map_frames(va, &pfn, 1, plat_prot(a->prot));
}

static bool is_present(uintptr_t va)
{
	unsigned int prot;

	return vm_lookup(va, &prot) != PFN_NONE;
}

static int note_last(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	*(uintptr_t *)arg = va;
	return 0;
}

static int note_first(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	*(uintptr_t *)arg = va;
	return 1;
}

/*
 * The pages to make with the one at va: how many, from *start on. One alone
 * unless its neighbour is there: a program that went on from one page to the
 * next will go on, upward or, as stacks do, downward.
 */
static size_t choose_cluster(struct vm_area *a, uintptr_t va, uintptr_t *start)
{
	uintptr_t next = va + PAGE_SIZE, end, last;

	*start = va;
	if (!page_plenty(CLUSTER))
		return 1;
	if (va > a->start && is_present(va - PAGE_SIZE)) {
		end = MIN(va + CLUSTER * PAGE_SIZE, a->end);
		plat_walk(va, pages_of(va, end), note_first, &end);
		return pages_of(va, end);
	}
	if (next < a->end && is_present(next)) {
		last = MAX(next - CLUSTER * PAGE_SIZE, a->start) - PAGE_SIZE;
		plat_walk(last + PAGE_SIZE, pages_of(last, va), note_last,
			  &last);
		*start = last + PAGE_SIZE;
		return pages_of(*start, next);
	}
	return 1;
}

/* Several pages of zeroes around va, from frames in one piece. */
static bool zero_cluster(struct vm_area *a, uintptr_t va)
{
	pfn_t pfns[CLUSTER];
	uintptr_t start;
	size_t n = choose_cluster(a, va, &start);
	unsigned int order = 0;

	while ((size_t)2 << order <= n)
		order++;
	if (!order)
		return false;
	if (start != va)
		start = va + PAGE_SIZE - (PAGE_SIZE << order);
	pfns[0] = get_frames(order);
	if (pfns[0] == PFN_NONE)
		return false;
	n = (size_t)1 << order;
	for (size_t i = 1; i < n; i++)
		pfns[i] = pfns[0] + (pfn_t)i;
	memset(pfn_to_virt(pfns[0]), 0, n * PAGE_SIZE);
	return !map_frames(start, pfns, n, plat_prot(a->prot));
}

static int fault_anon(struct vm_area *a, uintptr_t va)
{
	return zero_cluster(a, va) ? 0 : zero_one(a, va);
}

/* The file's page with a reference; PFN_NONE only for a hole without write. */
static int file_page(struct vm_area *a, uintptr_t va, bool write, pfn_t *pfn)
{
	*pfn = PFN_NONE;
	return a->file->ops->vm->get_page(a->file, area_index(a, va), write,
					  pfn);
}

/* A private copy of a file's page, for writing. */
static int copy_file_page(struct vm_area *a, uintptr_t va)
{
	pfn_t from, to;
	int err = file_page(a, va, false, &from);

	if (err)
		return err;
	to = get_frames(0);
	if (to == PFN_NONE)
		err = -ENOMEM;
	else if (from == PFN_NONE)
		memset(pfn_to_virt(to), 0, PAGE_SIZE);
	else
		memcpy(pfn_to_virt(to), pfn_to_virt(from), PAGE_SIZE);
	if (from != PFN_NONE)
		page_put(from);
	return err ? err : map_frames(va, &to, 1, plat_prot(a->prot));
}

static int write_file_page(struct vm_area *a, uintptr_t va)
{
	const struct vm_object_ops *ops = a->file->ops->vm;
	pfn_t pfn;
	int err = file_page(a, va, true, &pfn);

	if (err)
		return err;
	if (ops->page_mkwrite)
		ops->page_mkwrite(a->file, area_index(a, va));
	return map_frames(va, &pfn, 1, plat_prot(a->prot));
}

static unsigned int read_prot(const struct vm_area *a)
{
	unsigned int prot = plat_prot(a->prot);

	/* The first write has to be seen: it copies the page, or dirties the
	 * file. Memory without a file behind it need not know. */
	if (!(a->flags & VM_SHARED) || a->file->ops->vm->page_mkwrite)
		prot &= ~PLAT_W;
	return prot;
}

static int read_file_page(struct vm_area *a, uintptr_t va)
{
	pfn_t pfn;
	int err = file_page(a, va, false, &pfn);

	if (!err && pfn == PFN_NONE)
		err = file_page(a, va, true, &pfn);
	return err ? err : map_frames(va, &pfn, 1, read_prot(a));
}

/* Map neighbours that the file has in memory: programs read on. No error
 * matters here. */
static void read_around(struct vm_area *a, uintptr_t va)
{
	uintptr_t start = ALIGN_DOWN(va, CLUSTER * PAGE_SIZE);
	uintptr_t end = MIN(start + CLUSTER * PAGE_SIZE, a->end);
	unsigned int prot;
	pfn_t pfn;

	for (start = MAX(start, a->start); start < end; start += PAGE_SIZE) {
		if (vm_lookup(start, &prot) != PFN_NONE)
			continue;
		if (file_page(a, start, false, &pfn) || pfn == PFN_NONE)
			continue;
		if (map_frames(start, &pfn, 1, read_prot(a)))
			return;
	}
}

static int fault_file(struct vm_area *a, uintptr_t va, unsigned int how)
{
	int err;

	if (how & FAULT_WRITE)
		return a->flags & VM_SHARED ? write_file_page(a, va)
					    : copy_file_page(a, va);
	err = read_file_page(a, va);
	if (!err && !(how & FAULT_POPULATE))
		read_around(a, va);
	return err;
}

/* A write to a page that is there but read-only. */
static int fault_write_protected(struct vm_area *a, uintptr_t va, pfn_t pfn)
{
	int err;

	if (a->flags & VM_SHARED) {
		err = write_file_page(a, va);
		if (!err)
			page_put(pfn);
		return err;
	}
	if (pfn_to_page(pfn)->use == PAGE_ANON && page_refs(pfn) == 1) {
		plat_protect(va, 1, plat_prot(a->prot));
		return 0;
	}
	/* The file's page: while we hold it, it stays what it is. */
	pfn_t to = get_frames(0);

	if (to == PFN_NONE)
		return -ENOMEM;
	memcpy(pfn_to_virt(to), pfn_to_virt(pfn), PAGE_SIZE);
	err = map_frames(va, &to, 1, plat_prot(a->prot));
	if (!err)
		page_put(pfn);
	return err;
}

int area_fault(struct vm_area *a, uintptr_t va, unsigned int how)
{
	unsigned int prot;
	pfn_t pfn;

	va = PAGE_DOWN(va);
	if (a->flags & VM_IMAGE)
		return 0;
	pfn = vm_lookup(va, &prot);
	if (pfn != PFN_NONE) {
		if (!(how & FAULT_WRITE) || prot & PLAT_W)
			return 0;
		return fault_write_protected(a, va, pfn);
	}
	return a->file ? fault_file(a, va, how) : fault_anon(a, va);
}

/* Extend a stack down to va, as Linux's expand_downwards(). */
static bool grow_down(struct vm_area *a, uintptr_t va)
{
	uintptr_t start = PAGE_DOWN(va);
	size_t n = pages_of(start, a->start);
	struct vm_area *prev = area_prev(a);

	if (!(a->flags & VM_GROWSDOWN) || start < USER_MIN)
		return false;
	if (a->end - start > vm_rlimit(RLIMIT_STACK) ||
	    !vm_may_expand(a->vm, a->prot, a->flags, n))
		return false;
	if (a->flags & VM_LOCKED && !vm_may_lock(a->vm, n))
		return false;
	/* Below an area without access, such as a guard, the distance need not
	 * be kept. */
	if (prev && !(prev->flags & VM_GROWSDOWN) && prev->prot &&
	    start - prev->end < VM_STACK_GAP)
		return false;
	if (prev && start < prev->end)
		return false;
	a->vm->total += n;
	a->vm->stack += n;
	if ((a->prot & (PROT_WRITE | PROT_EXEC)) == PROT_EXEC)
		a->vm->text += n;
	if (a->flags & VM_LOCKED)
		a->vm->locked += n;
	area_move_bounds(a, start, a->end);
	return true;
}

static bool allows(const struct vm_area *a, unsigned int how)
{
	if (how & VM_FAULT_WRITE)
		return a->prot & PROT_WRITE;
	if (how & VM_FAULT_EXEC)
		return a->prot & PROT_EXEC;
	return a->prot & (PROT_READ | PROT_WRITE | PROT_EXEC);
}

static int out_of_memory(void)
{
	klog_raw("posixen: out of memory: the program has %zu of %zu KB, and "
		 "%zu KB are free; give the guest more memory\n",
		 page_use_count(PAGE_ANON) * 4, page_total() * 4,
		 page_free_count() * 4);
	return SIGKILL;
}

int vm_fault(struct vm_space *vm, uintptr_t va, unsigned int how, int *code)
{
	struct vm_area *a = vm ? area_find(vm, va) : NULL;
	int err;

	*code = SEGV_MAPERR;
	if (!a || (va < a->start && !grow_down(a, va)))
		return SIGSEGV;
	*code = SEGV_ACCERR;
	if (!allows(a, how) || a->flags & VM_IMAGE)
		return SIGSEGV;
	inject_hold();
	err = area_fault(a, va, how & FAULT_WRITE);
	inject_release();
	switch (err) {
	case 0:
		return 0;
	case -ENOMEM:
		return out_of_memory();
	}
	*code = BUS_ADRERR;
	return SIGBUS;
}

/* Populating (MAP_POPULATE, mlock, madvise). */

static int populate_area(struct vm_area *a, uintptr_t start, uintptr_t end)
{
	unsigned int how = FAULT_POPULATE;
	int err;

	if (!allows(a, 0))
		return -EFAULT;
	/* As Linux's populate_vma_page_range(): a shared page is not dirtied
	 * for nothing. */
	if (a->prot & PROT_WRITE && !(a->flags & VM_SHARED))
		how |= FAULT_WRITE;
	for (; start < end; start += PAGE_SIZE) {
		err = area_fault(a, start, how);
		if (err)
			return err == -ENOMEM ? err : -EFAULT;
	}
	return 0;
}

int vm_populate(struct vm_space *vm, uintptr_t start, uintptr_t end)
{
	while (start < end) {
		struct vm_area *a = area_at(vm, start);
		int err =
			a ? populate_area(a, start, MIN(end, a->end)) : -ENOMEM;

		if (err)
			return err;
		start = a->end;
	}
	return 0;
}
