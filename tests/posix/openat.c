/* SPDX-License-Identifier: BSD-2-Clause */
/* openat(dirfd, path, flags, mode): see openat(2); open.c has the flags. */
#include "t.h"

int main(void)
{
	int d, fd, f;

	mkdir("d", 0755);
	t_file("d/f", "in d");
	t_file("f", "here");
	d = open("d", O_RDONLY | O_DIRECTORY);
	f = open("f", O_RDONLY);
	fd = openat(d, "f", O_RDONLY);
	t_ret("in a directory", fd);
	close(fd);
	fd = openat(AT_FDCWD, "f", O_RDONLY);
	t_ret("AT_FDCWD", fd);
	close(fd);
	fd = openat(d, "../f", O_RDONLY);
	t_ret("above it", fd);
	close(fd);
	fd = openat(-1, "/tmp", O_RDONLY);
	t_ret("absolute path, bad descriptor", fd);
	close(fd);
	fd = openat(d, "new", O_RDWR | O_CREAT | O_EXCL, 0640);
	t_ret("create", fd);
	close(fd);
	t_stat("new", "d/new");
	t_ret("relative path, bad descriptor", openat(-1, "f", O_RDONLY));
	t_ret("closed descriptor", openat(99, "f", O_RDONLY));
	t_ret("not a directory", openat(f, "f", O_RDONLY));
	t_ret("empty", openat(d, "", O_RDONLY));
	t_ret("missing", openat(d, "missing", O_RDONLY));
	t_ret("bad address", openat(d, T_BAD, O_RDONLY));
	close(d);
	d = open("d", O_PATH);
	fd = openat(d, "f", O_RDONLY);
	t_ret("O_PATH directory", fd);
	close(fd);

	/* A directory that is gone. */
	d = open("d", O_RDONLY);
	unlink("d/f");
	unlink("d/new");
	rmdir("d");
	t_ret("removed directory", openat(d, "f", O_RDWR | O_CREAT, 0644));
	t_ret("dot of it", openat(d, ".", O_RDONLY));
	return 0;
}
