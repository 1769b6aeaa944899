/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fsetxattr(fd, name, value, n, flags): see setxattr(2). Attributes that tmpfs
 * would store are not tried.
 */
#include "t.h"

int main(void)
{
	char name[300];
	int fd;

	t_file("f", "");
	fd = open("f", O_RDWR);
	t_ret("no such namespace",
	      syscall(SYS_fsetxattr, fd, "none.x", "v", 1, 0));
	t_ret("no namespace", syscall(SYS_fsetxattr, fd, "x", "v", 1, 0));
	t_ret("flags", syscall(SYS_fsetxattr, fd, "none.x", "v", 1, 8));
	t_ret("empty name", syscall(SYS_fsetxattr, fd, "", "v", 1, 0));
	memset(name, 'n', 299);
	name[299] = 0;
	t_ret("long name", syscall(SYS_fsetxattr, fd, name, "v", 1, 0));
	t_ret("long value",
	      syscall(SYS_fsetxattr, fd, "none.x", name, 1 << 17, 0));
	t_ret("bad name", syscall(SYS_fsetxattr, fd, T_BAD, "v", 1, 0));
	t_ret("bad value", syscall(SYS_fsetxattr, fd, "none.x", T_BAD, 1, 0));
	t_ret("missing", syscall(SYS_fsetxattr, 99, "none.x", "v", 1, 0));
	t_ret("O_PATH",
	      syscall(SYS_fsetxattr, open("f", O_PATH), "none.x", "v", 1, 0));
	return 0;
}
