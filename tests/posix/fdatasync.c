/* SPDX-License-Identifier: BSD-2-Clause */
/* fdatasync(fd): see fdatasync(2). */
#include "t.h"

int main(void)
{
	int fd, p[2];

	t_file("f", "abc");
	fd = open("f", O_RDONLY);
	t_ret("file", fdatasync(fd));
	pipe(p);
	t_ret("pipe", fdatasync(p[0]));
	t_ret("closed", fdatasync(99));
	return 0;
}
