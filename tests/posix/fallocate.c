/* SPDX-License-Identifier: BSD-2-Clause */
/* fallocate(fd, mode, off, n): see fallocate(2). */
#include "t.h"
#include <linux/falloc.h>

static void show(const char *what, int fd)
{
	struct stat st;

	fstat(fd, &st);
	t_say("%s: size %ld, %ld blocks\n", what, (long)st.st_size,
	      (long)st.st_blocks);
}

int main(void)
{
	char buf[4096 * 4];
	int fd, p[2];

	fd = open("f", O_RDWR | O_CREAT, 0644);
	t_ret("allocate", fallocate(fd, 0, 0, 10000));
	show("now", fd);
	t_ret("keep size", fallocate(fd, FALLOC_FL_KEEP_SIZE, 10000, 10000));
	show("now", fd);
	memset(buf, 'x', sizeof(buf));
	pwrite(fd, buf, sizeof(buf), 0);
	t_ret("punch", fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
				 100, 8100));
	show("now", fd);
	pread(fd, buf, sizeof(buf), 0);
	t_is("before the hole", buf[99] == 'x');
	t_is("in the hole", !buf[100] && !buf[4096] && !buf[8199]);
	t_is("behind the hole", buf[8200] == 'x');
	t_val("the hole is seen", lseek(fd, 0, SEEK_HOLE));
	t_ret("punch without keeping the size",
	      fallocate(fd, FALLOC_FL_PUNCH_HOLE, 0, 4096));
	t_ret("zero", fallocate(fd, FALLOC_FL_ZERO_RANGE, 0, 4096));
	t_ret("collapse", fallocate(fd, FALLOC_FL_COLLAPSE_RANGE, 0, 4096));
	t_ret("insert", fallocate(fd, FALLOC_FL_INSERT_RANGE, 0, 4096));
	t_ret("unknown mode", fallocate(fd, 0x1000, 0, 4096));
	t_ret("negative offset", fallocate(fd, 0, -1, 10));
	t_ret("no length", fallocate(fd, 0, 0, 0));
	t_ret("negative length", fallocate(fd, 0, 0, -1));
	t_ret("too far", fallocate(fd, 0, INT64_MAX - 10, 100));
	close(fd);
	t_ret("closed", fallocate(99, 0, 0, 1));
	fd = open("f", O_RDONLY);
	t_ret("read only", fallocate(fd, 0, 0, 1));
	close(fd);
	fd = open(".", O_RDONLY);
	t_ret("directory", fallocate(fd, 0, 0, 1));
	pipe(p);
	t_ret("pipe", fallocate(p[1], 0, 0, 1));
	return 0;
}
