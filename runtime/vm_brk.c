/* SPDX-License-Identifier: BSD-2-Clause */
/* vm_brk.c: brk(2). It never fails: the answer is the break as it is then. */
#include "vm_impl.h"
#include <posixen/process.h>
#include <posixen/syscalls.h>

static bool may_grow(struct process *p, uintptr_t from, uintptr_t to,
		     unsigned int flags)
{
	struct vm_space *vm = p->vm;
	const int prot = PROT_READ | PROT_WRITE;
	size_t n = pages_of(from, to);
	struct vm_area *next = area_find(vm, from);

	/* One page stays free above, as in Linux. */
	if (to > BRK_MAX || (next && next->start < to + PAGE_SIZE))
		return false;
	return vm_may_expand(vm, prot, flags, n) &&
	       (!(flags & VM_LOCKED) || vm_may_lock(vm, n)) && vm_may_commit(n);
}

static bool grow(struct process *p, uintptr_t from, uintptr_t to)
{
	unsigned int flags = VM_MAYWRITE | p->vm->lock_future;
	struct vm_area *a;

	if (!may_grow(p, from, to, flags))
		return false;
	a = area_create(p->vm, from, to, PROT_READ | PROT_WRITE, flags, NULL,
			0);
	if (!a)
		return false;
	a->name = "[heap]";
	area_enter(a);
	area_merge(a);
	if (flags & VM_LOCKED && !(flags & VM_LOCKONFAULT))
		vm_populate(p->vm, from, to);
	return true;
}

long sys_brk(px_addr want)
{
	struct process *p = current_process();
	uintptr_t from = PAGE_UP(p->brk), to = PAGE_UP(want);

	if (want < p->brk_start || want > BRK_MAX ||
	    want - p->brk_start > vm_rlimit(RLIMIT_DATA))
		return (long)p->brk;
	if (to > from && !grow(p, from, to))
		return (long)p->brk;
	if (to < from && vm_unmap_range(p->vm, to, from))
		return (long)p->brk;
	p->brk = want;
	return (long)want;
}
