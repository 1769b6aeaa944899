/* SPDX-License-Identifier: BSD-2-Clause */
/* setgroups(): see getgroups(2).  t: alone */
#include "t.h"

int main(void)
{
	unsigned int set[3] = {7, 8, 9};

	t_ret("three", syscall(SYS_setgroups, 3, set));
	t_val("there", syscall(SYS_getgroups, 0, NULL));
	t_ret("none", syscall(SYS_setgroups, 0, NULL));
	t_val("gone", syscall(SYS_getgroups, 0, NULL));
	t_ret("bad pointer", syscall(SYS_setgroups, 3, T_BAD));
	t_ret("too many", syscall(SYS_setgroups, 65537, set));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	t_ret("not root", syscall(SYS_setgroups, 3, set));
	return 0;
}
