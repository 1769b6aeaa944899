/* SPDX-License-Identifier: BSD-2-Clause */
/* mbind(): see mbind(2). */
#include "t.h"
#include <linux/mempolicy.h>

#define TRY(what, ...) t_ret(what, syscall(SYS_mbind, __VA_ARGS__))

int main(void)
{
	unsigned long one = 1, two = 2;
	char *p = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	munmap(p + 3 * 4096, 4096);
	*p = 1;
	TRY("bind", p, 8192, MPOL_BIND, &one, 64, 0);
	TRY("bind and move", p, 8192, MPOL_BIND, &one, 64,
	    MPOL_MF_STRICT | MPOL_MF_MOVE);
	TRY("part of a page", p, 100, MPOL_BIND, &one, 64, 0);
	TRY("over a hole", p, 4 * 4096, MPOL_BIND, &one, 64, 0);
	TRY("not aligned", p + 1, 4096, MPOL_BIND, &one, 64, 0);
	TRY("nothing", p, 0, MPOL_BIND, &one, 64, 0);
	TRY("unknown flag", p, 4096, MPOL_BIND, &one, 64, 8);
	TRY("unknown policy", p, 4096, 99, &one, 64, 0);
	TRY("a node that is not there", p, 4096, MPOL_BIND, &two, 64, 0);
	TRY("default and nodes", p, 4096, MPOL_DEFAULT, &one, 64, 0);
	TRY("default", p, 8192, MPOL_DEFAULT, NULL, 0, 0);
	TRY("bad mask", p, 4096, MPOL_BIND, T_BAD, 64, 0);
	return 0;
}
