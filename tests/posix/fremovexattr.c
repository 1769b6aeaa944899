/* SPDX-License-Identifier: BSD-2-Clause */
/* fremovexattr(fd, name): see removexattr(2). */
#include "t.h"

int main(void)
{
	int fd;

	t_file("f", "");
	fd = open("f", O_RDWR);
	t_ret("no such namespace", syscall(SYS_fremovexattr, fd, "none.x"));
	t_ret("empty name", syscall(SYS_fremovexattr, fd, ""));
	t_ret("bad name", syscall(SYS_fremovexattr, fd, T_BAD));
	t_ret("missing", syscall(SYS_fremovexattr, 99, "none.x"));
	t_ret("O_PATH", syscall(SYS_fremovexattr, open("f", O_PATH), "none.x"));
	return 0;
}
