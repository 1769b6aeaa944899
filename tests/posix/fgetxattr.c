/* SPDX-License-Identifier: BSD-2-Clause */
/* fgetxattr(fd, name, value, n): see getxattr(2). */
#include "t.h"

int main(void)
{
	char v[10];
	int fd;

	t_file("f", "");
	fd = open("f", O_RDWR);
	t_ret("no such namespace", syscall(SYS_fgetxattr, fd, "none.x", v, 10));
	t_ret("its size", syscall(SYS_fgetxattr, fd, "none.x", NULL, 0));
	t_ret("empty name", syscall(SYS_fgetxattr, fd, "", v, 10));
	t_ret("bad name", syscall(SYS_fgetxattr, fd, T_BAD, v, 10));
	t_ret("missing", syscall(SYS_fgetxattr, 99, "none.x", v, 10));
	t_ret("O_PATH",
	      syscall(SYS_fgetxattr, open("f", O_PATH), "none.x", v, 10));
	return 0;
}
