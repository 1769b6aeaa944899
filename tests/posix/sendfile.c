/* SPDX-License-Identifier: BSD-2-Clause */
/* sendfile(out, in, offset, n): see sendfile(2). */
#include "t.h"
#include <sys/sendfile.h>

static char buf[300000];

int main(void)
{
	int in, out, p[2];
	off_t off;

	for (size_t i = 0; i < sizeof(buf); i++)
		buf[i] = 'a' + i % 26;
	in = open("in", O_RDWR | O_CREAT, 0644);
	out = open("out", O_RDWR | O_CREAT, 0644);
	write(in, buf, sizeof(buf));
	lseek(in, 0, SEEK_SET);
	t_val("own position", sendfile(out, in, NULL, 10));
	t_val("in is at", lseek(in, 0, SEEK_CUR));
	t_val("out is at", lseek(out, 0, SEEK_CUR));
	off = 100;
	t_val("offset", sendfile(out, in, &off, 1000));
	t_val("it is now", off);
	t_val("in stayed at", lseek(in, 0, SEEK_CUR));
	t_val("out is at", lseek(out, 0, SEEK_CUR));
	off = sizeof(buf) - 5;
	t_val("near the end", sendfile(out, in, &off, 100));
	t_val("at the end", sendfile(out, in, &off, 100));
	t_val("nothing", sendfile(out, in, NULL, 0));
	t_val("all", sendfile(out, in, NULL, 1 << 30));
	t_stat("out", "out");
	memset(buf, 0, 20);
	pread(out, buf, 20, 5);
	t_bytes("bytes", buf, 20);

	pipe2(p, O_NONBLOCK);
	off = 0;
	t_val("to a pipe", sendfile(p[1], in, &off, 1000));
	t_val("arrives", read(p[0], buf, 2000));
	t_bytes("bytes", buf, 5);
	t_val("from a pipe", sendfile(out, p[0], &off, 1));
	off = 0;
	t_val("as much as fits", sendfile(p[1], in, &off, 200000));
	t_val("offset", off);
	t_val("full", sendfile(p[1], in, &off, 10));

	t_val("in closed", sendfile(out, 99, NULL, 1));
	t_val("out closed", sendfile(99, in, NULL, 1));
	t_val("in not readable", sendfile(out, open("in", O_WRONLY), NULL, 1));
	t_val("out not writable", sendfile(open("out", O_RDONLY), in, NULL, 1));
	t_val("out appends",
	      sendfile(open("out", O_WRONLY | O_APPEND), in, NULL, 1));
	t_val("in is a directory", sendfile(out, open(".", O_RDONLY), NULL, 1));
	off = -1;
	t_val("negative offset", sendfile(out, in, &off, 1));
	t_val("bad offset", sendfile(out, in, T_BAD, 1));
	off = 0;
	t_val("/dev/null", sendfile(open("/dev/null", O_WRONLY), in, &off, 10));
	return 0;
}
