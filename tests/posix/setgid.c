/* SPDX-License-Identifier: BSD-2-Clause */
/* setgid(): see setgid(2).  t: alone */
#include "t.h"

static void show(void)
{
	unsigned int r = 99, e = 99, s = 99;

	syscall(SYS_getresgid, &r, &e, &s);
	t_say("%u %u %u\n", r, e, s);
}

int main(void)
{
	t_ret("no such id", syscall(SYS_setgid, -1));
	t_ret("root takes 5", syscall(SYS_setgid, 5));
	show();
	/* The first of both takes the rights away with the user. */
	syscall(SYS_setresuid, 1000, 1000, 1000);
	t_ret("back to 0", syscall(SYS_setgid, 0));
	t_ret("what it is", syscall(SYS_setgid, syscall(SYS_getgid)));
	t_ret("another", syscall(SYS_setgid, 1234));
	show();
	return 0;
}
