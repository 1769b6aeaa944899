/* SPDX-License-Identifier: BSD-2-Clause */
/* readahead(fd, off, n): see readahead(2). */
#include "t.h"

int main(void)
{
	int fd, p[2];

	t_file("f", "abc");
	fd = open("f", O_RDONLY);
	t_ret("file", readahead(fd, 0, 4096));
	close(fd);
	fd = open("f", O_WRONLY);
	t_ret("write only", readahead(fd, 0, 4096));
	pipe(p);
	t_ret("pipe", readahead(p[0], 0, 4096));
	t_ret("closed", readahead(99, 0, 4096));
	return 0;
}
