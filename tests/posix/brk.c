/* SPDX-License-Identifier: BSD-2-Clause */
/* brk(addr): see brk(2). The call itself answers with the break, whatever it
 * was asked. t: alone */
#include "mem.h"
#include <sys/resource.h>

static char *set(char *want)
{
	return (char *)syscall(SYS_brk, want);
}

int main(void)
{
	char *start = set(NULL), *base, *p;
	struct rlimit old, lim;

	t_is("there is one", start != NULL);
	t_is("asking does not move it", set(NULL) == start);
	base = (char *)(((uintptr_t)start + PG - 1) & -PG);
	t_is("grow", set(base + 4 * PG) == base + 4 * PG);
	say_bytes("zeroes", base, 4);
	fill(base, 4);
	say_bytes("written", base, 4);
	say_touch("behind it", base + 4 * PG, 0);
	t_is("shrink", set(base + 2 * PG) == base + 2 * PG);
	say_bytes("shrink", base, 4);
	t_is("grow again", set(base + 3 * PG + 5) == base + 3 * PG + 5);
	say_bytes("fresh zeroes, to the end of the page", base, 5);
	t_is("bytes", set(base + 3 * PG + 6) == base + 3 * PG + 6);
	t_is("too low", set((char *)PG) == base + 3 * PG + 6);
	t_is("too high", set((char *)-PG) == base + 3 * PG + 6);
	p = mmap(base + 6 * PG, PG, RW, ANON | MAP_FIXED, -1, 0);
	t_is("into a mapping", set(base + 7 * PG) == base + 3 * PG + 6);
	t_is("right up to a mapping", set(base + 6 * PG) == base + 3 * PG + 6);
	t_is("a page below a mapping", set(base + 5 * PG) == base + 5 * PG);
	munmap(p, PG);
	getrlimit(RLIMIT_DATA, &old);
	lim = old;
	lim.rlim_cur = 1 << 20;
	setrlimit(RLIMIT_DATA, &lim);
	t_is("RLIMIT_DATA", set(base + (64 << 20)) == base + 5 * PG);
	setrlimit(RLIMIT_DATA, &old);
	t_is("back", set(start) == start);
	say_map("gone", base, 5);
	return 0;
}
