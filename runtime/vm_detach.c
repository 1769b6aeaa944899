/* SPDX-License-Identifier: BSD-2-Clause */
/* vm_detach.c: shmdt(2)'s half of the address space. */
#include "vm_impl.h"
#include <posixen/file.h>

/* Does a lie where it would if all of its object began at addr? */
static bool begins_at(const struct vm_area *a, uintptr_t addr)
{
	return a->start >= addr && pages_of(addr, a->start) == a->pgoff;
}

/*
 * Linux's rule: the first area that fits, at addr or above, says which object
 * it is; of that everything goes that is still at its place within the
 * object's size, for mprotect(2) and munmap(2) may have cut it.
 */
long vm_detach(struct vm_space *vm, uintptr_t addr,
	       const struct vm_object_ops *ops,
	       size_t (*size)(const struct file *f))
{
	struct vm_area *a = area_find(vm, addr), *next;
	const struct file *f = NULL;
	uintptr_t end = 0;

	for (; a; a = next) {
		next = area_next(a);
		if (f && a->end > end)
			break;
		if (!a->file || a->file->ops->vm != ops ||
		    (f && a->file != f) || !begins_at(a, addr))
			continue;
		f = a->file;
		end = addr + PAGE_UP(size(f));
		/* A whole area: nothing is cut, so this cannot fail. The file
		 * may go with it, and is only compared from here on. */
		vm_unmap_range(vm, a->start, a->end);
	}
	return f ? 0 : -EINVAL;
}
