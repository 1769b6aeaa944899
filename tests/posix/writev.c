/* SPDX-License-Identifier: BSD-2-Clause */
/* writev(fd, iov, n): see writev(2). */
#include "t.h"
#include <sys/uio.h>

int main(void)
{
	struct iovec v[3] = {{"one", 3}, {NULL, 0}, {"two", 3}};
	int fd = open("f", O_RDWR | O_CREAT, 0644);

	t_val("two buffers", writev(fd, v, 3));
	t_cat("f", "f");
	t_val("no buffers", writev(fd, v, 0));
	t_val("negative count", writev(fd, v, -1));
	t_val("too many", writev(fd, v, 2000));
	t_val("bad vector", writev(fd, T_BAD, 1));
	v[2].iov_base = T_BAD;
	t_val("second buffer is bad", writev(fd, v, 3));
	t_cat("f", "f");
	v[0].iov_len = -1;
	t_val("negative length", writev(fd, v, 3));
	v[0].iov_len = 3;
	t_val("closed", writev(99, v, 1));
	close(fd);
	fd = open("f", O_RDONLY);
	t_val("read only", writev(fd, v, 1));
	return 0;
}
