/* SPDX-License-Identifier: BSD-2-Clause */
/* getcpu(): see getcpu(2). */
#include "t.h"

int main(void)
{
	unsigned int cpu = 9999, node = 9999;

	t_ret("both", syscall(SYS_getcpu, &cpu, &node, NULL));
	t_is("a CPU", cpu < 4096);
	t_is("a node", node < 1024);
	t_ret("neither", syscall(SYS_getcpu, NULL, NULL, NULL));
	t_ret("bad pointer", syscall(SYS_getcpu, T_BAD, NULL, NULL));
	t_ret("bad node", syscall(SYS_getcpu, NULL, T_BAD, NULL));
	return 0;
}
