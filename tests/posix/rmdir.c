/* SPDX-License-Identifier: BSD-2-Clause */
/* rmdir(path): see rmdir(2). */
#include "t.h"

int main(void)
{
	int fd;

	mkdir("d", 0755);
	t_file("d/f", "");
	t_file("f", "");
	symlink("d", "l");
	t_ret("not empty", rmdir("d"));
	unlink("d/f");
	t_ret("link", rmdir("l"));
	t_ret("link with a slash", rmdir("l/"));
	t_ret("file", rmdir("f"));
	t_ret("dot", rmdir("d/."));
	t_ret("dot dot", rmdir("d/.."));
	t_ret("root", rmdir("/"));
	t_ret("missing", rmdir("missing"));
	t_ret("through a file", rmdir("f/x"));
	t_ret("empty", rmdir(""));
	t_ret("bad address", syscall(SYS_rmdir, T_BAD));
	fd = open("d", O_RDONLY);
	t_ret("directory", rmdir("d"));
	t_ret("again", rmdir("d"));
	t_ret("new file in it", openat(fd, "x", O_CREAT | O_WRONLY, 0644));
	t_ret("new directory in it", mkdirat(fd, "x", 0755));
	mkdir("t", 0755);
	t_ret("trailing slash", rmdir("t/"));
	return 0;
}
