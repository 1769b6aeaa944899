/* SPDX-License-Identifier: BSD-2-Clause */
/* faccessat2(dirfd, path, mode, flags): see faccessat(2). */
#include "t.h"

#define AT(d, path, mode, flags) syscall(439, d, path, mode, flags)

int main(void)
{
	int fd;

	t_file("f", "");
	symlink("nowhere", "l");
	fd = open("f", O_PATH);
	t_ret("plain", AT(AT_FDCWD, "f", R_OK, 0));
	t_ret("AT_EACCESS", AT(AT_FDCWD, "f", R_OK, AT_EACCESS));
	t_ret("dangling", AT(AT_FDCWD, "l", F_OK, 0));
	t_ret("AT_SYMLINK_NOFOLLOW",
	      AT(AT_FDCWD, "l", F_OK, AT_SYMLINK_NOFOLLOW));
	t_ret("AT_EMPTY_PATH", AT(fd, "", F_OK, AT_EMPTY_PATH));
	t_ret("empty", AT(fd, "", F_OK, 0));
	t_ret("flag", AT(AT_FDCWD, "f", F_OK, 1));
	t_ret("mode", AT(AT_FDCWD, "f", 16, 0));
	return 0;
}
