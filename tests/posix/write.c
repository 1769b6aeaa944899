/* SPDX-License-Identifier: BSD-2-Clause */
/* write(fd, buf, n): see write(2). */
#include "t.h"
#include <sys/resource.h>

int main(void)
{
	struct rlimit lim = {10, 10};
	char buf[20];
	int fd, p[2];

	fd = open("f", O_RDWR | O_CREAT, 0644);
	t_val("write", write(fd, "hello", 5));
	t_val("again", write(fd, " you", 4));
	t_cat("file", "f");
	t_val("nothing", write(fd, "x", 0));
	t_val("bad address", write(fd, T_BAD, 5));
	t_val("no bytes from a bad address", write(fd, T_BAD, 0));
	t_stat("file", "f");
	lseek(fd, 0, SEEK_SET);
	t_val("over the start", write(fd, "J", 1));
	t_cat("file", "f");
	lseek(fd, 20, SEEK_SET);
	t_val("behind a hole", write(fd, "!", 1));
	t_cat("file", "f");
	close(fd);
	t_val("closed", write(fd, "x", 1));

	fd = open("f", O_WRONLY | O_APPEND);
	lseek(fd, 0, SEEK_SET);
	t_val("append", write(fd, "app", 3));
	t_val("position", lseek(fd, 0, SEEK_CUR));
	close(fd);
	fd = open("f", O_RDONLY);
	t_val("read only", write(fd, "x", 1));
	close(fd);
	fd = open("/dev/full", O_WRONLY);
	t_val("full", write(fd, "x", 1));
	close(fd);

	signal(SIGPIPE, SIG_IGN);
	pipe(p);
	t_val("pipe", write(p[1], "abc", 3));
	t_val("wrong end", write(p[0], "abc", 3));
	close(p[0]);
	t_val("no reader", write(p[1], "abc", 3));

	/* A limit cuts a write off, then refuses it. */
	signal(SIGXFSZ, SIG_IGN);
	fd = open("g", O_RDWR | O_CREAT, 0644);
	lim.rlim_max = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &lim);
	t_val("limit", write(fd, "0123456789abcdef", 16));
	t_val("at the limit", write(fd, "x", 1));
	lim.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &lim);
	pread(fd, buf, 20, 0);
	t_stat("file", "g");
	return 0;
}
