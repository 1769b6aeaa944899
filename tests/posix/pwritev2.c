/* SPDX-License-Identifier: BSD-2-Clause */
/* pwritev2(fd, iov, n, off, flags): see pwritev2(2). */
#include "t.h"
#include <sys/uio.h>

int main(void)
{
	struct iovec v[2] = {{"one", 3}, {"two", 3}};
	int fd;

	t_file("f", "0123456789");
	fd = open("f", O_RDWR);
	t_val("offset", syscall(SYS_pwritev2, fd, v, 2, 1L, 0L, 0));
	t_cat("f", "f");
	t_val("offset -1", syscall(SYS_pwritev2, fd, v, 1, -1L, -1L, 0));
	t_cat("f", "f");
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_val("RWF_APPEND", syscall(SYS_pwritev2, fd, v, 1, 0L, 0L, 16));
	t_cat("f", "f");
	t_val("RWF_SYNC", syscall(SYS_pwritev2, fd, v, 1, 0L, 0L, 4));
	t_val("RWF_DSYNC", syscall(SYS_pwritev2, fd, v, 1, 0L, 0L, 2));
	t_val("unknown flag",
	      syscall(SYS_pwritev2, fd, v, 1, 0L, 0L, 0x40000000));
	return 0;
}
