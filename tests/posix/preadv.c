/* SPDX-License-Identifier: BSD-2-Clause */
/* preadv(fd, iov, n, off): see preadv(2). */
#include "t.h"
#include <sys/uio.h>

int main(void)
{
	char a[4] = "", b[8] = "";
	struct iovec v[2] = {{a, 3}, {b, 7}};
	int fd, p[2];

	t_file("f", "0123456789abc");
	fd = open("f", O_RDONLY);
	t_val("middle", preadv(fd, v, 2, 2));
	t_str("first", a);
	t_str("second", b);
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_val("over the end", preadv(fd, v, 2, 11));
	t_val("behind the end", preadv(fd, v, 2, 99));
	t_val("negative", preadv(fd, v, 2, -2));
	t_val("closed", preadv(99, v, 2, 0));
	t_val("bad vector", preadv(fd, T_BAD, 2, 0));
	pipe(p);
	t_val("pipe", preadv(p[0], v, 2, 0));
	return 0;
}
