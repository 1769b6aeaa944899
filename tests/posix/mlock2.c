/* SPDX-License-Identifier: BSD-2-Clause */
/* mlock2(addr, length, flags): see mlock2(2). */
#include "mem.h"

static long lock2(void *p, size_t n, int flags)
{
	return syscall(SYS_mlock2, p, n, flags);
}

int main(void)
{
	char *p = mmap(NULL, 8 * PG, RW, ANON, -1, 0);
	unsigned char vec[8] = {0};

	t_val("on fault", lock2(p, 4 * PG, 1));
	mincore(p, 4 * PG, vec);
	t_val("nothing there yet", (vec[0] & 1) + (vec[3] & 1));
	t_val("it is locked", madvise(p, PG, MADV_DONTNEED));
	p[0] = 1;
	mincore(p, PG, vec);
	t_val("there on fault", vec[0] & 1);
	t_val("at once", lock2(p, 4 * PG, 0));
	mincore(p, 4 * PG, vec);
	t_val("all there", (vec[0] & 1) + (vec[3] & 1));
	t_val("unknown flag", lock2(p, PG, 2));
	t_val("unknown flag, length 0", lock2(p, 0, 2));
	t_val("length 0", lock2(p, 0, 1));
	munmap(p + 5 * PG, PG);
	t_val("over a hole", lock2(p, 8 * PG, 1));
	munmap(p, 8 * PG);
	return 0;
}
