/* SPDX-License-Identifier: BSD-2-Clause */
/* fsync(fd): see fsync(2). */
#include "t.h"

int main(void)
{
	int fd, p[2];

	t_file("f", "abc");
	fd = open("f", O_RDONLY);
	t_ret("file", fsync(fd));
	close(fd);
	fd = open(".", O_RDONLY);
	t_ret("directory", fsync(fd));
	pipe(p);
	t_ret("pipe", fsync(p[0]));
	t_ret("closed", fsync(99));
	close(fd);
	fd = open("f", O_PATH);
	t_ret("O_PATH", fsync(fd));
	fd = open("/dev/null", O_WRONLY);
	t_ret("null device", fsync(fd));
	return 0;
}
