/* SPDX-License-Identifier: BSD-2-Clause */
/* pread64(fd, buf, n, off): see pread(2). */
#include "t.h"

int main(void)
{
	char buf[20] = "";
	int fd, p[2];

	t_file("f", "0123456789");
	fd = open("f", O_RDONLY);
	lseek(fd, 1, SEEK_SET);
	t_val("middle", pread(fd, buf, 4, 3));
	t_str("got", buf);
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_val("over the end", pread(fd, buf, 20, 8));
	t_val("behind the end", pread(fd, buf, 20, 100));
	t_val("negative", pread(fd, buf, 1, -1));
	t_val("negative, closed", pread(99, buf, 1, -1));
	t_val("closed", pread(99, buf, 1, 0));
	t_val("bad address", pread(fd, T_BAD, 1, 0));
	t_val("very far", pread(fd, buf, 1, INT64_MAX));
	pipe(p);
	t_val("pipe", pread(p[0], buf, 1, 0));
	fd = open(".", O_RDONLY);
	t_val("directory", pread(fd, buf, 1, 0));
	return 0;
}
