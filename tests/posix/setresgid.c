/* SPDX-License-Identifier: BSD-2-Clause */
/* setresgid(): see setresuid(2).  t: alone */
#include "t.h"

static void show(void)
{
	unsigned int r = 99, e = 99, s = 99;

	syscall(SYS_getresgid, &r, &e, &s);
	t_say("%u %u %u\n", r, e, s);
}

int main(void)
{
	t_ret("all stay", syscall(SYS_setresgid, -1, -1, -1));
	show();
	t_ret("three", syscall(SYS_setresgid, 21, 0, 23));
	show();
	syscall(SYS_setresuid, 1000, 1000, 1000);
	show();
	t_ret("a stranger", syscall(SYS_setresgid, 24, -1, -1));
	t_ret("effective to another", syscall(SYS_setresgid, -1, 0, -1));
	t_ret("saved to another", syscall(SYS_setresgid, -1, -1, 24));
	t_ret("to its own", syscall(SYS_setresgid, syscall(SYS_getgid),
				    syscall(SYS_getgid), syscall(SYS_getgid)));
	show();
	return 0;
}
