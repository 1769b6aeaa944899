/* SPDX-License-Identifier: BSD-2-Clause */
/* mkdirat(dirfd, path, mode): see mkdirat(2). */
#include "t.h"

int main(void)
{
	int d;

	mkdir("d", 0755);
	d = open("d", O_RDONLY);
	t_ret("in a directory", mkdirat(d, "e", 0700));
	t_stat("d/e", "d/e");
	t_ret("AT_FDCWD", mkdirat(AT_FDCWD, "f", 0700));
	t_ret("exists", mkdirat(d, "e", 0700));
	t_ret("bad descriptor", mkdirat(99, "x", 0700));
	t_ret("absolute exists", mkdirat(99, "/", 0700));
	close(d);
	t_file("g", "");
	d = open("g", O_RDONLY);
	t_ret("not a directory", mkdirat(d, "x", 0700));
	return 0;
}
