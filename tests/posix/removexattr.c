/* SPDX-License-Identifier: BSD-2-Clause */
/* removexattr(path, name): see removexattr(2). */
#include "t.h"

int main(void)
{
	t_file("f", "");
	symlink("nowhere", "l");
	t_ret("no such namespace", syscall(SYS_removexattr, "f", "none.x"));
	t_ret("empty name", syscall(SYS_removexattr, "f", ""));
	t_ret("bad name", syscall(SYS_removexattr, "f", T_BAD));
	t_ret("missing", syscall(SYS_removexattr, "missing", "none.x"));
	t_ret("dangling link", syscall(SYS_removexattr, "l", "none.x"));
	t_ret("bad path", syscall(SYS_removexattr, T_BAD, "none.x"));
	return 0;
}
