/* SPDX-License-Identifier: BSD-2-Clause */
/* setfsgid(): see setfsuid(2); the answer is the one before.  t: alone */
#include "t.h"

int main(void)
{
	t_val("to 31", syscall(SYS_setfsgid, 31));
	t_val("look", syscall(SYS_setfsgid, -1));
	t_val("to 32", syscall(SYS_setfsgid, 32));
	t_ret("the user", syscall(SYS_setresgid, 33, 33, 33));
	t_val("follows", syscall(SYS_setfsgid, -1));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	t_val("refused", syscall(SYS_setfsgid, 34) >= 0);
	t_val("as before", syscall(SYS_setfsgid, -1) != 34);
	return 0;
}
