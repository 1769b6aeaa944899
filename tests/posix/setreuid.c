/* SPDX-License-Identifier: BSD-2-Clause */
/* setreuid(): see setreuid(2).  t: alone */
#include "t.h"

static void show(void)
{
	unsigned int r = 99, e = 99, s = 99;

	syscall(SYS_getresuid, &r, &e, &s);
	t_say("%u %u %u\n", r, e, s);
}

int main(void)
{
	t_ret("both stay", syscall(SYS_setreuid, -1, -1));
	show();
	t_ret("effective only", syscall(SYS_setreuid, -1, 11));
	show();
	t_ret("swap", syscall(SYS_setreuid, 11, 0));
	show();
	t_ret("real only", syscall(SYS_setreuid, 12, -1));
	show();
	t_ret("for good", syscall(SYS_setreuid, 12, 12));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	show();
	t_ret("real to another", syscall(SYS_setreuid, 0, -1));
	t_ret("effective to another", syscall(SYS_setreuid, -1, 0));
	t_ret("to what it is", syscall(SYS_setreuid, syscall(SYS_getuid), -1));
	return 0;
}
