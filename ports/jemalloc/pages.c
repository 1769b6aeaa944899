/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What jemalloc calls for mmap(2): build names it so when compiling.
 *
 * It reserves address space without access, and makes parts of it usable by
 * mapping over them, with all that a mapping promises checked against what is
 * free at that moment. But it has many such parts that are not used up yet, and
 * what one was promised another may have touched meanwhile: malloc() would give
 * memory that is not there, and the touch would end the program. Reserved with
 * MAP_NORESERVE and allowed by mprotect(2), what was promised before counts
 * (runtime/vm_protect.c).
 */
#include <errno.h>
#include <sys/mman.h>

void *px_jemalloc_mmap(void *addr, size_t size, int prot, int flags, int fd,
		       off_t off);

void *px_jemalloc_mmap(void *addr, size_t size, int prot, int flags, int fd,
		       off_t off)
{
	void *p = addr;

	/* What is allowed by a fixed address has been reserved here before. */
	if (!(flags & MAP_FIXED) || prot == PROT_NONE) {
		p = mmap(addr, size, PROT_NONE, flags | MAP_NORESERVE, fd, off);
		if (p == MAP_FAILED)
			return p;
	}
	if (prot == PROT_NONE || !mprotect(p, size, prot))
		return p;
	if (!(flags & MAP_FIXED))
		munmap(p, size);
	errno = ENOMEM;
	return MAP_FAILED;
}
