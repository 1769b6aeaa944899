/* SPDX-License-Identifier: BSD-2-Clause */
/* munlock(addr, length): see munlock(2). */
#include "mem.h"

int main(void)
{
	char *p = mmap(NULL, 8 * PG, RW, ANON, -1, 0);

	mlock(p, 8 * PG);
	t_val("unlock part", munlock(p + 2 * PG, PG));
	t_val("unlocked", madvise(p + 2 * PG, PG, MADV_DONTNEED));
	t_val("still locked", madvise(p + 3 * PG, PG, MADV_DONTNEED));
	t_val("part of a page", munlock(p + 3 * PG + 10, 10));
	t_val("unlocks it all", madvise(p + 3 * PG, PG, MADV_DONTNEED));
	t_val("not locked", munlock(p + 2 * PG, PG));
	t_val("length 0", munlock(p, 0));
	t_val("range wraps", munlock(p, -1UL - PG));
	munmap(p + 5 * PG, PG);
	t_val("over a hole", munlock(p, 8 * PG));
	t_val("before it", madvise(p, PG, MADV_DONTNEED));
	t_val("in a hole", munlock(p + 5 * PG, PG));
	munlock(p + 6 * PG, 2 * PG);
	munmap(p, 8 * PG);
	return 0;
}
