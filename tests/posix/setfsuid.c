/* SPDX-License-Identifier: BSD-2-Clause */
/* setfsuid(): see setfsuid(2); the answer is the one before.  t: alone */
#include "t.h"

int main(void)
{
	t_val("to 31", syscall(SYS_setfsuid, 31));
	t_val("look", syscall(SYS_setfsuid, -1));
	t_val("to 32", syscall(SYS_setfsuid, 32));
	t_ret("the user", syscall(SYS_setresuid, 33, 33, 33));
	t_val("follows", syscall(SYS_setfsuid, -1));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	t_val("refused", syscall(SYS_setfsuid, 34) >= 0);
	t_val("as before", syscall(SYS_setfsuid, -1) != 34);
	return 0;
}
