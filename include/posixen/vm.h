/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm.h: the program's address space (runtime/vm*.c).
 *
 * A vm_space is an ordered tree of non-overlapping areas. Pages appear on first
 * use (vm_fault) and are page frames: anonymous ones belong to the area,
 * file pages belong to the file's page cache and are shared with it. A private
 * file page is mapped read-only from the cache and copied on the first write.
 */
#ifndef POSIXEN_VM_H
#define POSIXEN_VM_H

#include <posixen/types.h>

struct file;
struct vm_space;
struct regs;

/*
 * What a mappable object (a regular file) provides. All may be called from the
 * page fault handler: they must not block.
 */
struct vm_object_ops {
	/* The frame that holds page index idx, made if write asks for it; for a
	 * hole without write PFN_NONE with 0. A read fault in a hole is asked
	 * again with write set, as Linux's tmpfs allocates then: so a later
	 * write(2) is seen.
	 * *out gets a reference of the caller's. -EIO past the end (SIGBUS),
	 * -ENOMEM, -ENOSPC. */
	int (*get_page)(struct file *f, uint64_t idx, bool write, pfn_t *out);
	/* A shared writable mapping dirtied the page: update times. */
	void (*page_mkwrite)(struct file *f, uint64_t idx);
	/* A mapping was made: it counts as an access. May be NULL. */
	void (*mapped)(struct file *f);
	/* An area of it is gone, or part of one that was cut. May be NULL;
	 * else areas of it that were cut are not joined again, as on Linux: for
	 * somebody counts them. */
	void (*unmapped)(struct file *f);
};

/* A file with these operations (/dev/zero, vfs/dev_mem.c) is mapped as
 * anonymous memory, private or shared: vm_mmap() then forgets the file. */
extern const struct vm_object_ops vm_as_anonymous;

struct vm_stat {
	size_t total_pages; /* of all areas */
	size_t resident_pages;
	size_t data_pages, stack_pages, text_pages, locked_pages;
};

struct vm_space *vm_space_create(void); /* NULL: no memory */
/* Undo every mapping and free the space. */
void vm_space_destroy(struct vm_space *vm);

/* As mmap(2) and kin with all of their checks; addr, or -errno. f is NULL for
 * anonymous memory; the area takes its own reference. */
long vm_mmap(struct vm_space *vm, uintptr_t addr, size_t len, int prot,
	     int flags, struct file *f, uint64_t pgoff);
long vm_munmap(struct vm_space *vm, uintptr_t addr, size_t len);
long vm_mprotect(struct vm_space *vm, uintptr_t addr, size_t len, int prot);
/* shmdt(2): unmap the object with these operations that was mapped at addr, or
 * what is left of it there; size says how long it is. 0 or -EINVAL. */
long vm_detach(struct vm_space *vm, uintptr_t addr,
	       const struct vm_object_ops *ops,
	       size_t (*size)(const struct file *f));
/* A file of size bytes that only mappings see (runtime/vm_shm.c); err_ptr. How
 * many pages it has. */
struct file *shm_create(size_t size);
size_t shm_present(const struct file *f);
/* As mremap(2), madvise(2), msync(2), brk(2). */
long vm_mremap(struct vm_space *vm, uintptr_t addr, size_t old_len,
	       size_t new_len, unsigned int flags, uintptr_t new_addr);
long vm_madvise(struct vm_space *vm, uintptr_t addr, size_t len, int advice);
/*
 * Enter a segment of the image into the space: pages that the loader mapped
 * before there was an allocator. They can be protected and unmapped, but their
 * frames are not the allocator's. name NULL: the program's path. Boot.
 */
int vm_adopt_image(struct vm_space *vm, uintptr_t start, uintptr_t end,
		   int prot, const char *name);
/* Name an area in /proc/self/maps ("[stack]", "[heap]"). static string. */
void vm_set_name(struct vm_space *vm, uintptr_t addr, const char *name);

/* Serve a page fault at va: 0 when the access can be tried again, or the signal
 * to send (SIGSEGV, SIGBUS) as a positive number with *code its si_code.
 * SIGKILL: out of memory, which has been logged; the program must end.
 * Exception context: never blocks. */
#define VM_FAULT_WRITE 1u
#define VM_FAULT_EXEC  2u
int vm_fault(struct vm_space *vm, uintptr_t va, unsigned int how, int *code);

/* A file shrank or a hole was punched: unmap its pages [first, end) wherever
 * they are mapped. Called by filesystems before they free the frames. object is
 * the file's vnode, or the struct file itself when it has none. Copies that
 * private mappings have made stay, except when end is UINT64_MAX: that means
 * the file shrank, and what lies past its end raises SIGBUS from now on. */
void vm_invalidate(const void *object, uint64_t first, uint64_t end);
/* Is there a shared mapping of object that is or may become writable? For
 * F_SEAL_WRITE. */
bool vm_mapped_writable(const void *object);

/* Write the text of /proc/<pid>/maps, one call of emit per line. */
int vm_emit_maps(struct vm_space *vm,
		 int (*emit)(void *arg, const char *line, size_t n), void *arg);
void vm_get_stat(struct vm_space *vm, struct vm_stat *st);
/* How many frames private mappings hold of their own. */
size_t vm_anon_pages(struct vm_space *vm);

#endif
