/* SPDX-License-Identifier: BSD-2-Clause */
/* newfstatat(dirfd, path, buf, flags): see fstatat(2). */
#include "t.h"

#define AT(d, path, st, flags) syscall(SYS_newfstatat, d, path, st, flags)

int main(void)
{
	struct stat st;
	int d, f;

	t_file("f", "hello");
	symlink("f", "l");
	mkdir("d", 0755);
	t_file("d/f", "in d");
	d = open("d", O_RDONLY);
	f = open("f", O_RDONLY);
	t_ret("AT_FDCWD", AT(AT_FDCWD, "f", &st, 0));
	t_val("size", st.st_size);
	t_ret("directory", AT(d, "f", &st, 0));
	t_val("size", st.st_size);
	t_ret("link", AT(AT_FDCWD, "l", &st, 0));
	t_is("regular", S_ISREG(st.st_mode));
	t_ret("AT_SYMLINK_NOFOLLOW",
	      AT(AT_FDCWD, "l", &st, AT_SYMLINK_NOFOLLOW));
	t_is("link", S_ISLNK(st.st_mode));
	t_ret("AT_EMPTY_PATH", AT(f, "", &st, AT_EMPTY_PATH));
	t_val("size", st.st_size);
	t_ret("AT_EMPTY_PATH, here", AT(AT_FDCWD, "", &st, AT_EMPTY_PATH));
	t_is("directory", S_ISDIR(st.st_mode));
	t_ret("empty without", AT(f, "", &st, 0));
	t_ret("AT_NO_AUTOMOUNT", AT(AT_FDCWD, "f", &st, AT_NO_AUTOMOUNT));
	t_ret("unknown flag", AT(AT_FDCWD, "f", &st, 0x40000000));
	t_ret("AT_REMOVEDIR", AT(AT_FDCWD, "f", &st, AT_REMOVEDIR));
	t_ret("not a directory", AT(f, "f", &st, 0));
	t_ret("bad descriptor", AT(99, "f", &st, 0));
	t_ret("bad descriptor, absolute", AT(99, "/", &st, 0));
	t_ret("bad address", AT(AT_FDCWD, "f", T_BAD, 0));
	return 0;
}
