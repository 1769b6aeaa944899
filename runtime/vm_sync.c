/* SPDX-License-Identifier: BSD-2-Clause */
/* vm_sync.c: msync(2) and mincore(2). */
#include "vm_impl.h"
#include <posixen/file.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>

/*
 * A mapping of a file is the file's own pages; to flush them is the file's
 * business (fsync). A hole makes the answer -ENOMEM after all else is done.
 */
static long sync_range(struct vm_space *vm, uintptr_t start, uintptr_t end,
		       int flags)
{
	long answer = 0;

	while (start < end) {
		struct vm_area *a = area_find(vm, start);
		struct file *f;
		int err;

		if (!a || a->start >= end)
			return -ENOMEM;
		if (a->start > start)
			answer = -ENOMEM;
		start = MIN(a->end, end);
		if (flags & MS_INVALIDATE && a->flags & VM_LOCKED)
			return -EBUSY;
		f = a->file;
		if (!(flags & MS_SYNC) || !f || !(a->flags & VM_SHARED) ||
		    !f->ops->fsync)
			continue;
		/* It may block, and the area be gone after it. */
		file_get(f);
		err = f->ops->fsync(f, false);
		file_put(f);
		if (err)
			return err;
	}
	return answer;
}

long sys_msync(px_addr start, px_size len, px_msflags flags)
{
	uintptr_t end;

	if (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC) || start % PAGE_SIZE)
		return -EINVAL;
	if ((flags & MS_ASYNC) && (flags & MS_SYNC))
		return -EINVAL;
	end = start + PAGE_UP(len);
	if (end < start)
		return -ENOMEM;
	if (end == start)
		return 0;
	return sync_range(current_process()->vm, start, end, flags);
}

static bool is_resident(struct vm_area *a, uintptr_t va)
{
	unsigned int prot;
	pfn_t pfn;

	if (a->flags & VM_IMAGE || vm_lookup(va, &prot) != PFN_NONE)
		return true;
	if (!a->file)
		return false;
	/* In memory, though not mapped here. */
	pfn = PFN_NONE;
	if (a->file->ops->vm->get_page(a->file, area_index(a, va), false,
				       &pfn) ||
	    pfn == PFN_NONE)
		return false;
	page_put(pfn);
	return true;
}

long sys_mincore(px_addr start, px_size len, px_ptr vec)
{
	struct vm_space *vm = current_process()->vm;
	size_t n = PAGE_UP(len) >> PAGE_SHIFT, i = 0;
	unsigned char out[256];

	if (start % PAGE_SIZE)
		return -EINVAL;
	if (start > USER_MAX || len > USER_MAX - start)
		return -ENOMEM;
	if (!user_range_ok(vec, n))
		return -EFAULT;
	while (i < n) {
		size_t part = MIN(n - i, sizeof(out));

		for (size_t k = 0; k < part; k++, start += PAGE_SIZE) {
			struct vm_area *a = area_at(vm, start);

			if (!a)
				return -ENOMEM;
			out[k] = is_resident(a, start);
		}
		if (copy_out((char *)vec + i, out, part))
			return -EFAULT;
		i += part;
	}
	return 0;
}
