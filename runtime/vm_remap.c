/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_remap.c: mremap(2), in the order of checks of Linux 6.1's mm/mremap.c.
 *
 * A mapping moves by its frames: their entries are made at the new place first,
 * which is where memory can run out, and cleared at the old one after that.
 */
#include "vm_impl.h"
#include <posixen/file.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>

#define BATCH 64u

struct request {
	struct vm_space *vm;
	uintptr_t addr, new_addr;
	size_t old_len, new_len;
	unsigned int flags;
};

/* A run of pages with the same access, to be mapped again elsewhere. */
struct run {
	uintptr_t va;
	unsigned int n, prot;
	pfn_t pfn[BATCH];
};

static int collect(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	struct run *r = arg;

	if (r->n && (r->n == BATCH || prot != r->prot ||
		     va != r->va + r->n * PAGE_SIZE))
		return 1;
	if (!r->n) {
		r->va = va;
		r->prot = prot;
	}
	r->pfn[r->n++] = pfn;
	return 0;
}

/* Map what is present in [from, from + len) at to as well. */
static int copy_entries(uintptr_t from, uintptr_t to, size_t len)
{
	uintptr_t at = from, end = from + len;

	while (at < end) {
		struct run r = {.n = 0};

		plat_walk(at, pages_of(at, end), collect, &r);
		if (!r.n)
			return 0;
		if (plat_map(to + (r.va - from), r.pfn, r.n, r.prot)) {
			plat_unmap(to, len >> PAGE_SHIFT);
			return -ENOMEM;
		}
		at = r.va + r.n * PAGE_SIZE;
	}
	return 0;
}

/* Linux's vma_to_resize(): may the mapping at addr become new_len long? */
static int check_resize(const struct request *q, struct vm_area *a)
{
	size_t more;

	if (!q->old_len && !(a->flags & VM_SHARED))
		return -EINVAL;
	if (q->old_len > a->end - q->addr)
		return -EFAULT;
	/* The image's frames cannot be given another address. */
	if (a->flags & VM_IMAGE)
		return -EINVAL;
	if (q->new_len <= q->old_len)
		return 0;
	more = (q->new_len - q->old_len) >> PAGE_SHIFT;
	if (a->file &&
	    area_index(a, q->addr) + (q->new_len >> PAGE_SHIFT) < a->pgoff)
		return -EINVAL;
	if (a->flags & VM_LOCKED && !vm_may_lock(q->vm, more))
		return -EAGAIN;
	if (!vm_may_expand(q->vm, a->prot, a->flags, more))
		return -ENOMEM;
	if (a->prot & PROT_WRITE && !a->file && !(a->flags & VM_NORESERVE) &&
	    !vm_may_commit(more))
		return -ENOMEM;
	return 0;
}

static void populate_more(struct vm_space *vm, struct vm_area *a,
			  uintptr_t from, uintptr_t to)
{
	if (a->flags & VM_LOCKED && !(a->flags & VM_LOCKONFAULT) && from < to)
		vm_populate(vm, from, to);
}

static bool grow_in_place(const struct request *q, struct vm_area *a)
{
	uintptr_t end = q->addr + q->new_len;
	size_t more = q->new_len - q->old_len;

	if (q->old_len != a->end - q->addr || end < q->addr || end > USER_MAX ||
	    area_gap_down(q->vm, a->end, end, more) != a->end ||
	    vm_hits_kernel(a->end, end))
		return false;
	if (vm_add(q->vm, a->end, end, a->prot, a->flags, a->file,
		   a->file ? area_index(a, a->end) : 0))
		return false;
	populate_more(q->vm, area_at(q->vm, q->addr), end - more, end);
	return true;
}

/* Move the pages of [addr, addr + old_len) of area a to a new area. */
static long move(const struct request *q, struct vm_area *a, uintptr_t to)
{
	bool keep = q->flags & MREMAP_DONTUNMAP;
	uintptr_t old_end = q->addr + q->old_len;
	struct vm_area *b;

	b = area_create(q->vm, to, to + q->new_len, a->prot, a->flags, a->file,
			a->file ? area_index(a, q->addr) : 0);
	if (!b)
		return -ENOMEM;
	b->name = a->name;
	/* Borders first: later nothing can fail. */
	if (q->old_len && !keep && vm_isolate(q->vm, q->addr, old_end)) {
		area_free(b);
		return -ENOMEM;
	}
	if (copy_entries(q->addr, to, q->old_len)) {
		vm_merge_range(q->vm, q->addr, old_end);
		area_free(b);
		return -ENOMEM;
	}
	/* The references went along with the entries. */
	plat_unmap(q->addr, q->old_len >> PAGE_SHIFT);
	area_enter(b);
	populate_more(q->vm, b, to + q->old_len, to + q->new_len);
	area_merge(b);
	if (keep) {
		a = area_at(q->vm, q->addr);
		area_set(a, a->prot, a->flags & ~(VM_LOCKED | VM_LOCKONFAULT));
	} else if (q->old_len) {
		vm_unmap_range(q->vm, q->addr, old_end);
	}
	return (long)to;
}

static int check_target(const struct request *q)
{
	if (q->new_addr % PAGE_SIZE || q->new_len > USER_MAX ||
	    q->new_addr > USER_MAX - q->new_len)
		return -EINVAL;
	if (q->addr + q->old_len > q->new_addr &&
	    q->new_addr + q->new_len > q->addr)
		return -EINVAL;
	if (q->vm->nr_areas + 2 >= VM_MAX_AREAS)
		return -ENOMEM;
	return 0;
}

/* MREMAP_FIXED and MREMAP_DONTUNMAP: Linux's mremap_to(). */
static long move_to(struct request *q)
{
	bool fixed = q->flags & MREMAP_FIXED;
	struct vm_area *a;
	uintptr_t to;
	long err = check_target(q);

	if (err)
		return err;
	if (fixed && q->new_addr < USER_MIN)
		return -EPERM;
	if (fixed && vm_hits_kernel(q->new_addr, q->new_addr + q->new_len))
		return -ENOMEM;
	if (fixed) {
		err = vm_munmap(q->vm, q->new_addr, q->new_len);
		if (err)
			return err;
	}
	if (q->old_len > q->new_len) {
		err = vm_munmap(q->vm, q->addr + q->new_len,
				q->old_len - q->new_len);
		if (err)
			return err;
		q->old_len = q->new_len;
	}
	/* The area may have been cut by what was unmapped. */
	a = area_at(q->vm, q->addr);
	if (!a)
		return -EFAULT;
	err = check_resize(q, a);
	if (err)
		return err;
	if (q->flags & MREMAP_DONTUNMAP &&
	    !vm_may_expand(q->vm, a->prot, a->flags, q->old_len >> PAGE_SHIFT))
		return -ENOMEM;
	to = fixed ? q->new_addr : vm_place(q->vm, q->new_addr, q->new_len, 0);
	return to ? move(q, a, to) : -ENOMEM;
}

static long resize(struct request *q, struct vm_area *a)
{
	uintptr_t to;
	int err;

	if (q->old_len >= q->new_len) {
		err = 0;
		if (q->old_len > q->new_len)
			err = (int)vm_munmap(q->vm, q->addr + q->new_len,
					     q->old_len - q->new_len);
		return err ? err : (long)q->addr;
	}
	err = check_resize(q, a);
	if (err)
		return err;
	if (grow_in_place(q, a))
		return (long)q->addr;
	if (!(q->flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	to = vm_place(q->vm, 0, q->new_len, 0);
	return to ? move(q, a, to) : -ENOMEM;
}

long vm_mremap(struct vm_space *vm, uintptr_t addr, size_t old_len,
	       size_t new_len, unsigned int flags, uintptr_t new_addr)
{
	struct request q = {
		vm, addr, new_addr, PAGE_UP(old_len), PAGE_UP(new_len), flags};
	struct vm_area *a;

	if (flags & ~(MREMAP_FIXED | MREMAP_MAYMOVE | MREMAP_DONTUNMAP))
		return -EINVAL;
	if (flags & MREMAP_FIXED && !(flags & MREMAP_MAYMOVE))
		return -EINVAL;
	if (flags & MREMAP_DONTUNMAP &&
	    (!(flags & MREMAP_MAYMOVE) || old_len != new_len))
		return -EINVAL;
	if (addr % PAGE_SIZE || !q.new_len)
		return -EINVAL;
	a = area_at(vm, addr);
	if (!a)
		return -EFAULT;
	if (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP))
		return move_to(&q);
	return resize(&q, a);
}

long sys_mremap(px_addr addr, px_size old_len, px_size new_len,
		px_mremapflags flags, px_addr new_addr)
{
	return vm_mremap(current_process()->vm, addr, old_len, new_len,
			 (unsigned int)flags, new_addr);
}
