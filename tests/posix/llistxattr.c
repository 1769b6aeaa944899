/* SPDX-License-Identifier: BSD-2-Clause */
/* llistxattr(path, list, n): see listxattr(2). */
#include "t.h"

int main(void)
{
	char v[10];

	t_file("f", "");
	symlink("nowhere", "l");
	t_val("nothing", syscall(SYS_llistxattr, "f", v, 10));
	t_val("size of nothing", syscall(SYS_llistxattr, "f", NULL, 0));
	t_ret("missing", syscall(SYS_llistxattr, "missing", v, 10));
	t_ret("dangling link", syscall(SYS_llistxattr, "l", v, 10));
	t_ret("bad path", syscall(SYS_llistxattr, T_BAD, v, 10));
	return 0;
}
