/* SPDX-License-Identifier: BSD-2-Clause */
/* lchown(path, uid, gid): see lchown(2). */
#include "t.h"

int main(void)
{
	t_file("f", "");
	symlink("f", "l");
	t_ret("link", syscall(SYS_lchown, "l", 3, 4));
	t_stat("l", "l");
	t_stat("f", "f");
	t_ret("file", syscall(SYS_lchown, "f", 5, -1));
	t_stat("f", "f");
	t_ret("missing", syscall(SYS_lchown, "missing", 0, 0));
	return 0;
}
