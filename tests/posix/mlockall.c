/* SPDX-License-Identifier: BSD-2-Clause */
/* mlockall(flags): see mlockall(2). t: alone */
#include "mem.h"
#include <sys/resource.h>

static int present(char *p)
{
	unsigned char v = 0;

	mincore(p, PG, &v);
	return v & 1;
}

int main(void)
{
	char *p = mmap(NULL, 4 * PG, RW, ANON, -1, 0), *q;
	struct rlimit old, lim;

	t_val("no flags", mlockall(0));
	t_val("unknown flags", mlockall(8));
	t_val("on fault alone", mlockall(4));
	t_val("current on fault", mlockall(MCL_CURRENT | 4));
	t_val("is locked", madvise(p, PG, MADV_DONTNEED));
	t_is("is not there", !present(p));
	t_val("current", mlockall(MCL_CURRENT));
	t_is("is there", present(p));
	q = mmap(NULL, PG, RW, ANON, -1, 0);
	t_is("new memory is not", !present(q));
	t_val("new memory is not locked", madvise(q, PG, MADV_DONTNEED));
	munmap(q, PG);
	t_val("future", mlockall(MCL_FUTURE));
	q = mmap(NULL, PG, RW, ANON, -1, 0);
	t_is("new memory is", present(q));
	t_val("new memory is locked", madvise(q, PG, MADV_DONTNEED));
	munmap(q, PG);
	q = mmap(NULL, PG, PROT_NONE, ANON, -1, 0);
	t_is("without access it is not", !present(q));
	mprotect(q, PG, RW);
	t_is("with access it is", present(q));
	munmap(q, PG);
	t_val("future on fault", mlockall(MCL_FUTURE | 4));
	q = mmap(NULL, PG, RW, ANON, -1, 0);
	t_is("new memory comes on fault", !present(q));
	munmap(q, PG);
	munlockall();

	getrlimit(RLIMIT_MEMLOCK, &old);
	lim = old;
	lim.rlim_cur = PG;
	setrlimit(RLIMIT_MEMLOCK, &lim);
	seteuid(1000);
	t_val("over the limit", mlockall(MCL_CURRENT));
	t_val("future has no limit yet", mlockall(MCL_FUTURE));
	say_ptr("it has at mmap", mmap(NULL, 2 * PG, RW, ANON, -1, 0));
	munlockall();
	lim.rlim_cur = 0;
	setrlimit(RLIMIT_MEMLOCK, &lim);
	t_val("limit 0", mlockall(MCL_FUTURE));
	return 0;
}
