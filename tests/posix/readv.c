/* SPDX-License-Identifier: BSD-2-Clause */
/* readv(fd, iov, n): see readv(2). */
#include "t.h"
#include <sys/uio.h>

int main(void)
{
	char a[4] = "", b[8] = "";
	struct iovec v[3] = {{a, 3}, {NULL, 0}, {b, 7}};
	struct iovec many[1025];
	int fd, i;

	t_file("f", "0123456789abc");
	fd = open("f", O_RDONLY);
	t_val("two buffers", readv(fd, v, 3));
	t_str("first", a);
	t_str("second", b);
	t_val("rest", readv(fd, v, 3));
	t_str("first", a);
	t_val("end", readv(fd, v, 3));
	lseek(fd, 0, SEEK_SET);
	t_val("no buffers", readv(fd, v, 0));
	t_val("negative count", readv(fd, v, -1));
	for (i = 0; i < 1025; i++)
		many[i] = (struct iovec){a, 0};
	t_val("1024 buffers", readv(fd, many, 1024));
	t_val("1025 buffers", readv(fd, many, 1025));
	t_val("bad vector", readv(fd, T_BAD, 1));
	v[0].iov_len = -1;
	t_val("negative length", readv(fd, v, 1));
	v[0].iov_len = 3;
	v[2].iov_base = T_BAD;
	t_val("second buffer is bad", readv(fd, v, 3));
	v[0].iov_base = T_BAD;
	t_val("both are bad", readv(fd, v, 3));
	t_val("closed", readv(99, v, 1));
	return 0;
}
