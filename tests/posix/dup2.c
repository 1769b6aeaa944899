/* SPDX-License-Identifier: BSD-2-Clause */
/* dup2(fd, to): see dup(2). */
#include "t.h"
#include <sys/resource.h>

int main(void)
{
	struct rlimit lim;
	char c = 0;
	int fd, fd2;

	t_file("f", "abc");
	t_file("g", "xyz");
	fd = open("f", O_RDONLY);
	fd2 = open("g", O_RDONLY);
	t_is("over an open one", syscall(SYS_dup2, fd, fd2) == fd2);
	read(fd2, &c, 1);
	t_bytes("reads", &c, 1);
	t_val("free number", syscall(SYS_dup2, fd, 50));
	t_is("same number", syscall(SYS_dup2, fd, fd) == fd);
	t_ret("closed", syscall(SYS_dup2, 99, 51));
	t_ret("closed, same number", syscall(SYS_dup2, 99, 99));
	t_ret("negative", syscall(SYS_dup2, fd, -1));
	getrlimit(RLIMIT_NOFILE, &lim);
	t_ret("at the limit", syscall(SYS_dup2, fd, (int)lim.rlim_cur));
	return 0;
}
