/* SPDX-License-Identifier: BSD-2-Clause */
/* unlink(path): see unlink(2). */
#include "t.h"

int main(void)
{
	char buf[10] = "";
	int fd;

	t_file("f", "hello");
	symlink("f", "l");
	mkdir("d", 0755);
	symlink("d", "ld");
	t_ret("link", unlink("l"));
	t_stat("what it named", "f");
	fd = open("f", O_RDWR);
	t_ret("file", unlink("f"));
	t_stat("f", "f");
	t_val("read it still", read(fd, buf, 5));
	t_str("got", buf);
	t_val("write it still", write(fd, "more", 4));
	close(fd);
	t_ret("again", unlink("f"));
	t_ret("directory", unlink("d"));
	t_ret("link with a slash", unlink("ld/"));
	t_ret("dot", unlink("."));
	t_ret("empty", unlink(""));
	t_file("g", "");
	t_ret("through a file", unlink("g/x"));
	t_ret("file with a slash", unlink("g/"));
	t_ret("bad address", syscall(SYS_unlink, T_BAD));
	return 0;
}
