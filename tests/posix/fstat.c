/* SPDX-License-Identifier: BSD-2-Clause */
/* fstat(fd, buf): see fstat(2). */
#include "t.h"

int main(void)
{
	struct stat st;
	int fd, p[2];

	t_file("f", "hello");
	fd = open("f", O_RDONLY);
	t_ret("file", fstat(fd, &st));
	t_val("size", st.st_size);
	t_val("links", st.st_nlink);
	unlink("f");
	t_ret("after unlink", fstat(fd, &st));
	t_val("links", st.st_nlink);
	close(fd);
	pipe(p);
	t_ret("pipe", fstat(p[0], &st));
	t_is("fifo", S_ISFIFO(st.st_mode));
	t_val("permission", st.st_mode & 07777);
	fd = open(".", O_PATH);
	t_ret("O_PATH", fstat(fd, &st));
	t_is("directory", S_ISDIR(st.st_mode));
	t_ret("closed", fstat(99, &st));
	t_ret("bad address", syscall(SYS_fstat, fd, T_BAD));
	return 0;
}
