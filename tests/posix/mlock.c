/* SPDX-License-Identifier: BSD-2-Clause */
/* mlock(addr, length): see mlock(2). */
#include "mem.h"
#include <sys/resource.h>

int main(void)
{
	char *p = mmap(NULL, 8 * PG, RW, ANON, -1, 0);
	unsigned char vec[8];
	struct rlimit old, lim;
	int in = 0;

	t_val("lock", mlock(p, 4 * PG));
	mincore(p, 4 * PG, vec);
	for (int i = 0; i < 4; i++)
		in += vec[i] & 1;
	t_val("all there", in);
	say_bytes("zeroes", p, 4);
	t_val("again", mlock(p, 4 * PG));
	t_val("part of a page", mlock(p + 10, 10));
	t_val("over a border", mlock(p + PG - 1, 2));
	t_val("length 0", mlock(p, 0));
	t_val("range wraps", mlock(p, -1UL - PG));
	munmap(p + 5 * PG, PG);
	t_val("over a hole", mlock(p, 8 * PG));
	t_val("in a hole", mlock(p + 5 * PG, PG));
	mprotect(p + 6 * PG, PG, PROT_NONE);
	t_val("without access", mlock(p + 6 * PG, PG));
	munlock(p, 4 * PG);

	getrlimit(RLIMIT_MEMLOCK, &old);
	lim = old;
	lim.rlim_cur = 2 * PG;
	setrlimit(RLIMIT_MEMLOCK, &lim);
	t_val("root may do more", mlock(p, 4 * PG));
	munlockall();
	seteuid(1000);
	t_val("up to the limit", mlock(p, 2 * PG));
	t_val("over the limit", mlock(p, 3 * PG));
	t_val("not counted twice", mlock(p + PG, PG));
	t_val("one more", mlock(p + 2 * PG, PG));
	say_ptr("mmap of locked memory",
		mmap(NULL, PG, RW, ANON | MAP_LOCKED, -1, 0));
	say_ptr("mremap of locked memory",
		mremap(p, PG, 2 * PG, MREMAP_MAYMOVE));
	munlock(p, PG);
	t_val("after unlocking one", mlock(p + 2 * PG, PG));
	munlockall();
	lim.rlim_cur = 0;
	setrlimit(RLIMIT_MEMLOCK, &lim);
	t_val("limit 0", mlock(p, PG));
	t_val("limit 0, length 0", mlock(p, 0));
	/* musl's function makes ENOMEM of it. */
	t_ret("limit 0, mmap",
	      syscall(SYS_mmap, NULL, PG, RW, ANON | MAP_LOCKED, -1, 0L));
	seteuid(0);
	setrlimit(RLIMIT_MEMLOCK, &old);
	munmap(p, 8 * PG);
	return 0;
}
