/* SPDX-License-Identifier: BSD-2-Clause */
/* getgroups(): see getgroups(2).  t: alone */
#include "t.h"
#include <grp.h>

int main(void)
{
	unsigned int set[4] = {5, 3, 9, 3}, got[8] = {0};

	syscall(SYS_setgroups, 4, set);
	t_val("how many", syscall(SYS_getgroups, 0, NULL));
	t_val("which", syscall(SYS_getgroups, 8, got));
	/* Linux sorts them. */
	t_say("%u %u %u %u\n", got[0], got[1], got[2], got[3]);
	t_ret("no room", syscall(SYS_getgroups, 3, got));
	t_ret("negative", syscall(SYS_getgroups, -1, got));
	t_ret("bad pointer", syscall(SYS_getgroups, 8, T_BAD));
	return 0;
}
