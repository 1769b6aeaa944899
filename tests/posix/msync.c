/* SPDX-License-Identifier: BSD-2-Clause */
/* msync(addr, length, flags): see msync(2). */
#include "mem.h"

int main(void)
{
	char *p, c;
	int fd = open("f", O_RDWR | O_CREAT, 0600);

	ftruncate(fd, 4 * PG);
	p = mmap(NULL, 4 * PG, RW, MAP_SHARED, fd, 0);
	p[0] = 'x';
	t_val("sync", msync(p, 4 * PG, MS_SYNC));
	pread(fd, &c, 1, 0);
	t_bytes("written", &c, 1);
	t_val("async", msync(p, 4 * PG, MS_ASYNC));
	t_val("invalidate", msync(p, 4 * PG, MS_INVALIDATE));
	t_val("sync and invalidate", msync(p, 4 * PG, MS_SYNC | MS_INVALIDATE));
	t_val("no flags", msync(p, 4 * PG, 0));
	t_val("length 0", msync(p, 0, MS_SYNC));
	t_val("part of a page", msync(p, 10, MS_SYNC));
	t_val("both", msync(p, PG, MS_SYNC | MS_ASYNC));
	t_val("unknown", msync(p, PG, 8));
	t_val("unaligned", msync(p + 1, PG, MS_SYNC));
	t_val("range wraps", msync(p, -PG, MS_SYNC));
	munmap(p + PG, PG);
	t_val("over a hole", msync(p, 4 * PG, MS_SYNC));
	t_val("over a hole, async", msync(p, 4 * PG, MS_ASYNC));
	t_val("in a hole", msync(p + PG, PG, MS_SYNC));
	mlock(p, PG);
	t_val("invalidate locked", msync(p, PG, MS_INVALIDATE));
	t_val("sync locked", msync(p, PG, MS_SYNC));
	munmap(p, 4 * PG);
	t_val("nothing there", msync(p, PG, MS_SYNC));
	t_val("nothing there, length 0", msync(p, 0, MS_SYNC));
	p = mmap(NULL, PG, RW, ANON, -1, 0);
	t_val("anonymous", msync(p, PG, MS_SYNC));
	munmap(p, PG);
	return 0;
}
