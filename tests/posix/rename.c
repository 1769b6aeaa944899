/* SPDX-License-Identifier: BSD-2-Clause */
/* rename(old, new): see rename(2). */
#include "t.h"

int main(void)
{
	struct stat a, b;
	char buf[10] = "";
	int fd;

	t_file("f", "one");
	t_file("g", "two");
	stat("f", &a);
	fd = open("g", O_RDONLY);
	t_ret("over a file", rename("f", "g"));
	stat("g", &b);
	t_is("the same file", a.st_ino == b.st_ino);
	t_stat("f", "f");
	t_cat("g", "g");
	t_val("the old one is still open", read(fd, buf, 3));
	t_str("got", buf);
	close(fd);
	link("g", "h");
	t_ret("onto another name of it", rename("g", "h"));
	t_stat("g", "g");
	t_ret("onto itself", rename("g", "g"));

	mkdir("d", 0755);
	mkdir("e", 0755);
	mkdir("e/x", 0755);
	t_ret("file over a directory", rename("g", "d"));
	t_ret("directory over a file", rename("d", "g"));
	t_ret("over a full directory", rename("d", "e"));
	rmdir("e/x");
	t_ret("over an empty directory", rename("d", "e"));
	t_stat("e", "e");
	t_stat("d", "d");
	t_ret("into itself", rename("e", "e/y"));
	t_ret("trailing slashes", rename("e/", "d/"));
	t_ret("file to a slash", rename("g", "i/"));
	mkdir("p", 0755);
	mkdir("p/q", 0755);
	t_stat("p", "p");
	t_ret("up a level", rename("p/q", "q"));
	t_stat("p", "p");
	t_ret("down a level", rename("q", "p/r"));
	t_stat("p", "p");
	t_ret("parent over child", rename("p", "p/r"));
	t_ret("child over parent", rename("p/r", "p"));
	symlink("g", "l");
	t_ret("link", rename("l", "m"));
	t_stat("m", "m");
	t_ret("dot", rename("p/.", "z"));
	t_ret("dot dot", rename("p/..", "z"));
	t_ret("to dot", rename("p", "."));
	t_ret("missing", rename("missing", "z"));
	t_ret("into nothing", rename("g", "missing/z"));
	t_ret("through a file", rename("g", "h/z"));
	t_ret("another filesystem", rename("g", "/dev/z"));
	t_ret("empty", rename("", "z"));
	t_ret("to empty", rename("g", ""));
	t_ret("bad address", syscall(SYS_rename, T_BAD, "z"));
	t_ret("bad new address", syscall(SYS_rename, "g", T_BAD));
	return 0;
}
