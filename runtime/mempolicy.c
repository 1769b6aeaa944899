/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mempolicy.c: NUMA policies on a machine with one node, as Linux has them
 * there: get_mempolicy(2), set_mempolicy(2), mbind(2), migrate_pages(2),
 * move_pages(2). All memory is on node 0, so a policy says nothing; it is
 * checked and, for a thread, kept.
 */
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <posixen/vm.h>
#include <linux/mempolicy.h>
#include "vm_impl.h"

#define MODES	       (MPOL_PREFERRED_MANY + 1)
#define NODE_0	       1ULL
#define MAX_NODES      1024 /* as Debian's kernels */
#define MBIND_FLAGS    (MPOL_MF_STRICT | MPOL_MF_MOVE | MPOL_MF_MOVE_ALL)
#define NODES_AS_GIVEN (MPOL_F_STATIC_NODES | MPOL_F_RELATIVE_NODES)

/* A set of nodes as far as it matters: the first 64, and if there are more. */
struct nodes {
	uint64_t low;
	bool more;
};

/* The program's mask of maxnode - 1 bits, mm/mempolicy.c's get_nodes(). */
static int get_nodes(struct nodes *n, const uint64_t *umask, unsigned long max)
{
	n->low = 0;
	n->more = false;
	max--;
	if (!max || !umask)
		return 0;
	if (max > PAGE_SIZE * 8)
		return -EINVAL;
	for (unsigned long bit = 0; bit < max; bit += 64) {
		uint64_t word;

		if (copy_in_obj(&word, umask + bit / 64))
			return -EFAULT;
		if (max - bit < 64)
			word &= (1ULL << (max - bit)) - 1;
		if (bit >= MAX_NODES && word)
			return -EINVAL;
		if (bit == 0)
			n->low = word;
		else if (word)
			n->more = true;
	}
	return 0;
}

static bool nodes_empty(const struct nodes *n)
{
	return !n->low && !n->more;
}

/* The checks of mpol_new() and of the modes' create functions. *mode becomes
 * what get_mempolicy(2) shows. */
static int check_policy(unsigned int *mode, const struct nodes *n)
{
	unsigned int flags = *mode & MPOL_MODE_FLAGS;
	unsigned int kind = *mode & ~MPOL_MODE_FLAGS;

	if (kind >= MODES || (flags & NODES_AS_GIVEN) == NODES_AS_GIVEN)
		return -EINVAL;
	if ((flags & MPOL_F_NUMA_BALANCING) && kind != MPOL_BIND)
		return -EINVAL;
	if (kind == MPOL_DEFAULT || kind == MPOL_LOCAL) {
		if (!nodes_empty(n))
			return -EINVAL;
		if (kind == MPOL_LOCAL && (flags & NODES_AS_GIVEN))
			return -EINVAL;
		if (kind == MPOL_DEFAULT)
			*mode = MPOL_DEFAULT;
		return 0;
	}
	if (nodes_empty(n)) {
		if (kind != MPOL_PREFERRED || (flags & NODES_AS_GIVEN))
			return -EINVAL;
		*mode = MPOL_LOCAL | flags;
		return 0;
	}
	/* Relative nodes are counted round the ones there are. */
	if (!(flags & MPOL_F_RELATIVE_NODES) && !(n->low & NODE_0))
		return -EINVAL;
	return 0;
}

long sys_set_mempolicy(int mode, const void *mask, unsigned long maxnode)
{
	struct thread *t = current();
	unsigned int m = mode;
	struct nodes n;
	int err;

	if ((m & ~MPOL_MODE_FLAGS) >= MODES)
		return -EINVAL;
	err = get_nodes(&n, mask, maxnode);
	if (!err)
		err = check_policy(&m, &n);
	if (err)
		return err;
	t->mempolicy = m;
	t->mempolicy_nodes = m & NODES_AS_GIVEN			       ? n.low
			     : m & ~MPOL_MODE_FLAGS && m != MPOL_LOCAL ? NODE_0
								       : 0;
	return 0;
}

/* copy_nodes_to_user(): the words the program asked for, with zeroes. */
static int put_nodes(void *umask, unsigned long maxnode, uint64_t nodes)
{
	size_t n = ALIGN_UP(maxnode - 1, 64UL) / 8;

	if (n > sizeof(nodes)) {
		if (n > PAGE_SIZE)
			return -EINVAL;
		if (clear_out((char *)umask + sizeof(nodes), n - sizeof(nodes)))
			return -EFAULT;
		n = sizeof(nodes);
	}
	return copy_out(umask, &nodes, n);
}

long sys_get_mempolicy(int *umode, void *umask, unsigned long maxnode,
		       unsigned long addr, unsigned long flags)
{
	struct thread *t = current();
	uint64_t nodes = t->mempolicy_nodes;
	int mode = t->mempolicy;

	if (umask && maxnode < 1)
		return -EINVAL;
	if (flags & ~(MPOL_F_NODE | MPOL_F_ADDR | MPOL_F_MEMS_ALLOWED))
		return -EINVAL;
	if (flags & MPOL_F_MEMS_ALLOWED) {
		if (flags & (MPOL_F_NODE | MPOL_F_ADDR))
			return -EINVAL;
		mode = MPOL_DEFAULT;
		nodes = NODE_0;
	} else if (flags & MPOL_F_ADDR) {
		if (!area_at(t->proc->vm, addr))
			return -EFAULT;
	} else if (addr) {
		return -EINVAL;
	}
	if (flags & MPOL_F_NODE) {
		/* The node of the page, or where an interleaving thread's next
		 * would be. */
		if (!(flags & MPOL_F_ADDR) &&
		    (mode & ~MPOL_MODE_FLAGS) != MPOL_INTERLEAVE)
			return -EINVAL;
		mode = 0;
	}
	if (umode && copy_out_obj(umode, &mode))
		return -EFAULT;
	return umask ? put_nodes(umask, maxnode, nodes) : 0;
}

/* Every page of the range is in some area. */
static bool all_mapped(struct vm_space *vm, uintptr_t start, uintptr_t end)
{
	while (start < end) {
		const struct vm_area *a = area_at(vm, start);

		if (!a)
			return false;
		start = a->end;
	}
	return true;
}

long sys_mbind(px_addr start, px_size len, int mode, const void *mask,
	       unsigned long maxnode, unsigned int flags)
{
	struct process *p = current_process();
	unsigned int m = mode;
	struct nodes n;
	int err;

	if ((m & ~MPOL_MODE_FLAGS) >= MODES)
		return -EINVAL;
	err = get_nodes(&n, mask, maxnode);
	if (err)
		return err;
	if (flags & ~MBIND_FLAGS)
		return -EINVAL;
	if ((flags & MPOL_MF_MOVE_ALL) && !cred_capable(&p->cred))
		return -EPERM;
	if (start & ~PAGE_MASK)
		return -EINVAL;
	len = PAGE_UP(len);
	if (start + len < start)
		return -EINVAL;
	if (!len)
		return 0;
	err = check_policy(&m, &n);
	if (err)
		return err;
	return all_mapped(p->vm, start, start + len) ? 0 : -EFAULT;
}

long sys_set_mempolicy_home_node(px_addr start, px_size len, unsigned long node,
				 unsigned long flags)
{
	if ((start & ~PAGE_MASK) || flags || node)
		return -EINVAL;
	len = PAGE_UP(len);
	return start + len < start ? -EINVAL : 0;
}

static int check_process(int pid)
{
	return pid && !thread_by_tid(pid) ? -ESRCH : 0;
}

long sys_migrate_pages(int pid, unsigned long maxnode, const void *from,
		       const void *to)
{
	struct nodes old, new;
	int err = get_nodes(&old, from, maxnode);

	if (!err)
		err = get_nodes(&new, to, maxnode);
	if (!err)
		err = check_process(pid);
	if (err)
		return err;
	/* Privilege is asked only for a node that is not allowed. */
	if (((new.low & ~NODE_0) || new.more) &&
	    !cred_capable(&current_process()->cred))
		return -EPERM;
	return new.low &NODE_0 ? 0 : -EINVAL;
}

/* Where the page is: node 0, or why it is nowhere. */
static int page_status(struct vm_space *vm, uintptr_t addr)
{
	unsigned int prot;

	if (!area_at(vm, addr))
		return -EFAULT;
	return vm_lookup(PAGE_DOWN(addr), &prot) == PFN_NONE ? -ENOENT : 0;
}

long sys_move_pages(int pid, unsigned long count, void *upages,
		    const void *unodes, void *ustatus, int flags)
{
	struct process *p = current_process();
	int err;

	if (flags & ~(MPOL_MF_MOVE | MPOL_MF_MOVE_ALL))
		return -EINVAL;
	if ((flags & MPOL_MF_MOVE_ALL) && !cred_capable(&p->cred))
		return -EPERM;
	err = check_process(pid);
	if (err)
		return err;
	for (unsigned long i = 0; i < count; i++) {
		uint64_t addr;
		int node = 0, status;

		if (copy_in_obj(&addr, (uint64_t *)upages + i))
			return -EFAULT;
		if (unodes && copy_in_obj(&node, (const int *)unodes + i))
			return -EFAULT;
		if (node)
			return -ENODEV;
		status = page_status(p->vm, addr);
		if (copy_out_obj((int *)ustatus + i, &status))
			return -EFAULT;
	}
	return 0;
}
