/* SPDX-License-Identifier: BSD-2-Clause */
/* vmsplice(fd, iov, n, flags): see vmsplice(2). */
#include "t.h"
#include <sys/uio.h>

static char buf[200000];

int main(void)
{
	int p[2], fd;
	struct iovec v[2] = {{"hello ", 6}, {"world", 5}};
	struct iovec r[2] = {{buf, 4}, {buf + 10, 50}};

	pipe(p);
	t_val("into a pipe", vmsplice(p[1], v, 2, 0));
	t_val("out of it", vmsplice(p[0], r, 2, 0));
	t_bytes("first", buf, 4);
	t_bytes("second", buf + 10, 7);
	v[0] = (struct iovec){buf, sizeof(buf)};
	t_val("more than fits", vmsplice(p[1], v, 1, SPLICE_F_NONBLOCK) > 0);
	t_val("full", vmsplice(p[1], v, 1, SPLICE_F_NONBLOCK));
	while (read(p[0], buf, sizeof(buf)) == sizeof(buf))
		;
	t_val("empty", vmsplice(p[0], r, 2, SPLICE_F_NONBLOCK));
	t_val("no vectors", vmsplice(p[1], v, 0, 0));
	t_val("too many", vmsplice(p[1], v, 1025, 0));
	t_val("flags", vmsplice(p[1], v, 1, 0x100));
	t_val("closed", vmsplice(99, v, 1, 0));
	t_file("f", "");
	fd = open("f", O_RDWR);
	t_val("a file", vmsplice(fd, v, 1, 0));
	v[0].iov_base = T_BAD;
	v[0].iov_len = 10;
	t_val("bad memory", vmsplice(p[1], v, 1, 0));
	t_val("bad vector", vmsplice(p[1], T_BAD, 1, 0));
	return 0;
}
