/* SPDX-License-Identifier: BSD-2-Clause */
/* vm_protect.c: mprotect(2). */
#include "vm_impl.h"
#include <posixen/file.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>

static void apply(struct vm_area *a)
{
	int prot = a->prot;

	/* Pages of files stay read-only until the next write fault, which
	 * tells a copy of our own from the file's page. */
	if (a->file)
		prot &= ~PROT_WRITE;
	plat_protect(a->start, pages_of(a->start, a->end),
		     plat_prot(prot) | (a->prot == PROT_WRITE ? PLAT_R : 0));
}

/* Private memory that an allocator reserved and makes usable bit by bit. */
static bool is_allocators(const struct vm_area *a)
{
	return a->flags & VM_NORESERVE && !a->file && !(a->flags & VM_IMAGE);
}

/* The pages that allocators were promised and have not touched yet. */
static size_t outstanding(const struct vm_space *vm)
{
	size_t n = 0;

	list_for_each (pos, &vm->areas) {
		const struct vm_area *a = area_of_link(pos);

		if (a->flags & VM_PROMISED)
			n += pages_of(a->start, a->end) -
			     vm_count_present(a->start, a->end);
	}
	return n;
}

/*
 * A promise of private memory that was not writable before. Reserving without
 * access and allowing later is what thread stacks do, which are large and stay
 * mostly empty: memory for the first megabyte must be there.
 *
 * A range reserved with MAP_NORESERVE is an allocator's, which makes usable
 * what it is about to use (also when it only gave the pages back by
 * MADV_DONTNEED): that must be there as a whole, so that it learns of the end
 * from ENOMEM (Linux, which could swap, would not look) and not from SIGKILL.
 * So must what was promised in this way before, which takes a look at the page
 * tables: only when memory is NEAR its end. And SPARE pages more, for what the
 * kernel and others take meanwhile.
 */
#define SPARE ((64UL << 10) >> PAGE_SHIFT)
#define NEAR  ((8UL << 20) >> PAGE_SHIFT)
static bool too_much(const struct vm_area *a, uintptr_t start, uintptr_t end,
		     int prot)
{
	size_t n = pages_of(start, end);

	if (!(prot & PROT_WRITE) || a->file || a->flags & VM_IMAGE)
		return false;
	if (is_allocators(a)) {
		if (vm_may_commit(n + NEAR))
			return false;
		n -= vm_count_present(start, end);
		if (!n)
			return false;
		if (a->flags & VM_PROMISED)
			n = 0;
		return !vm_may_commit(n + outstanding(a->vm) + SPARE);
	}
	if (a->prot & PROT_WRITE)
		return false;
	return n > page_total() + (16UL << 20 >> PAGE_SHIFT) ||
	       !vm_may_commit(MIN(n, 1UL << 20 >> PAGE_SHIFT));
}

/* What of a lies below end, from start on: which is a's own start, unless there
 * is nothing to change. */
static int protect_one(struct vm_area *a, uintptr_t start, uintptr_t end,
		       int prot)
{
	size_t n = pages_of(start, MIN(a->end, end));
	unsigned int flags = a->flags & ~VM_PROMISED;
	bool fill = (a->flags & (VM_LOCKED | VM_LOCKONFAULT | VM_SHARED)) ==
			    VM_LOCKED &&
		    !(a->prot & PROT_WRITE) && prot & PROT_WRITE;

	if (too_much(a, start, MIN(a->end, end), prot))
		return -ENOMEM;
	if (prot == a->prot)
		return 0;
	if (vm_is_data(prot, a->flags) && !vm_is_data(a->prot, a->flags) &&
	    (a->vm->data + n > vm_rlimit(RLIMIT_DATA) >> PAGE_SHIFT))
		return -ENOMEM;
	if (end < a->end && !area_split(a, end))
		return -ENOMEM;
	if (is_allocators(a) && prot & PROT_WRITE)
		flags |= VM_PROMISED;
	area_set(a, prot, flags);
	apply(a);
	/* Locked memory is there as soon as it can be written. */
	if (fill)
		vm_populate(a->vm, a->start, a->end);
	return 0;
}

static long protect_range(struct vm_space *vm, uintptr_t start, uintptr_t end,
			  int prot)
{
	struct vm_area *a = area_at(vm, start);
	uintptr_t at = start;
	long err = 0;

	if (!a)
		return -ENOMEM;
	if (a->start < start && prot != a->prot) {
		if (prot & PROT_WRITE && !(a->flags & VM_MAYWRITE))
			return -EACCES;
		a = area_split(a, start);
		if (!a)
			return -ENOMEM;
	}
	/* What lies before a hole or a refusal is changed nevertheless. */
	while (!err && at < end) {
		if (!a || a->start > at)
			err = -ENOMEM;
		else if (prot & PROT_WRITE && !(a->flags & VM_MAYWRITE))
			err = -EACCES;
		else
			err = protect_one(a, at, end, prot);
		if (err)
			break;
		at = a->end;
		a = area_next(a);
	}
	vm_merge_range(vm, start, at);
	return err;
}

long vm_mprotect(struct vm_space *vm, uintptr_t addr, size_t len, int prot)
{
	const int grows = prot & (PROT_GROWSDOWN | PROT_GROWSUP);
	uintptr_t end;

	prot &= ~grows;
	if (grows == (PROT_GROWSDOWN | PROT_GROWSUP) || addr % PAGE_SIZE)
		return -EINVAL;
	if (!len)
		return 0;
	len = PAGE_UP(len);
	end = addr + len;
	if (end <= addr)
		return -ENOMEM;
	if (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM))
		return -EINVAL;
	prot &= ~PROT_SEM;
	if (grows) {
		struct vm_area *a = area_find(vm, addr);

		if (!a || (grows == PROT_GROWSDOWN ? a->start >= end
						   : a->start > addr))
			return -ENOMEM;
		/* No area grows upward on this architecture. */
		if (grows == PROT_GROWSUP || !(a->flags & VM_GROWSDOWN))
			return -EINVAL;
		addr = a->start;
	}
	/* The runtime's own part of the image is not the program's to change.
	 */
	if (vm_hits_kernel(addr, end))
		return -EACCES;
	return protect_range(vm, addr, end, prot);
}

long sys_mprotect(px_addr addr, px_size len, px_prot prot)
{
	return vm_mprotect(current_process()->vm, addr, len, prot);
}
