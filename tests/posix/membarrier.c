/* SPDX-License-Identifier: BSD-2-Clause */
/* membarrier(cmd, flags, cpu): see membarrier(2). */
#include "t.h"

int main(void)
{
	long known = syscall(SYS_membarrier, 0, 0, 0);

	t_is("query", known > 0 && (known & 1));
	t_ret("global", syscall(SYS_membarrier, 1, 0, 0));
	t_ret("private, not registered", syscall(SYS_membarrier, 8, 0, 0));
	t_ret("register", syscall(SYS_membarrier, 16, 0, 0));
	t_ret("private", syscall(SYS_membarrier, 8, 0, 0));
	t_ret("command", syscall(SYS_membarrier, 0x4000, 0, 0));
	t_ret("two commands", syscall(SYS_membarrier, 3, 0, 0));
	t_ret("flags", syscall(SYS_membarrier, 1, 1, 0));
	return 0;
}
