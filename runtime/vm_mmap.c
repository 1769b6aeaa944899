/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_mmap.c: mmap(2). The checks stand in the order in which Linux 6.1 makes
 * them (ksys_mmap_pgoff, do_mmap, mmap_region), because the first that fails
 * decides the errno.
 */
#include "vm_impl.h"
#include <posixen/file.h>
#include <posixen/fs.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include <linux/mount.h>

/* Where MAP_32BIT wants it: Linux's find_start_end(). */
#define LOW_MIN 0x40000000UL
#define LOW_MAX 0x80000000UL

/* What MAP_SHARED_VALIDATE knows; older types ignore what they do not know. */
#define KNOWN_FLAGS                                                            \
	(MAP_SHARED | MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS |                \
	 MAP_GROWSDOWN | MAP_DENYWRITE | MAP_EXECUTABLE | MAP_UNINITIALIZED |  \
	 MAP_LOCKED | MAP_NORESERVE | MAP_POPULATE | MAP_NONBLOCK |            \
	 MAP_STACK | MAP_HUGETLB | MAP_HUGE_2MB | MAP_HUGE_1GB | MAP_32BIT |   \
	 MAP_FIXED_NOREPLACE)
/* The end of the largest file. */
#define MAX_PGOFF ((uint64_t)INT64_MAX >> PAGE_SHIFT)

static bool is_free(struct vm_space *vm, uintptr_t start, size_t len)
{
	return area_gap_down(vm, start, start + len, len) == start &&
	       !vm_hits_kernel(start, start + len);
}

/* The runtime's part of the image belongs to no area; look around it. */
static uintptr_t gap_up(struct vm_space *vm, uintptr_t lo, uintptr_t hi,
			size_t len)
{
	uintptr_t at = area_gap_up(vm, lo, hi, len);

	if (at && vm_hits_kernel(at, at + len))
		at = area_gap_up(vm, PAGE_UP((uintptr_t)__kernel_end), hi, len);
	return at;
}

uintptr_t vm_place(struct vm_space *vm, uintptr_t hint, size_t len,
		   unsigned int flags)
{
	uintptr_t max = flags & MAP_32BIT ? LOW_MAX : USER_MAX, at;

	hint = PAGE_DOWN(hint);
	if (hint) {
		hint = MAX(hint, USER_MIN);
		if (hint <= max && len <= max - hint && is_free(vm, hint, len))
			return hint;
	}
	if (flags & MAP_32BIT)
		return gap_up(vm, LOW_MIN, LOW_MAX, len);
	at = area_gap_down(vm, MMAP_MIN, MMAP_MAX, len);
	if (!at)
		at = area_gap_down(vm, BRK_MAX, MMAP_MIN, len);
	return at;
}

/* Linux's get_unmapped_area(): an address in *addr, or -errno. */
static int choose_address(struct vm_space *vm, uintptr_t *addr, size_t len,
			  unsigned int flags)
{
	if (len > USER_MAX)
		return -ENOMEM;
	if (!(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE))) {
		*addr = vm_place(vm, *addr, len, flags);
		return *addr ? 0 : -ENOMEM;
	}
	if (*addr > USER_MAX - len)
		return -ENOMEM;
	if (*addr % PAGE_SIZE)
		return -EINVAL;
	/* Below vm.mmap_min_addr. */
	if (*addr < USER_MIN)
		return -EPERM;
	if (flags & MAP_FIXED_NOREPLACE && !is_free(vm, *addr, len))
		return -EEXIST;
	/* Linux has no memory of its own among the program's. */
	return vm_hits_kernel(*addr, *addr + len) ? -ENOMEM : 0;
}

static int check_file(const struct file *f, int prot, unsigned int flags,
		      unsigned int *vmf)
{
	const uint32_t seals = f->vnode ? f->vnode->seals : 0;

	if ((flags & MAP_TYPE) != MAP_PRIVATE) {
		if (prot & PROT_WRITE && !file_writable(f))
			return -EACCES;
		*vmf |= VM_SHARED;
		if (!file_writable(f))
			*vmf &= ~VM_MAYWRITE;
	}
	if (!file_readable(f))
		return -EACCES;
	if (prot & PROT_EXEC && f->mount && f->mount->flags & MS_NOEXEC)
		return -EPERM;
	if (!f->ops->vm)
		return -ENODEV;
	if (flags & MAP_GROWSDOWN)
		return -EINVAL;
	if (!(*vmf & VM_SHARED) || !(*vmf & VM_MAYWRITE))
		return 0;
	if (seals & F_SEAL_WRITE)
		return -EPERM;
	if (seals & F_SEAL_FUTURE_WRITE) {
		if (prot & PROT_WRITE)
			return -EPERM;
		*vmf &= ~VM_MAYWRITE;
	}
	return 0;
}

static int check_type(const struct file *f, uint64_t pgoff, size_t len,
		      int prot, unsigned int flags, unsigned int *vmf)
{
	const unsigned int type = flags & MAP_TYPE;

	if (f) {
		if (len >> PAGE_SHIFT > MAX_PGOFF ||
		    pgoff > MAX_PGOFF - (len >> PAGE_SHIFT))
			return -EOVERFLOW;
		if (type == MAP_SHARED_VALIDATE && flags & ~KNOWN_FLAGS)
			return -EOPNOTSUPP;
		if (type != MAP_SHARED && type != MAP_PRIVATE &&
		    type != MAP_SHARED_VALIDATE)
			return -EINVAL;
		return check_file(f, prot, flags, vmf);
	}
	if (type == MAP_SHARED) {
		if (flags & MAP_GROWSDOWN)
			return -EINVAL;
		*vmf |= VM_SHARED;
		return 0;
	}
	return type == MAP_PRIVATE ? 0 : -EINVAL;
}

/*
 * Promised memory must be there now, less what the new mapping replaces. Copies
 * of a file's pages are few as a rule: Linux's own limit, all memory that there
 * is, does for them.
 */
static bool commit_ok(int prot, unsigned int vmf, const struct file *f,
		      uintptr_t addr, size_t len)
{
	size_t n = len >> PAGE_SHIFT;

	if (vmf & VM_NORESERVE)
		return true;
	if (vmf & VM_SHARED ? f != NULL : !(prot & PROT_WRITE))
		return true;
	if (f)
		return n <= page_total();
	return vm_may_commit(n) ||
	       vm_may_commit(n - vm_count_present(addr, addr + len));
}

int vm_add(struct vm_space *vm, uintptr_t start, uintptr_t end, int prot,
	   unsigned int flags, struct file *f, uint64_t pgoff)
{
	struct vm_area *a = area_create(vm, start, end, prot, flags, f, pgoff);

	if (!a)
		return -ENOMEM;
	area_enter(a);
	area_merge(a);
	return 0;
}

static int enter(struct vm_space *vm, uintptr_t addr, size_t len, int prot,
		 unsigned int vmf, struct file *f, uint64_t pgoff)
{
	struct file *shm = NULL;
	struct list gone;
	int err;

	if (vmf & VM_SHARED && !f) {
		shm = shm_create(len);
		if (is_err(shm))
			return (int)ptr_err(shm);
		f = shm;
		pgoff = 0;
	}
	err = vm_take_out(vm, addr, addr + len, &gone);
	if (!err)
		err = vm_add(vm, addr, addr + len, prot, vmf, f, pgoff);
	vm_free_areas(&gone);
	if (shm)
		file_put(shm);
	return err;
}

long vm_mmap(struct vm_space *vm, uintptr_t addr, size_t len, int prot,
	     int mapflags, struct file *f, uint64_t pgoff)
{
	const unsigned int flags = (unsigned int)mapflags;
	unsigned int vmf = VM_MAYWRITE | vm->lock_future;
	int err;

	if (!len)
		return -EINVAL;
	/* Other bits of prot mean nothing, as in Linux. */
	prot &= PROT_READ | PROT_WRITE | PROT_EXEC;
	len = PAGE_UP(len);
	if (!len)
		return -ENOMEM;
	if (pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;
	if (vm->nr_areas > VM_MAX_AREAS)
		return -ENOMEM;
	/* Huge pages have to be set aside by an administrator; none are. */
	if (flags & MAP_HUGETLB)
		return f ? -EINVAL : -ENOMEM;
	err = choose_address(vm, &addr, len, flags);
	if (err)
		return err;
	if (flags & MAP_LOCKED) {
		if (!vm_rlimit(RLIMIT_MEMLOCK) && !vm_privileged())
			return -EPERM;
		vmf |= VM_LOCKED;
	}
	if (vmf & VM_LOCKED && !vm_may_lock(vm, len >> PAGE_SHIFT))
		return -EAGAIN;
	if (flags & MAP_NORESERVE)
		vmf |= VM_NORESERVE;
	err = check_type(f, pgoff, len, prot, flags, &vmf);
	if (err)
		return err;
	/* /dev/zero is but another way to ask for anonymous memory. */
	if (f && f->ops->vm == &vm_as_anonymous)
		f = NULL;
	if (flags & MAP_GROWSDOWN)
		vmf |= VM_GROWSDOWN;
	if (!vm_may_expand(vm, prot, vmf, len >> PAGE_SHIFT) ||
	    !commit_ok(prot, vmf, f, addr, len))
		return -ENOMEM;
	err = enter(vm, addr, len, prot, vmf, f, f ? pgoff : 0);
	if (err)
		return err;
	if (f && f->ops->vm->mapped)
		f->ops->vm->mapped(f);
	if (vmf & VM_LOCKED && !(vmf & VM_LOCKONFAULT))
		vm_populate(vm, addr, addr + len);
	else if ((flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE &&
		 vm_populate(vm, addr, addr + len) == -ENOMEM) {
		/* Linux leaves the rest to later faults, and those to its OOM
		 * killer. Here the program hears of it while it can act. */
		vm_unmap_range(vm, addr, addr + len);
		return -ENOMEM;
	}
	return (long)addr;
}

long sys_mmap(px_addr addr, px_size len, px_prot prot, px_mapflags flags,
	      px_fd fd, px_hexoff off)
{
	struct file *f = NULL;
	long ret;

	if (off % (long)PAGE_SIZE)
		return -EINVAL;
	if (!(flags & MAP_ANONYMOUS)) {
		f = fd_get(fd);
		if (!f)
			return -EBADF;
	}
	ret = vm_mmap(current_process()->vm, addr, len, prot, flags, f,
		      (unsigned long)off >> PAGE_SHIFT);
	if (f)
		file_put(f);
	return ret;
}
