/* SPDX-License-Identifier: BSD-2-Clause */
/* mincore(addr, length, vec): see mincore(2). */
#include "mem.h"

static void say_core(const char *name, void *p, int pages)
{
	unsigned char vec[64];
	char line[65];
	int i;

	memset(vec, 0xee, sizeof(vec));
	t_val(name, mincore(p, pages * PG, vec));
	for (i = 0; i < pages; i++)
		line[i] = vec[i] == 0xee ? '?' : vec[i] & 1 ? '1' : '0';
	line[i] = 0;
	t_str(name, line);
}

int main(void)
{
	/* Two areas without a common border, so that no fault brings in a
	 * neighbour. */
	char *p = mmap(NULL, 8 * PG, PROT_NONE, ANON, -1, 0);
	unsigned char vec[8];
	int fd;

	say_core("untouched", p, 8);
	mprotect(p + 2 * PG, PG, RW);
	p[2 * PG] = 1;
	say_core("touched", p, 8);
	mprotect(p + 2 * PG, PG, PROT_NONE);
	say_core("without access", p, 8);
	madvise(p + 2 * PG, PG, MADV_DONTNEED);
	say_core("dropped", p, 8);
	mprotect(p, 8 * PG, RW);
	mlock(p + 4 * PG, 2 * PG);
	memset(vec, 0, sizeof(vec));
	mincore(p + 4 * PG, 2 * PG, vec);
	t_val("locked", (vec[0] & 1) + (vec[1] & 1));
	t_val("length is rounded up", mincore(p, PG + 1, vec));
	t_val("length 0", mincore(p, 0, vec));
	t_val("length 0, bad vector", mincore(p, 0, T_BAD));
	t_val("unaligned", mincore(p + 1, PG, vec));
	t_val("bad vector", mincore(p, PG, T_BAD));
	t_val("length wraps", mincore(p, -1UL, vec));
	t_val("too high", mincore((void *)-PG, PG, vec));
	munmap(p + 3 * PG, PG);
	t_val("over a hole", mincore(p, 8 * PG, vec));
	t_val("in a hole", mincore(p + 3 * PG, PG, vec));
	munmap(p, 8 * PG);
	t_val("nothing there", mincore(p, PG, vec));

	fd = open("f", O_RDWR | O_CREAT, 0600);
	pwrite(fd, "x", 1, 0);
	pwrite(fd, "x", 1, 3 * PG);
	p = mmap(NULL, 4 * PG, RW, MAP_SHARED, fd, 0);
	say_core("a file with a hole", p, 4);
	munmap(p, 4 * PG);
	p = mmap(NULL, 4 * PG, RW, MAP_PRIVATE, fd, 0);
	say_core("mapped private", p, 4);
	munmap(p, 4 * PG);
	return 0;
}
