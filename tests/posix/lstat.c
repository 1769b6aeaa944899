/* SPDX-License-Identifier: BSD-2-Clause */
/* lstat(path, buf): see lstat(2). */
#include "t.h"

int main(void)
{
	struct stat st;

	symlink("some/where", "l");
	mkdir("d", 0755);
	symlink("d", "ld");
	t_ret("link", syscall(SYS_lstat, "l", &st));
	t_is("is one", S_ISLNK(st.st_mode));
	t_val("permission", st.st_mode & 07777);
	t_val("size", st.st_size);
	t_ret("link to a directory", syscall(SYS_lstat, "ld", &st));
	t_is("is a link", S_ISLNK(st.st_mode));
	t_ret("with a slash", syscall(SYS_lstat, "ld/", &st));
	t_is("is a directory", S_ISDIR(st.st_mode));
	t_ret("missing", syscall(SYS_lstat, "missing", &st));
	t_ret("bad address", syscall(SYS_lstat, "l", T_BAD));
	return 0;
}
