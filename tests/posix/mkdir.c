/* SPDX-License-Identifier: BSD-2-Clause */
/* mkdir(path, mode): see mkdir(2). */
#include "t.h"

int main(void)
{
	umask(022);
	t_ret("new", syscall(SYS_mkdir, "d", 0777));
	t_stat("d", "d");
	t_ret("again", syscall(SYS_mkdir, "d", 0777));
	t_ret("trailing slash", syscall(SYS_mkdir, "e/", 0700));
	t_stat("e", "e");
	t_ret("inside", syscall(SYS_mkdir, "d/x", 0755));
	t_stat("d", "d");
	umask(0);
	t_ret("sticky, set-group-id", syscall(SYS_mkdir, "s", 07777));
	t_stat("s", "s");
	chmod("d", 02755);
	t_ret("in a set-group-id directory", syscall(SYS_mkdir, "d/g", 0755));
	t_stat("d/g", "d/g");
	t_file("f", "");
	symlink("nowhere", "l");
	t_ret("over a file", syscall(SYS_mkdir, "f", 0755));
	t_ret("over a link", syscall(SYS_mkdir, "l", 0755));
	t_ret("dot", syscall(SYS_mkdir, ".", 0755));
	t_ret("dot dot", syscall(SYS_mkdir, "d/..", 0755));
	t_ret("root", syscall(SYS_mkdir, "/", 0755));
	t_ret("in nothing", syscall(SYS_mkdir, "missing/d", 0755));
	t_ret("in a file", syscall(SYS_mkdir, "f/d", 0755));
	t_ret("empty", syscall(SYS_mkdir, "", 0755));
	t_ret("bad address", syscall(SYS_mkdir, T_BAD, 0755));
	return 0;
}
