/* SPDX-License-Identifier: BSD-2-Clause */
/* vm_unmap.c: munmap(2), and taking pages away in general. */
#include "vm_impl.h"
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>

static int put_frame(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	page_put(pfn);
	return 0;
}

/* Pages of the file in a private mapping, one run at a time: a walk must not
 * change the tables it walks. */
struct file_run {
	uintptr_t start, end;
};

static int find_file_page(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	struct file_run *run = arg;
	bool copy = pfn_to_page(pfn)->use == PAGE_ANON;

	if (run->start == run->end) {
		if (!copy) {
			run->start = va;
			run->end = va + PAGE_SIZE;
		}
		return 0;
	}
	if (copy || va != run->end)
		return 1;
	run->end = va + PAGE_SIZE;
	return 0;
}

static void zap_file_pages(uintptr_t start, uintptr_t end)
{
	while (start < end) {
		struct file_run run = {0, 0};

		plat_walk(start, pages_of(start, end), find_file_page, &run);
		if (run.start == run.end)
			return;
		plat_walk(run.start, pages_of(run.start, run.end), put_frame,
			  NULL);
		plat_unmap(run.start, pages_of(run.start, run.end));
		start = run.end;
	}
}

void area_zap(struct vm_area *a, uintptr_t start, uintptr_t end,
	      bool keep_copies)
{
	if (keep_copies && a->file && !(a->flags & VM_SHARED)) {
		zap_file_pages(start, end);
		return;
	}
	/* The frames go to the allocator a moment before the last way to them
	 * is closed; nobody else runs in between. */
	if (!(a->flags & VM_IMAGE))
		plat_walk(start, pages_of(start, end), put_frame, NULL);
	plat_unmap(start, pages_of(start, end));
}

int vm_take_out(struct vm_space *vm, uintptr_t start, uintptr_t end,
		struct list *gone)
{
	struct vm_area *a = area_find(vm, start);
	int err;

	list_init(gone);
	if (!a || a->start >= end)
		return 0;
	err = vm_isolate(vm, start, end);
	if (err)
		return err;
	for (a = area_find(vm, start); a && a->start < end;
	     a = area_find(vm, start)) {
		area_zap(a, a->start, a->end, false);
		area_leave(a);
		list_append(gone, &a->link);
	}
	return 0;
}

void vm_free_areas(struct list *gone)
{
	list_for_each_safe (l, gone)
		area_free(area_of_link(l));
}

int vm_unmap_range(struct vm_space *vm, uintptr_t start, uintptr_t end)
{
	struct list gone;
	int err = vm_take_out(vm, start, end, &gone);

	vm_free_areas(&gone);
	return err;
}

long vm_munmap(struct vm_space *vm, uintptr_t addr, size_t len)
{
	/* The order of Linux's __do_munmap(). */
	if (addr % PAGE_SIZE || addr > USER_MAX || len > USER_MAX - addr)
		return -EINVAL;
	len = PAGE_UP(len);
	if (!len || vm_hits_kernel(addr, addr + len))
		return -EINVAL;
	return vm_unmap_range(vm, addr, addr + len);
}

long sys_munmap(px_addr addr, px_size len)
{
	return vm_munmap(current_process()->vm, addr, len);
}
