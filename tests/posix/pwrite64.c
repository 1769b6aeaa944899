/* SPDX-License-Identifier: BSD-2-Clause */
/* pwrite64(fd, buf, n, off): see pwrite(2). */
#include "t.h"

int main(void)
{
	int fd, p[2];

	t_file("f", "0123456789");
	fd = open("f", O_RDWR);
	t_val("middle", pwrite(fd, "abc", 3, 3));
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_cat("f", "f");
	t_val("behind the end", pwrite(fd, "z", 1, 12));
	t_cat("f", "f");
	t_val("nothing, behind the end", pwrite(fd, "z", 0, 100));
	t_val("negative", pwrite(fd, "x", 1, -1));
	t_val("closed", pwrite(99, "x", 1, 0));
	t_val("bad address", pwrite(fd, T_BAD, 1, 0));
	close(fd);
	/* Linux appends whatever the offset says: pwrite(2), BUGS. */
	fd = open("f", O_WRONLY | O_APPEND);
	t_val("O_APPEND", pwrite(fd, "end", 3, 0));
	t_cat("f", "f");
	t_val("position", lseek(fd, 0, SEEK_CUR));
	pipe(p);
	t_val("pipe", pwrite(p[1], "x", 1, 0));
	fd = open("f", O_RDONLY);
	t_val("read only", pwrite(fd, "x", 1, 0));
	return 0;
}
