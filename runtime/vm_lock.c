/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_lock.c: mlock(2) and kin. Nothing is ever paged out, so that to lock is to
 * make present, and to be counted against RLIMIT_MEMLOCK; but a locked range
 * also refuses MADV_DONTNEED and MS_INVALIDATE. Checks and errors in the order
 * of Linux 6.1's mm/mlock.c.
 */
#include "vm_impl.h"
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>

#define LOCK_FLAGS (VM_LOCKED | VM_LOCKONFAULT)

static bool may_lock_at_all(void)
{
	return vm_rlimit(RLIMIT_MEMLOCK) || vm_privileged();
}

/* Give [start, end) these lock flags: 0, or -ENOMEM at a hole, after the work
 * on what lies before it. */
static int set_locks(struct vm_space *vm, uintptr_t start, uintptr_t end,
		     unsigned int flags)
{
	uintptr_t at = start;
	int err = vm_isolate(vm, start, end);

	while (!err && at < end) {
		struct vm_area *a = area_at(vm, at);

		if (!a) {
			err = -ENOMEM;
			break;
		}
		area_set(a, a->prot, (a->flags & ~LOCK_FLAGS) | flags);
		at = a->end;
	}
	vm_merge_range(vm, start, at);
	return err;
}

/* Pages in [start, end) that are locked already are not counted twice. */
static size_t locked_in(struct vm_space *vm, uintptr_t start, uintptr_t end)
{
	struct vm_area *a = area_find(vm, start);
	size_t n = 0;

	for (; a && a->start < end; a = area_next(a)) {
		if (a->flags & VM_LOCKED)
			n += pages_of(MAX(a->start, start), MIN(a->end, end));
	}
	return n;
}

static long lock_range(struct vm_space *vm, uintptr_t start, size_t len,
		       unsigned int flags)
{
	uintptr_t end;
	int err;

	if (!may_lock_at_all())
		return -EPERM;
	len = PAGE_UP(len + start % PAGE_SIZE);
	start = PAGE_DOWN(start);
	end = start + len;
	if (!vm_may_lock(vm, len >> PAGE_SHIFT) &&
	    !vm_may_lock(vm, (len >> PAGE_SHIFT) - locked_in(vm, start, end)))
		return -ENOMEM;
	if (end < start)
		return -EINVAL;
	if (end == start)
		return 0;
	err = set_locks(vm, start, end, flags);
	if (!err && !(flags & VM_LOCKONFAULT))
		err = vm_populate(vm, start, end);
	/* POSIX: memory that cannot be made present is ENOMEM. */
	return err == -EFAULT ? -ENOMEM : err;
}

long sys_mlock(px_addr addr, px_size len)
{
	return lock_range(current_process()->vm, addr, len, VM_LOCKED);
}

long sys_mlock2(px_addr addr, px_size len, px_mlockflags flags)
{
	if (flags & ~MLOCK_ONFAULT)
		return -EINVAL;
	return lock_range(current_process()->vm, addr, len,
			  flags ? LOCK_FLAGS : VM_LOCKED);
}

long sys_munlock(px_addr addr, px_size len)
{
	uintptr_t start = PAGE_DOWN(addr);
	uintptr_t end = start + PAGE_UP(len + addr % PAGE_SIZE);

	if (end < start)
		return -EINVAL;
	if (end == start)
		return 0;
	return set_locks(current_process()->vm, start, end, 0);
}

static unsigned int lock_flags(unsigned int mcl)
{
	return mcl & MCL_ONFAULT ? LOCK_FLAGS : VM_LOCKED;
}

static void set_all(struct vm_space *vm, unsigned int flags)
{
	for_each_area (a, vm)
		area_set(a, a->prot, (a->flags & ~LOCK_FLAGS) | flags);
	vm_merge_range(vm, 0, USER_MAX);
}

long sys_mlockall(px_mclflags mclflags)
{
	struct vm_space *vm = current_process()->vm;
	const unsigned int mcl = (unsigned int)mclflags;

	if (!mcl || mcl & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) ||
	    mcl == MCL_ONFAULT)
		return -EINVAL;
	if (!may_lock_at_all())
		return -EPERM;
	if (mcl & MCL_CURRENT && !vm_privileged() &&
	    vm->total > vm_rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT)
		return -ENOMEM;
	vm->lock_future = mcl & MCL_FUTURE ? lock_flags(mcl) : 0;
	if (!(mcl & MCL_CURRENT))
		return 0;
	set_all(vm, lock_flags(mcl));
	if (mcl & MCL_ONFAULT)
		return 0;
	/* Areas without access, or past a file's end, stay empty without an
	 * error, as in Linux. So does what the stack has not grown to, which
	 * there is no part of the area. */
	for_each_area (a, vm) {
		if (!a->name || strcmp(a->name, "[stack]"))
			vm_populate(vm, a->start, a->end);
	}
	return 0;
}

long sys_munlockall(void)
{
	struct vm_space *vm = current_process()->vm;

	vm->lock_future = 0;
	set_all(vm, 0);
	return 0;
}
