/* SPDX-License-Identifier: BSD-2-Clause */
/* lgetxattr(path, name, value, n): see getxattr(2). */
#include "t.h"

int main(void)
{
	char v[10];

	t_file("f", "");
	symlink("nowhere", "l");
	t_ret("no such namespace",
	      syscall(SYS_lgetxattr, "f", "none.x", v, 10));
	t_ret("its size", syscall(SYS_lgetxattr, "f", "none.x", NULL, 0));
	t_ret("empty name", syscall(SYS_lgetxattr, "f", "", v, 10));
	t_ret("bad name", syscall(SYS_lgetxattr, "f", T_BAD, v, 10));
	t_ret("missing", syscall(SYS_lgetxattr, "missing", "none.x", v, 10));
	t_ret("dangling link", syscall(SYS_lgetxattr, "l", "none.x", v, 10));
	t_ret("bad path", syscall(SYS_lgetxattr, T_BAD, "none.x", v, 10));
	return 0;
}
