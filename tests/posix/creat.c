/* SPDX-License-Identifier: BSD-2-Clause */
/* creat(path, mode): see open(2). */
#include "t.h"

int main(void)
{
	char c;
	int fd = syscall(SYS_creat, "f", 0666);

	t_ret("new", fd);
	t_stat("f", "f");
	t_val("write", write(fd, "abc", 3));
	t_val("read", read(fd, &c, 1));
	close(fd);
	fd = syscall(SYS_creat, "f", 0600);
	t_ret("again", fd);
	t_stat("f", "f");
	mkdir("d", 0755);
	t_ret("directory", syscall(SYS_creat, "d", 0644));
	t_ret("bad address", syscall(SYS_creat, T_BAD, 0644));
	return 0;
}
