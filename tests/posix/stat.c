/* SPDX-License-Identifier: BSD-2-Clause */
/* stat(path, buf): see stat(2). */
#include "t.h"
#include <sys/sysmacros.h>

static int x_stat(const char *path, struct stat *st)
{
	return syscall(SYS_stat, path, st);
}

int main(void)
{
	struct stat st, st2;

	umask(022);
	t_file("f", "hello");
	symlink("f", "l");
	symlink("loop", "loop");
	mkdir("d", 0750);
	t_ret("file", x_stat("f", &st));
	t_is("regular", S_ISREG(st.st_mode));
	t_val("permission", st.st_mode & 07777);
	t_val("size", st.st_size);
	t_val("links", st.st_nlink);
	t_val("block size", st.st_blksize);
	t_val("blocks", st.st_blocks);
	t_is("owner", st.st_uid == getuid() && st.st_gid == getgid());
	t_is("times are equal", st.st_atim.tv_sec == st.st_mtim.tv_sec);
	t_ret("link", x_stat("l", &st2));
	t_is("the file behind it",
	     st2.st_ino == st.st_ino && st2.st_dev == st.st_dev);
	t_ret("directory", x_stat("d", &st));
	t_is("is one", S_ISDIR(st.st_mode));
	t_val("links", st.st_nlink);
	mkdir("d/e", 0755);
	x_stat("d", &st);
	t_val("links with a subdirectory", st.st_nlink);
	rmdir("d/e");
	x_stat("d", &st);
	t_val("links without", st.st_nlink);
	t_ret("null device", x_stat("/dev/null", &st));
	t_is("character device", S_ISCHR(st.st_mode));
	t_is("number", st.st_rdev == makedev(1, 3));
	t_ret("trailing slash", x_stat("d/", &st));
	t_ret("trailing slash of a file", x_stat("f/", &st));
	t_ret("bad address", x_stat("f", T_BAD));
	t_ret("bad path", x_stat(T_BAD, &st));
	t_ret("loop", x_stat("loop", &st));
	t_ret("missing", x_stat("missing", &st));
	t_ret("empty", x_stat("", &st));
	t_ret("through a file", x_stat("f/x", &st));
	return 0;
}
