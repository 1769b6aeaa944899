/* SPDX-License-Identifier: BSD-2-Clause */
/* mknod(path, mode, dev): see mknod(2). */
#include "t.h"
#include <sys/sysmacros.h>

int main(void)
{
	struct stat st;
	int fd;
	char c = 0;

	umask(022);
	t_ret("file", syscall(SYS_mknod, "f", S_IFREG | 0666, 0));
	t_stat("f", "f");
	t_ret("no type", syscall(SYS_mknod, "g", 0640, 0));
	t_stat("g", "g");
	t_ret("fifo", syscall(SYS_mknod, "p", S_IFIFO | 0600, 0));
	t_stat("p", "p");
	t_ret("device", syscall(SYS_mknod, "z", S_IFCHR | 0666, makedev(1, 5)));
	stat("z", &st);
	t_is("number", S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 5));
	t_ret("socket", syscall(SYS_mknod, "s", S_IFSOCK | 0600, 0));
	t_ret("directory", syscall(SYS_mknod, "d", S_IFDIR | 0755, 0));
	t_ret("exists", syscall(SYS_mknod, "f", S_IFREG | 0666, 0));
	t_ret("in nothing", syscall(SYS_mknod, "missing/f", S_IFREG, 0));
	t_ret("no such type", syscall(SYS_mknod, "x", 0170000, 0));
	t_ret("bad address", syscall(SYS_mknod, T_BAD, S_IFREG, 0));
	fd = open("p", O_RDWR);
	t_val("write to the fifo", write(fd, "x", 1));
	t_val("read from it", read(fd, &c, 1));
	return 0;
}
