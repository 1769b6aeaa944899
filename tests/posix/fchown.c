/* SPDX-License-Identifier: BSD-2-Clause */
/* fchown(fd, uid, gid): see fchown(2). */
#include "t.h"

int main(void)
{
	int fd;

	t_file("f", "");
	fd = open("f", O_RDONLY);
	t_ret("file", fchown(fd, 3, 4));
	t_stat("f", "f");
	t_ret("closed", syscall(SYS_fchown, 99, 0, 0));
	close(fd);
	fd = open("f", O_PATH);
	t_ret("O_PATH", syscall(SYS_fchown, fd, 0, 0));
	return 0;
}
