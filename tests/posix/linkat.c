/* SPDX-License-Identifier: BSD-2-Clause */
/* linkat(olddir, old, newdir, new, flags): see linkat(2). */
#include "t.h"

int main(void)
{
	int d, fd;
	char path[40];

	mkdir("d", 0755);
	t_file("f", "hello");
	symlink("f", "l");
	d = open("d", O_RDONLY);
	t_ret("into a directory", linkat(AT_FDCWD, "f", d, "g", 0));
	t_cat("d/g", "d/g");
	t_ret("link itself", linkat(AT_FDCWD, "l", AT_FDCWD, "m", 0));
	t_stat("m", "m");
	t_ret("AT_SYMLINK_FOLLOW",
	      linkat(AT_FDCWD, "l", AT_FDCWD, "n", AT_SYMLINK_FOLLOW));
	t_stat("n", "n");
	fd = open("f", O_RDONLY);
	t_ret("AT_EMPTY_PATH", linkat(fd, "", AT_FDCWD, "o", AT_EMPTY_PATH));
	t_stat("o", "o");
	t_ret("empty", linkat(fd, "", AT_FDCWD, "p", 0));
	t_ret("flag", linkat(AT_FDCWD, "f", AT_FDCWD, "p", 1));
	t_ret("bad descriptor", linkat(99, "f", AT_FDCWD, "p", 0));
	t_ret("bad new descriptor", linkat(AT_FDCWD, "f", 99, "p", 0));

	/* The way to name a file that O_TMPFILE made: open(2). */
	fd = open(".", O_RDWR | O_TMPFILE, 0600);
	write(fd, "tmp", 3);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	t_ret("O_TMPFILE by /proc",
	      linkat(AT_FDCWD, path, AT_FDCWD, "q", AT_SYMLINK_FOLLOW));
	t_cat("q", "q");
	t_stat("q", "q");
	fd = open(".", O_RDWR | O_TMPFILE | O_EXCL, 0600);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	t_ret("O_TMPFILE with O_EXCL",
	      linkat(AT_FDCWD, path, AT_FDCWD, "r", AT_SYMLINK_FOLLOW));
	return 0;
}
