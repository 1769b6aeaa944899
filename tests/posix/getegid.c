/* SPDX-License-Identifier: BSD-2-Clause */
/* getegid(): see getgid(2).  t: alone */
#include "t.h"

int main(void)
{
	t_val("effective group", syscall(SYS_getegid));
	t_ret("another", syscall(SYS_setregid, -1, 7));
	t_val("effective group", syscall(SYS_getegid));
	t_val("real group", syscall(SYS_getgid));
	return 0;
}
