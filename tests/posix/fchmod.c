/* SPDX-License-Identifier: BSD-2-Clause */
/* fchmod(fd, mode): see fchmod(2). */
#include "t.h"

int main(void)
{
	int fd;

	t_file("f", "");
	fd = open("f", O_RDONLY);
	t_ret("file", fchmod(fd, 0640));
	t_stat("f", "f");
	t_ret("set-user-id", fchmod(fd, 04711));
	t_stat("f", "f");
	t_ret("closed", syscall(SYS_fchmod, 99, 0644));
	close(fd);
	fd = open("f", O_PATH);
	t_ret("O_PATH", syscall(SYS_fchmod, fd, 0600));
	return 0;
}
