/* SPDX-License-Identifier: BSD-2-Clause */
/* map.c: apart from the rest, because the C library's types and ours do not
 * meet in one file. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

void map_at(unsigned long addr, unsigned long len);

void map_at(unsigned long addr, unsigned long len)
{
	void *p = mmap((void *)addr, len, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE |
			       MAP_NORESERVE,
		       -1, 0);

	if (p != (void *)addr) {
		perror("mmap");
		exit(1);
	}
}
