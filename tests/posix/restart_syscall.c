/* SPDX-License-Identifier: BSD-2-Clause */
/* restart_syscall(): see restart_syscall(2). */
#include "t.h"

int main(void)
{
	t_ret("nothing to restart", syscall(SYS_restart_syscall));
	return 0;
}
