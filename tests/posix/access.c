/* SPDX-License-Identifier: BSD-2-Clause */
/* access(path, mode): see access(2). Root may read and write anything. */
#include "t.h"

int main(void)
{
	umask(022);
	t_file("f", "");
	symlink("f", "l");
	symlink("nowhere", "dangling");
	t_ret("exists", syscall(SYS_access, "f", F_OK));
	t_ret("read", syscall(SYS_access, "f", R_OK));
	t_ret("write", syscall(SYS_access, "f", R_OK | W_OK));
	t_ret("execute", syscall(SYS_access, "f", X_OK));
	chmod("f", 0001);
	t_ret("execute by others", syscall(SYS_access, "f", X_OK));
	chmod("f", 0);
	t_ret("no permission at all", syscall(SYS_access, "f", R_OK | W_OK));
	t_ret("no permission, execute", syscall(SYS_access, "f", X_OK));
	t_ret("link", syscall(SYS_access, "l", F_OK));
	t_ret("directory", syscall(SYS_access, ".", R_OK | W_OK | X_OK));
	t_ret("mode", syscall(SYS_access, "f", 8));
	t_ret("dangling", syscall(SYS_access, "dangling", F_OK));
	t_ret("missing", syscall(SYS_access, "missing", F_OK));
	t_ret("through a file", syscall(SYS_access, "f/x", F_OK));
	t_ret("empty", syscall(SYS_access, "", F_OK));
	t_ret("bad address", syscall(SYS_access, T_BAD, F_OK));
	return 0;
}
