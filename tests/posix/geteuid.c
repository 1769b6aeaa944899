/* SPDX-License-Identifier: BSD-2-Clause */
/* geteuid(): see getuid(2).  t: alone */
#include "t.h"

int main(void)
{
	t_val("effective user", syscall(SYS_geteuid));
	t_ret("another", syscall(SYS_setreuid, -1, 7));
	t_val("effective user", syscall(SYS_geteuid));
	t_val("real user", syscall(SYS_getuid));
	return 0;
}
