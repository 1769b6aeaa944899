/* SPDX-License-Identifier: BSD-2-Clause */
/* ftruncate(fd, length): see ftruncate(2). */
#include "t.h"
#include <sys/resource.h>

int main(void)
{
	struct rlimit lim = {100, RLIM_INFINITY};
	int fd, p[2];
	char buf[10];

	t_file("f", "0123456789");
	fd = open("f", O_RDWR);
	lseek(fd, 8, SEEK_SET);
	t_ret("shorter", ftruncate(fd, 3));
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_val("read behind", read(fd, buf, 10));
	t_ret("longer", ftruncate(fd, 6));
	t_cat("zeroes", "f");
	t_ret("negative", ftruncate(fd, -1));
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &lim);
	t_ret("over the limit", ftruncate(fd, 101));
	t_ret("at the limit", ftruncate(fd, 100));
	lim.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &lim);
	close(fd);
	t_ret("closed", ftruncate(99, 0));
	fd = open("f", O_RDONLY);
	t_ret("read only", ftruncate(fd, 0));
	close(fd);
	fd = open(".", O_RDONLY);
	t_ret("directory", ftruncate(fd, 0));
	pipe(p);
	t_ret("pipe", ftruncate(p[1], 0));
	return 0;
}
