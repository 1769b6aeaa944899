/* SPDX-License-Identifier: BSD-2-Clause */
/* chmod(path, mode): see chmod(2). */
#include "t.h"

int main(void)
{
	t_file("f", "");
	mkdir("d", 0755);
	symlink("f", "l");
	t_ret("file", syscall(SYS_chmod, "f", 0640));
	t_stat("f", "f");
	t_ret("all bits", syscall(SYS_chmod, "f", 07777));
	t_stat("f", "f");
	t_ret("bits that are no permission", syscall(SYS_chmod, "f", 0100600));
	t_stat("f", "f");
	t_ret("directory", syscall(SYS_chmod, "d", 01700));
	t_stat("d", "d");
	t_ret("link", syscall(SYS_chmod, "l", 0600));
	t_stat("l", "l");
	t_stat("f", "f");
	t_ret("missing", syscall(SYS_chmod, "missing", 0600));
	t_ret("through a file", syscall(SYS_chmod, "f/x", 0600));
	t_ret("bad address", syscall(SYS_chmod, T_BAD, 0600));
	return 0;
}
