/* SPDX-License-Identifier: BSD-2-Clause */
/* getresgid(): see getresuid(2). */
#include "t.h"

int main(void)
{
	unsigned int r = 9, e = 9, s = 9;

	t_ret("all three", syscall(SYS_getresgid, &r, &e, &s));
	t_say("%u %u %u\n", r, e, s);
	t_ret("bad first", syscall(SYS_getresgid, T_BAD, &e, &s));
	t_ret("bad last", syscall(SYS_getresgid, &r, &e, T_BAD));
	return 0;
}
