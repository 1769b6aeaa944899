/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_advise.c: madvise(2). As in Linux, a hole in the range does not stop the
 * work on what follows, but makes the answer -ENOMEM; any other error stops.
 */
#include "vm_impl.h"
#include <posixen/file.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/falloc.h>

static int dont_need(struct vm_area *a, uintptr_t start, uintptr_t end,
		     int advice)
{
	if (a->flags & VM_LOCKED && advice != MADV_DONTNEED_LOCKED)
		return -EINVAL;
	/* The image's pages have no file from which to come back. */
	if (a->flags & VM_IMAGE)
		return -EINVAL;
	if (advice == MADV_FREE && a->file)
		return -EINVAL;
	/* MADV_FREE lets the pages go when memory is needed, and a program
	 * may not rely on when that is: now. */
	area_zap(a, start, end, false);
	return 0;
}

/* MADV_REMOVE: a hole in the file behind a shared mapping. */
static int punch(struct vm_area *a, uintptr_t start, uintptr_t end)
{
	struct file *f = a->file;
	loff_t off;
	int err;

	if (a->flags & VM_LOCKED || !f)
		return -EINVAL;
	if ((a->flags & (VM_SHARED | VM_MAYWRITE)) != (VM_SHARED | VM_MAYWRITE))
		return -EACCES;
	if (!f->ops->fallocate)
		return -EOPNOTSUPP;
	off = (loff_t)(area_index(a, start) << PAGE_SHIFT);
	file_get(f);
	err = f->ops->fallocate(f, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
				off, (loff_t)(end - start));
	file_put(f);
	return err;
}

/* Set or clear a mark on part of an area. */
static int mark(struct vm_area *a, uintptr_t start, uintptr_t end,
		unsigned int set, unsigned int reset)
{
	unsigned int flags = (a->flags | set) & ~reset;
	struct vm_space *vm = a->vm;

	if (flags == a->flags)
		return 0;
	if (vm_isolate(vm, start, end))
		return -ENOMEM;
	a = area_at(vm, start);
	area_set(a, a->prot, flags);
	area_merge(a);
	return 0;
}

static int advise_one(struct vm_area *a, uintptr_t start, uintptr_t end,
		      int advice)
{
	switch (advice) {
	case MADV_DONTNEED:
	case MADV_DONTNEED_LOCKED:
	case MADV_FREE:
		return dont_need(a, start, end, advice);
	case MADV_REMOVE:
		return punch(a, start, end);
	case MADV_WILLNEED:
	case MADV_NORMAL:
	case MADV_SEQUENTIAL:
	case MADV_RANDOM:
		/* Hints: all pages are in memory anyway. */
		return 0;
	case MADV_COLD:
	case MADV_PAGEOUT:
		/* There is nowhere to page out to. */
		return a->flags & VM_LOCKED ? -EINVAL : 0;
	case MADV_DONTFORK:
		return mark(a, start, end, VM_DONTFORK, 0);
	case MADV_DOFORK:
		return mark(a, start, end, 0, VM_DONTFORK);
	case MADV_WIPEONFORK:
		if (a->file || a->flags & VM_SHARED)
			return -EINVAL;
		return mark(a, start, end, VM_WIPEONFORK, 0);
	case MADV_KEEPONFORK:
		return mark(a, start, end, 0, VM_WIPEONFORK);
	case MADV_DONTDUMP:
		return mark(a, start, end, VM_DONTDUMP, 0);
	case MADV_DODUMP:
		return mark(a, start, end, 0, VM_DONTDUMP);
	}
	return -EINVAL;
}

/* Huge pages and merging of equal pages do not exist here: as a Linux that was
 * built without them, these are not valid. */
static bool is_valid(int advice)
{
	switch (advice) {
	case MADV_NORMAL ... MADV_DONTNEED:
	case MADV_FREE ... MADV_DOFORK:
	case MADV_DONTDUMP ... MADV_DONTNEED_LOCKED:
		return true;
	}
	return false;
}

/* MADV_POPULATE_READ and _WRITE: the errors are those of faultin_page_range()
 * in Linux's mm/gup.c. */
static long populate(struct vm_space *vm, uintptr_t start, uintptr_t end,
		     bool write)
{
	while (start < end) {
		struct vm_area *a = area_at(vm, start);
		uintptr_t stop;
		int err;

		if (!a)
			return -ENOMEM;
		if (write ? !(a->prot & PROT_WRITE)
			  : !(a->prot & (PROT_READ | PROT_WRITE | PROT_EXEC)))
			return -EINVAL;
		for (stop = MIN(end, a->end); start < stop;
		     start += PAGE_SIZE) {
			err = area_fault(a, start,
					 FAULT_POPULATE |
						 (write ? FAULT_WRITE : 0));
			if (err)
				return err == -ENOMEM ? err : -EFAULT;
		}
	}
	return 0;
}

static long advise_range(struct vm_space *vm, uintptr_t start, uintptr_t end,
			 int advice)
{
	long answer = 0;

	while (start < end) {
		struct vm_area *a = area_find(vm, start);
		uintptr_t stop;
		int err;

		if (!a || a->start >= end)
			return -ENOMEM;
		if (a->start > start) {
			start = a->start;
			answer = -ENOMEM;
		}
		/* The area may be cut, joined or (by fallocate, which may
		 * block) gone after the call: start anew at its end. */
		stop = MIN(end, a->end);
		err = advise_one(a, start, stop, advice);
		if (err)
			return err;
		start = stop;
	}
	return answer;
}

long vm_madvise(struct vm_space *vm, uintptr_t addr, size_t len, int advice)
{
	if (!is_valid(advice) || addr % PAGE_SIZE)
		return -EINVAL;
	if (len && !PAGE_UP(len))
		return -EINVAL;
	len = PAGE_UP(len);
	if (addr + len < addr)
		return -EINVAL;
	if (!len)
		return 0;
	if (advice == MADV_POPULATE_READ || advice == MADV_POPULATE_WRITE)
		return populate(vm, addr, addr + len,
				advice == MADV_POPULATE_WRITE);
	return advise_range(vm, addr, addr + len, advice);
}

long sys_madvise(px_addr addr, px_size len, px_madvice advice)
{
	return vm_madvise(current_process()->vm, addr, len, advice);
}
