/* SPDX-License-Identifier: BSD-2-Clause */
/* set_mempolicy_home_node(): see set_mempolicy_home_node(2). */
#include "t.h"
#include <linux/mempolicy.h>

#ifndef SYS_set_mempolicy_home_node
#define SYS_set_mempolicy_home_node 450
#endif
#define TRY(what, ...)                                                         \
	t_ret(what, syscall(SYS_set_mempolicy_home_node, __VA_ARGS__))

int main(void)
{
	unsigned long one = 1;
	char *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	syscall(SYS_mbind, p, 8192, MPOL_BIND, &one, 64, 0);
	TRY("home is node 0", p, 8192, 0, 0);
	TRY("a node that is not there", p, 8192, 1, 0);
	TRY("flags", p, 8192, 0, 1);
	TRY("not aligned", p + 1, 4096, 0, 0);
	TRY("nothing", p, 0, 0, 0);
	return 0;
}
