/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm.c: address spaces, and areas as units: making, cutting, joining, counting
 * them (vm_impl.h).
 */
#include "vm_impl.h"
#include <posixen/file.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/klog.h>

struct vm_space *vm_space_create(void)
{
	struct vm_space *vm = kzalloc(sizeof(*vm));

	if (vm)
		list_init(&vm->areas);
	return vm;
}

void vm_space_destroy(struct vm_space *vm)
{
	while (!list_empty(&vm->areas)) {
		struct vm_area *a = area_of_link(vm->areas.next);

		area_zap(a, a->start, a->end, false);
		area_leave(a);
		area_free(a);
	}
	kfree(vm);
}

unsigned int plat_prot(int prot)
{
	/* x86 has no write-only and no execute-only pages, and Linux lets the
	 * program see that. */
	return (prot & (PROT_READ | PROT_WRITE | PROT_EXEC) ? PLAT_R : 0) |
	       (prot & PROT_WRITE ? PLAT_W : 0) |
	       (prot & PROT_EXEC ? PLAT_X : 0);
}

/* Limits. */

uint64_t vm_rlimit(unsigned int which)
{
	const struct process *p = current_process();

	return p ? p->rlim[which].rlim_cur : RLIM_INFINITY;
}

bool vm_privileged(void)
{
	const struct process *p = current_process();

	return !p || cred_capable(&p->cred);
}

/* What RLIMIT_DATA counts since Linux 4.7: private writable memory that is not
 * a stack. */
bool vm_is_data(int prot, unsigned int flags)
{
	return (prot & PROT_WRITE) && !(flags & (VM_SHARED | VM_GROWSDOWN));
}

bool vm_may_expand(struct vm_space *vm, int prot, unsigned int flags, size_t n)
{
	if (vm->total + n > vm_rlimit(RLIMIT_AS) >> PAGE_SHIFT)
		return false;
	return !vm_is_data(prot, flags) ||
	       vm->data + n <= vm_rlimit(RLIMIT_DATA) >> PAGE_SHIFT;
}

bool vm_may_lock(struct vm_space *vm, size_t n)
{
	return vm->locked + n <= vm_rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT ||
	       vm_privileged();
}

bool vm_may_commit(size_t n)
{
	/* And for the page tables that go with them. */
	return n + n / 256 + 3 <= page_available();
}

bool vm_hits_kernel(uintptr_t start, uintptr_t end)
{
	return start < (uintptr_t)__kernel_end &&
	       end > (uintptr_t)__kernel_start;
}

/* Areas. */

static void count(struct vm_area *a, bool add)
{
	struct vm_space *vm = a->vm;
	size_t n = pages_of(a->start, a->end);

	if (!add)
		n = -n;
	vm->total += n;
	if (vm_is_data(a->prot, a->flags))
		vm->data += n;
	if (a->flags & VM_GROWSDOWN)
		vm->stack += n;
	if ((a->prot & (PROT_WRITE | PROT_EXEC)) == PROT_EXEC)
		vm->text += n;
	if (a->flags & VM_LOCKED)
		vm->locked += n;
}

struct vm_area *area_create(struct vm_space *vm, uintptr_t start, uintptr_t end,
			    int prot, unsigned int flags, struct file *f,
			    uint64_t pgoff)
{
	struct vm_area *a;

	if (vm->nr_areas >= VM_MAX_AREAS)
		return NULL;
	a = kzalloc(sizeof(*a));
	if (!a)
		return NULL;
	a->vm = vm;
	a->start = start;
	a->end = end;
	a->prot = prot;
	a->flags = flags;
	a->file = f;
	a->pgoff = pgoff;
	list_init(&a->link);
	list_init(&a->object_link);
	if (f)
		file_get(f);
	return a;
}

void area_enter(struct vm_area *a)
{
	area_insert(a->vm, a);
	object_link(a);
	count(a, true);
}

void area_leave(struct vm_area *a)
{
	count(a, false);
	object_unlink(a);
	area_remove(a->vm, a);
}

void area_free(struct vm_area *a)
{
	struct file *f = a->file;

	kfree(a);
	if (f && f->ops->vm->unmapped)
		f->ops->vm->unmapped(f);
	if (f)
		file_put(f);
}

void area_set(struct vm_area *a, int prot, unsigned int flags)
{
	count(a, false);
	a->prot = prot;
	a->flags = flags;
	count(a, true);
}

struct vm_area *area_split(struct vm_area *a, uintptr_t addr)
{
	struct vm_area *upper;

	assert(a->start < addr && addr < a->end);
	upper = area_create(a->vm, addr, a->end, a->prot, a->flags, a->file,
			    a->file ? area_index(a, addr) : 0);
	if (!upper)
		return NULL;
	upper->name = a->name;
	count(a, false);
	area_move_bounds(a, a->start, addr);
	count(a, true);
	area_enter(upper);
	return upper;
}

static bool continues(const struct vm_area *a, const struct vm_area *b)
{
	return a->end == b->start && a->prot == b->prot &&
	       a->flags == b->flags && a->file == b->file &&
	       a->name == b->name &&
	       (!a->file || (area_index(a, a->end) == b->pgoff &&
			     !a->file->ops->vm->unmapped)) &&
	       !(a->flags & VM_IMAGE);
}

static struct vm_area *join(struct vm_area *a, struct vm_area *b)
{
	uintptr_t end = b->end;

	area_leave(b);
	count(a, false);
	area_move_bounds(a, a->start, end);
	count(a, true);
	/* a holds the file as well: this is not the last reference. */
	area_free(b);
	return a;
}

struct vm_area *area_merge(struct vm_area *a)
{
	struct vm_area *prev = area_prev(a), *next = area_next(a);

	if (next && continues(a, next))
		join(a, next);
	if (prev && continues(prev, a))
		a = join(prev, a);
	return a;
}

void vm_merge_range(struct vm_space *vm, uintptr_t start, uintptr_t end)
{
	struct vm_area *a = area_find(vm, start ? start - 1 : 0);

	while (a && a->start <= end) {
		a = area_merge(a);
		a = area_next(a);
	}
}

int vm_isolate(struct vm_space *vm, uintptr_t start, uintptr_t end)
{
	struct vm_area *a = area_at(vm, start);

	if (a && a->start < start && !area_split(a, start))
		return -ENOMEM;
	a = area_at(vm, end);
	if (a && a->start < end && !area_split(a, end)) {
		vm_merge_range(vm, start, start);
		return -ENOMEM;
	}
	return 0;
}

int vm_adopt_image(struct vm_space *vm, uintptr_t start, uintptr_t end,
		   int prot, const char *name)
{
	struct vm_area *a;

	start = PAGE_DOWN(start);
	end = PAGE_UP(end);
	if (start == end)
		return 0;
	a = area_create(vm, start, end, prot, VM_IMAGE | VM_MAYWRITE, NULL, 0);
	if (!a)
		return -ENOMEM;
	a->name = name;
	area_enter(a);
	return 0;
}

void vm_set_name(struct vm_space *vm, uintptr_t addr, const char *name)
{
	struct vm_area *a = area_at(vm, addr);

	if (a)
		a->name = name;
}

static int count_page(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	++*(size_t *)arg;
	return 0;
}

size_t vm_count_present(uintptr_t start, uintptr_t end)
{
	size_t n = 0;

	plat_walk(start, pages_of(start, end), count_page, &n);
	return n;
}

void vm_get_stat(struct vm_space *vm, struct vm_stat *st)
{
	*st = (struct vm_stat){
		.total_pages = vm->total,
		.data_pages = vm->data,
		.stack_pages = vm->stack,
		.text_pages = vm->text,
		.locked_pages = vm->locked,
	};
	for_each_area (a, vm) {
		/* The image was loaded whole, and on the host platform it is
		 * not in our tables. */
		if (a->flags & VM_IMAGE)
			st->resident_pages += pages_of(a->start, a->end);
		else
			st->resident_pages +=
				vm_count_present(a->start, a->end);
	}
}

static int count_anon(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	*(size_t *)arg += pfn_to_page(pfn)->use == PAGE_ANON;
	return 0;
}

size_t vm_anon_pages(struct vm_space *vm)
{
	size_t n = 0;

	for_each_area (a, vm) {
		if (!(a->flags & (VM_SHARED | VM_IMAGE)))
			plat_walk(a->start, pages_of(a->start, a->end),
				  count_anon, &n);
	}
	return n;
}
