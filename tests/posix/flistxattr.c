/* SPDX-License-Identifier: BSD-2-Clause */
/* flistxattr(fd, list, n): see listxattr(2). */
#include "t.h"

int main(void)
{
	char v[10];
	int fd;

	t_file("f", "");
	fd = open("f", O_RDWR);
	t_val("nothing", syscall(SYS_flistxattr, fd, v, 10));
	t_val("size of nothing", syscall(SYS_flistxattr, fd, NULL, 0));
	t_ret("missing", syscall(SYS_flistxattr, 99, v, 10));
	t_ret("O_PATH", syscall(SYS_flistxattr, open("f", O_PATH), v, 10));
	return 0;
}
