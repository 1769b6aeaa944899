/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lsetxattr(path, name, value, n, flags): see setxattr(2). Attributes that
 * tmpfs would store are not tried.
 */
#include "t.h"

int main(void)
{
	char name[300];

	t_file("f", "");
	symlink("nowhere", "l");
	t_ret("no such namespace",
	      syscall(SYS_lsetxattr, "f", "none.x", "v", 1, 0));
	t_ret("no namespace", syscall(SYS_lsetxattr, "f", "x", "v", 1, 0));
	t_ret("flags", syscall(SYS_lsetxattr, "f", "none.x", "v", 1, 8));
	t_ret("empty name", syscall(SYS_lsetxattr, "f", "", "v", 1, 0));
	memset(name, 'n', 299);
	name[299] = 0;
	t_ret("long name", syscall(SYS_lsetxattr, "f", name, "v", 1, 0));
	t_ret("long value",
	      syscall(SYS_lsetxattr, "f", "none.x", name, 1 << 17, 0));
	t_ret("bad name", syscall(SYS_lsetxattr, "f", T_BAD, "v", 1, 0));
	t_ret("bad value", syscall(SYS_lsetxattr, "f", "none.x", T_BAD, 1, 0));
	t_ret("missing",
	      syscall(SYS_lsetxattr, "missing", "none.x", "v", 1, 0));
	t_ret("dangling link",
	      syscall(SYS_lsetxattr, "l", "none.x", "v", 1, 0));
	t_ret("bad path", syscall(SYS_lsetxattr, T_BAD, "none.x", "v", 1, 0));
	return 0;
}
