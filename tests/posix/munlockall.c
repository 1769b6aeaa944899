/* SPDX-License-Identifier: BSD-2-Clause */
/* munlockall(): see mlockall(2). t: alone */
#include "mem.h"

int main(void)
{
	char *p = mmap(NULL, 4 * PG, RW, ANON, -1, 0), *q;
	unsigned char v = 0;

	t_val("nothing is locked", munlockall());
	mlock(p, PG);
	mlockall(MCL_FUTURE);
	t_val("unlock", munlockall());
	t_val("old memory", madvise(p, PG, MADV_DONTNEED));
	q = mmap(NULL, PG, RW, ANON, -1, 0);
	mincore(q, PG, &v);
	t_val("new memory", v & 1);
	return 0;
}
