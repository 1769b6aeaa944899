/* SPDX-License-Identifier: BSD-2-Clause */
/* sync_file_range(fd, off, n, flags): see sync_file_range(2). */
#include "t.h"

int main(void)
{
	int fd, p[2];

	t_file("f", "abc");
	fd = open("f", O_RDWR);
	t_ret("whole file", sync_file_range(fd, 0, 0, 7));
	t_ret("no flags", sync_file_range(fd, 0, 10, 0));
	t_ret("flag", sync_file_range(fd, 0, 10, 8));
	t_ret("negative offset", sync_file_range(fd, -1, 10, 2));
	t_ret("negative length", sync_file_range(fd, 0, -1, 2));
	pipe(p);
	t_ret("pipe", sync_file_range(p[0], 0, 1, 2));
	t_ret("closed", sync_file_range(99, 0, 1, 2));
	return 0;
}
