/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pvalloc(3): whole pages. In a file of its own, because allocators that stand
 * in for malloc(3) may have it.
 */
#include <errno.h>
#include <malloc.h>
#include <unistd.h>

void *pvalloc(size_t n)
{
	size_t page = sysconf(_SC_PAGESIZE);

	if (n > (size_t)-1 - page) {
		errno = ENOMEM;
		return NULL;
	}
	return memalign(page, n ? (n + page - 1) & -page : page);
}
