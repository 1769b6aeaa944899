/* SPDX-License-Identifier: BSD-2-Clause */
/* setresuid(): see setresuid(2).  t: alone */
#include "t.h"

static void show(void)
{
	unsigned int r = 99, e = 99, s = 99;

	syscall(SYS_getresuid, &r, &e, &s);
	t_say("%u %u %u\n", r, e, s);
}

int main(void)
{
	t_ret("all stay", syscall(SYS_setresuid, -1, -1, -1));
	show();
	t_ret("three", syscall(SYS_setresuid, 21, 0, 23));
	show();
	syscall(SYS_setresuid, 1000, 1000, 1000);
	show();
	t_ret("a stranger", syscall(SYS_setresuid, 24, -1, -1));
	t_ret("effective to another", syscall(SYS_setresuid, -1, 0, -1));
	t_ret("saved to another", syscall(SYS_setresuid, -1, -1, 24));
	t_ret("to its own", syscall(SYS_setresuid, syscall(SYS_getuid),
				    syscall(SYS_getuid), syscall(SYS_getuid)));
	show();
	return 0;
}
