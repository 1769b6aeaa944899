/* SPDX-License-Identifier: BSD-2-Clause */
/* pwritev(fd, iov, n, off): see pwritev(2). */
#include "t.h"
#include <sys/uio.h>

int main(void)
{
	struct iovec v[2] = {{"one", 3}, {"two", 3}};
	int fd, p[2];

	t_file("f", "0123456789");
	fd = open("f", O_RDWR);
	t_val("middle", pwritev(fd, v, 2, 2));
	t_cat("f", "f");
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_val("behind the end", pwritev(fd, v, 2, 12));
	t_cat("f", "f");
	t_val("negative", pwritev(fd, v, 2, -2));
	t_val("closed", pwritev(99, v, 2, 0));
	pipe(p);
	t_val("pipe", pwritev(p[1], v, 2, 0));
	return 0;
}
