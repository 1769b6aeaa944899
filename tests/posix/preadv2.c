/* SPDX-License-Identifier: BSD-2-Clause */
/* preadv2(fd, iov, n, off, flags): see preadv2(2). */
#include "t.h"
#include <sys/uio.h>

int main(void)
{
	char a[4] = "", b[8] = "";
	struct iovec v[2] = {{a, 3}, {b, 7}};
	int fd, p[2];

	t_file("f", "0123456789abc");
	fd = open("f", O_RDONLY);
	t_val("offset", syscall(SYS_preadv2, fd, v, 2, 2L, 0L, 0));
	t_str("first", a);
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_val("offset -1", syscall(SYS_preadv2, fd, v, 2, -1L, -1L, 0));
	t_str("first", a);
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_val("RWF_HIPRI", syscall(SYS_preadv2, fd, v, 1, 0L, 0L, 1));
	t_val("unknown flag",
	      syscall(SYS_preadv2, fd, v, 1, 0L, 0L, 0x40000000));
	pipe(p);
	write(p[1], "abc", 3);
	t_val("pipe, offset -1", syscall(SYS_preadv2, p[0], v, 2, -1L, -1L, 0));
	t_val("pipe, offset 0", syscall(SYS_preadv2, p[0], v, 2, 0L, 0L, 0));
	t_val("pipe, RWF_NOWAIT",
	      syscall(SYS_preadv2, p[0], v, 2, -1L, -1L, 8));
	return 0;
}
