/* SPDX-License-Identifier: BSD-2-Clause */
/* dup3(fd, to, flags): see dup(2). */
#include "t.h"

int main(void)
{
	int fd = open("/dev/null", O_RDONLY);

	t_val("no flags", dup3(fd, 50, 0));
	t_val("close-on-exec", fcntl(50, F_GETFD));
	t_val("O_CLOEXEC", dup3(fd, 50, O_CLOEXEC));
	t_val("close-on-exec", fcntl(50, F_GETFD));
	t_ret("same number", dup3(fd, fd, 0));
	t_ret("flag",
	      syscall(SYS_dup3, fd, 51, O_NONBLOCK)); /* musl leaves it out */
	t_ret("closed", dup3(99, 51, 0));
	t_ret("negative", dup3(fd, -1, 0));
	return 0;
}
