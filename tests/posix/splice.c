/* SPDX-License-Identifier: BSD-2-Clause */
/* splice(in, in_off, out, out_off, n, flags): see splice(2). */
#include "t.h"
#include <pthread.h>

static int p[2], q[2];
static char buf[200000];

static void *writer(void *arg)
{
	usleep(20000);
	write(p[1], "late", 4);
	return NULL;
}

static void files(void)
{
	int in = open("in", O_RDWR | O_CREAT, 0644);
	int out = open("out", O_RDWR | O_CREAT, 0644);
	loff_t off = 10;

	for (int i = 0; i < 100; i++)
		write(in, "0123456789", 10);
	lseek(in, 0, SEEK_SET);
	t_val("from a file", splice(in, NULL, p[1], NULL, 5, 0));
	t_val("its position", lseek(in, 0, SEEK_CUR));
	t_val("from an offset", splice(in, &off, p[1], NULL, 7, 0));
	t_val("which moves", off);
	t_val("to a file", splice(p[0], NULL, out, NULL, 100, 0));
	t_val("its position", lseek(out, 0, SEEK_CUR));
	t_cat("out", "out");
	write(p[1], "XYZ", 3);
	off = 3;
	t_val("to an offset", splice(p[0], NULL, out, &off, 3, 0));
	t_val("which moves", off);
	t_val("position stays", lseek(out, 0, SEEK_CUR));
	t_cat("out", "out");
	off = 1000;
	t_val("at the end", splice(in, &off, p[1], NULL, 7, 0));
	t_val("whole file",
	      splice(open("in", O_RDONLY), NULL, p[1], NULL, 100000, 0));
	t_val("read it", read(p[0], buf, sizeof(buf)));
	t_val("between files", splice(in, NULL, out, NULL, 5, 0));
	t_val("appending", splice(p[0], NULL, open("out", O_WRONLY | O_APPEND),
				  NULL, 5, SPLICE_F_NONBLOCK));
	close(in);
	close(out);
}

static void pipes(void)
{
	write(p[1], "first ", 6);
	write(p[1], "second", 6);
	t_val("pipe to pipe", splice(p[0], NULL, q[1], NULL, 8, 0));
	t_val("left", read(p[0], buf, 100));
	t_bytes("bytes", buf, 4);
	t_val("there", read(q[0], buf, 100));
	t_bytes("bytes", buf, 8);
	t_val("empty", splice(p[0], NULL, q[1], NULL, 8, SPLICE_F_NONBLOCK));
	t_val("to itself",
	      splice(p[0], NULL, p[1], NULL, 8, SPLICE_F_NONBLOCK));
}

static void errors(void)
{
	loff_t off = 0;
	int fd = open("in", O_RDWR);

	t_val("nothing", splice(99, NULL, 99, NULL, 0, 0));
	t_val("flags", splice(fd, NULL, p[1], NULL, 1, 0x100));
	t_val("in closed", splice(99, NULL, p[1], NULL, 1, 0));
	t_val("out closed", splice(fd, NULL, 99, NULL, 1, 0));
	t_val("offset of a pipe", splice(p[0], &off, fd, NULL, 1, 0));
	t_val("offset of a pipe", splice(fd, NULL, p[1], &off, 1, 0));
	t_val("wrong end", splice(fd, NULL, p[0], NULL, 1, 0));
	t_val("wrong end", splice(p[1], NULL, fd, NULL, 1, 0));
	t_val("bad offset", splice(fd, T_BAD, p[1], NULL, 1, 0));
	off = -1;
	t_val("negative offset", splice(fd, &off, p[1], NULL, 1, 0));
	t_val("directory", splice(open(".", O_RDONLY), NULL, p[1], NULL, 1, 0));
	close(fd);
}

int main(void)
{
	pthread_t th;

	pipe(p);
	pipe(q);
	files();
	pipes();
	errors();
	signal(SIGPIPE, SIG_IGN);
	pthread_create(&th, NULL, writer, NULL);
	t_val("wait for bytes", splice(p[0], NULL, q[1], NULL, 100, 0));
	pthread_join(th, NULL);
	t_val("/dev/null",
	      splice(q[0], NULL, open("/dev/null", O_WRONLY), NULL, 100, 0));
	close(q[0]);
	write(p[1], "x", 1);
	t_val("no reader", splice(p[0], NULL, q[1], NULL, 1, 0));
	close(p[1]);
	read(p[0], buf, 1);
	pipe(q);
	t_val("no writer", splice(p[0], NULL, q[1], NULL, 1, 0));
	return 0;
}
