/* SPDX-License-Identifier: BSD-2-Clause */
/* lremovexattr(path, name): see removexattr(2). */
#include "t.h"

int main(void)
{
	t_file("f", "");
	symlink("nowhere", "l");
	t_ret("no such namespace", syscall(SYS_lremovexattr, "f", "none.x"));
	t_ret("empty name", syscall(SYS_lremovexattr, "f", ""));
	t_ret("bad name", syscall(SYS_lremovexattr, "f", T_BAD));
	t_ret("missing", syscall(SYS_lremovexattr, "missing", "none.x"));
	t_ret("dangling link", syscall(SYS_lremovexattr, "l", "none.x"));
	t_ret("bad path", syscall(SYS_lremovexattr, T_BAD, "none.x"));
	return 0;
}
