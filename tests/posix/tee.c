/* SPDX-License-Identifier: BSD-2-Clause */
/* tee(in, out, n, flags): see tee(2). */
#include "t.h"

int main(void)
{
	int p[2], q[2], fd;
	char b[64];

	t_file("f", "");
	fd = open("f", O_RDWR);
	pipe(p);
	pipe(q);
	write(p[1], "hello ", 6);
	write(p[1], "world", 5);
	t_val("copy", tee(p[0], q[1], 8, 0));
	t_val("read the copy", read(q[0], b, sizeof(b)));
	t_bytes("bytes", b, 8);
	t_val("again", tee(p[0], q[1], 100, 0));
	/* Neither side sees what the other adds. */
	write(q[1], "!", 1);
	write(p[1], "?", 1);
	t_val("read the original", read(p[0], b, sizeof(b)));
	t_bytes("bytes", b, 12);
	t_val("read the copy", read(q[0], b, sizeof(b)));
	t_bytes("bytes", b, 12);
	t_val("nothing there", tee(p[0], q[1], 8, SPLICE_F_NONBLOCK));
	t_val("nothing asked", tee(p[0], q[1], 0, 0));
	write(p[1], "x", 1);
	t_val("to itself", tee(p[0], p[1], 8, 0));
	t_val("flags", tee(p[0], q[1], 8, 0x100));
	t_val("a file", tee(fd, q[1], 8, 0));
	t_val("a file", tee(p[0], fd, 8, 0));
	t_val("closed", tee(99, q[1], 8, 0));
	t_val("wrong ends", tee(p[1], q[0], 8, 0));
	return 0;
}
