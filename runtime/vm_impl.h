/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_impl.h: what the files of the address space share (runtime/vm*.c).
 *
 *	vm_area.c	the tree of areas: find, insert, remove, free gaps
 *	vm.c		spaces, splitting and joining areas, counters
 *	vm_mmap.c	mmap: checks, placement
 *	vm_unmap.c	munmap and what it needs
 *	vm_protect.c	mprotect
 *	vm_fault.c	page faults, populating
 *	vm_remap.c	mremap
 *	vm_advise.c	madvise
 *	vm_lock.c	mlock and kin
 *	vm_sync.c	msync, mincore
 *	vm_object.c	areas by file: invalidation
 *	vm_shm.c	shared anonymous memory
 *	vm_detach.c	shmdt
 *	vm_maps.c	/proc/self/maps
 *	vm_brk.c	brk
 *
 * Which pages of an area exist is written nowhere but in the page tables. Each
 * page that is mapped holds one reference to its frame (not in VM_IMAGE areas,
 * whose frames the allocator does not know). In a private file mapping, a frame
 * whose use is PAGE_ANON is the area's own copy; any other is the file's.
 *
 * All of this is kernel context; vm_fault.c runs also in exceptions, which
 * happen only while the program runs or at an access of uaccess.c: never in the
 * middle of a change here, because nothing here touches the program's memory.
 */
#ifndef RUNTIME_VM_IMPL_H
#define RUNTIME_VM_IMPL_H

#include <posixen/vm.h>
#include <posixen/list.h>
#include <posixen/layout.h>
#include <linux/mman.h>

struct file;

/* vm_area.flags */
#define VM_SHARED      0x0001u
#define VM_MAYWRITE    0x0002u /* mprotect(2) may add PROT_WRITE */
#define VM_LOCKED      0x0004u
#define VM_LOCKONFAULT 0x0008u
#define VM_GROWSDOWN   0x0010u
#define VM_IMAGE       0x0020u /* pages came with the image */
#define VM_NORESERVE   0x0040u
#define VM_DONTFORK    0x0080u /* kept for madvise(2); no fork yet */
#define VM_WIPEONFORK  0x0100u
#define VM_DONTDUMP    0x0200u
#define VM_PROMISED    0x0400u /* of an allocator, checked: vm_protect.c */

struct vm_area {
	/* The tree (vm_area.c). */
	struct vm_area *left, *right;
	int height;
	uintptr_t sub_min, sub_max; /* span of this subtree */
	size_t sub_gap;		    /* largest hole within the span */
	struct list link;	    /* vm_space.areas, by address */

	struct vm_space *vm;
	uintptr_t start, end;
	int prot; /* PROT_READ | WRITE | EXEC */
	unsigned int flags;
	struct file *file;	 /* NULL: anonymous and private */
	uint64_t pgoff;		 /* of start, in the file */
	struct list object_link; /* vm_object.c */
	const char *name;	 /* "[heap]", or NULL */
};

struct vm_space {
	struct vm_area *root;
	struct list areas;
	unsigned int nr_areas;
	unsigned int lock_future; /* VM_LOCKED | VM_LOCKONFAULT or 0 */
	/* In pages. */
	size_t total, data, stack, text, locked;
};

/* As Linux's default vm.max_map_count. */
#define VM_MAX_AREAS 65530u
/* Kept free below a stack that grows, as Linux's stack_guard_gap. */
#define VM_STACK_GAP (256 * PAGE_SIZE)

static inline size_t pages_of(uintptr_t start, uintptr_t end)
{
	return (end - start) >> PAGE_SHIFT;
}

static inline struct vm_area *area_of_link(struct list *l)
{
	return list_entry(l, struct vm_area, link);
}

#define for_each_area(a, vm)                                                   \
	for (struct vm_area *a = area_of_link((vm)->areas.next);               \
	     &a->link != &(vm)->areas; a = area_of_link(a->link.next))

/* NULL at either end. */
static inline struct vm_area *area_next(struct vm_area *a)
{
	return a->link.next == &a->vm->areas ? NULL
					     : area_of_link(a->link.next);
}

static inline struct vm_area *area_prev(struct vm_area *a)
{
	return a->link.prev == &a->vm->areas ? NULL
					     : area_of_link(a->link.prev);
}

/* The page of the file that lies at va. */
static inline uint64_t area_index(const struct vm_area *a, uintptr_t va)
{
	return a->pgoff + pages_of(a->start, va);
}

static inline bool area_is_private_anon(const struct vm_area *a)
{
	return !a->file && !(a->flags & VM_IMAGE);
}

/* vm_area.c. The first area that ends above addr, or NULL. */
struct vm_area *area_find(struct vm_space *vm, uintptr_t addr);
/* The area that holds addr, or NULL. */
struct vm_area *area_at(struct vm_space *vm, uintptr_t addr);
void area_insert(struct vm_space *vm, struct vm_area *a);
void area_remove(struct vm_space *vm, struct vm_area *a);
/* Change an area's bounds without changing its place in the order. */
void area_move_bounds(struct vm_area *a, uintptr_t start, uintptr_t end);
/* The highest (lowest) address of len free bytes within [lo, hi); 0: none. */
uintptr_t area_gap_down(struct vm_space *vm, uintptr_t lo, uintptr_t hi,
			size_t len);
uintptr_t area_gap_up(struct vm_space *vm, uintptr_t lo, uintptr_t hi,
		      size_t len);

/* vm.c */
/* A new area, not yet in the tree; takes its own reference to f. */
struct vm_area *area_create(struct vm_space *vm, uintptr_t start, uintptr_t end,
			    int prot, unsigned int flags, struct file *f,
			    uint64_t pgoff);
/* Put it into tree, counters and object list. */
void area_enter(struct vm_area *a);
/* Take it out of these; the structure stays. */
void area_leave(struct vm_area *a);
/* Free one that has left. May block: the file's last reference may go. */
void area_free(struct vm_area *a);
/* Cut in two at addr; returns the upper part, or NULL: no memory, too many. */
struct vm_area *area_split(struct vm_area *a, uintptr_t addr);
/* Join with the neighbours that continue it; returns the area that now holds
 * what a held. */
struct vm_area *area_merge(struct vm_area *a);
/* Make area borders at start and end, for changing all in between. */
int vm_isolate(struct vm_space *vm, uintptr_t start, uintptr_t end);
/* Undo that where nothing was changed. */
void vm_merge_range(struct vm_space *vm, uintptr_t start, uintptr_t end);
/* Set prot and flags, with counters. */
void area_set(struct vm_area *a, int prot, unsigned int flags);
unsigned int plat_prot(int prot);
bool vm_is_data(int prot, unsigned int flags);
bool vm_hits_kernel(uintptr_t start, uintptr_t end);
/* Limits. RLIM_INFINITY before there is a process. */
uint64_t vm_rlimit(unsigned int which);
bool vm_privileged(void);
/* RLIMIT_AS and RLIMIT_DATA allow n more pages of this kind. */
bool vm_may_expand(struct vm_space *vm, int prot, unsigned int flags, size_t n);
/* There is memory enough for a promise of n pages, see README.md. */
bool vm_may_commit(size_t n);
size_t vm_count_present(uintptr_t start, uintptr_t end);

/* vm_mmap.c. A place for len bytes as flags (MAP_) want it; 0: none. */
uintptr_t vm_place(struct vm_space *vm, uintptr_t hint, size_t len,
		   unsigned int flags);
/* Enter an area whose place is free, joining it with its neighbours. 0 or
 * -ENOMEM. */
int vm_add(struct vm_space *vm, uintptr_t start, uintptr_t end, int prot,
	   unsigned int flags, struct file *f, uint64_t pgoff);
/* RLIMIT_MEMLOCK allows n more locked pages. */
bool vm_may_lock(struct vm_space *vm, size_t n);

/* vm_unmap.c */
int vm_unmap_range(struct vm_space *vm, uintptr_t start, uintptr_t end);
/* Its two halves: freeing the areas may block, because their files go; a caller
 * that needs the place must use it first. gone is made empty on failure. */
int vm_take_out(struct vm_space *vm, uintptr_t start, uintptr_t end,
		struct list *gone);
void vm_free_areas(struct list *gone);
/* Take away the pages of [start, end) in one area; with keep_copies those
 * that a private file mapping has copied stay. */
void area_zap(struct vm_area *a, uintptr_t start, uintptr_t end,
	      bool keep_copies);

/* vm_fault.c. Make all pages of [start, end) present, writable ones writable.
 * 0, -ENOMEM (no memory, or a hole), -EFAULT (no access, or past the end of a
 * file). */
int vm_populate(struct vm_space *vm, uintptr_t start, uintptr_t end);
#define FAULT_WRITE    VM_FAULT_WRITE
#define FAULT_POPULATE 4u /* on behalf of a call that can report -ENOMEM */
/* Make one page ready for an access that the area allows: 0, -ENOMEM,
 * -EIO, -ENOSPC. */
int area_fault(struct vm_area *a, uintptr_t va, unsigned int how);
/* The page's frame and access; PFN_NONE if not present. */
pfn_t vm_lookup(uintptr_t va, unsigned int *prot);

/* vm_object.c */
const void *object_of(const struct file *f);
void object_link(struct vm_area *a);
void object_unlink(struct vm_area *a);

#endif
