/* SPDX-License-Identifier: BSD-2-Clause */
/* link(old, new): see link(2). */
#include "t.h"

int main(void)
{
	struct stat a, b;

	t_file("f", "hello");
	t_ret("file", link("f", "g"));
	t_stat("g", "g");
	stat("f", &a);
	stat("g", &b);
	t_is("the same file", a.st_ino == b.st_ino);
	t_file("g", "changed");
	t_cat("f", "f");
	unlink("f");
	t_stat("g", "g");
	symlink("g", "l");
	t_ret("symbolic link", link("l", "m"));
	t_stat("m", "m");
	mkdir("d", 0755);
	t_ret("directory", link("d", "e"));
	t_ret("exists", link("g", "m"));
	t_ret("onto itself", link("g", "g"));
	t_ret("missing", link("missing", "x"));
	t_ret("into nothing", link("g", "missing/x"));
	t_ret("into a file", link("g", "g/x"));
	t_ret("trailing slash", link("g", "x/"));
	t_ret("to another filesystem", link("g", "/dev/x"));
	t_ret("empty", link("", "x"));
	t_ret("bad address", syscall(SYS_link, T_BAD, "x"));
	t_ret("bad new address", syscall(SYS_link, "g", T_BAD));
	return 0;
}
