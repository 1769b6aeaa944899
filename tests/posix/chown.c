/* SPDX-License-Identifier: BSD-2-Clause */
/* chown(path, uid, gid): see chown(2). */
#include "t.h"

int main(void)
{
	t_file("f", "");
	symlink("f", "l");
	t_ret("file", syscall(SYS_chown, "f", 1000, 1001));
	t_stat("f", "f");
	t_ret("owner alone", syscall(SYS_chown, "f", 7, -1));
	t_stat("f", "f");
	t_ret("group alone", syscall(SYS_chown, "f", -1, 8));
	t_stat("f", "f");
	chmod("f", 06755);
	t_ret("neither", syscall(SYS_chown, "f", -1, -1));
	t_stat("set-ids", "f");
	chmod("f", 06755);
	t_ret("takes set-ids away", syscall(SYS_chown, "f", 9, 9));
	t_stat("f", "f");
	chmod("f", 02644);
	t_ret("but not mandatory locking", syscall(SYS_chown, "f", 9, 9));
	t_stat("f", "f");
	t_ret("link", syscall(SYS_chown, "l", 5, 5));
	t_stat("l", "l");
	t_stat("f", "f");
	t_ret("missing", syscall(SYS_chown, "missing", 0, 0));
	t_ret("bad address", syscall(SYS_chown, T_BAD, 0, 0));
	return 0;
}
