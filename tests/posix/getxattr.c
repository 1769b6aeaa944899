/* SPDX-License-Identifier: BSD-2-Clause */
/* getxattr(path, name, value, n): see getxattr(2). */
#include "t.h"

int main(void)
{
	char v[10];

	t_file("f", "");
	symlink("nowhere", "l");
	t_ret("no such namespace", syscall(SYS_getxattr, "f", "none.x", v, 10));
	t_ret("its size", syscall(SYS_getxattr, "f", "none.x", NULL, 0));
	t_ret("empty name", syscall(SYS_getxattr, "f", "", v, 10));
	t_ret("bad name", syscall(SYS_getxattr, "f", T_BAD, v, 10));
	t_ret("missing", syscall(SYS_getxattr, "missing", "none.x", v, 10));
	t_ret("dangling link", syscall(SYS_getxattr, "l", "none.x", v, 10));
	t_ret("bad path", syscall(SYS_getxattr, T_BAD, "none.x", v, 10));
	return 0;
}
