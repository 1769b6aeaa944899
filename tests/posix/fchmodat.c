/* SPDX-License-Identifier: BSD-2-Clause */
/* fchmodat(dirfd, path, mode): see fchmodat(2). */
#include "t.h"

int main(void)
{
	int d;

	mkdir("d", 0755);
	t_file("d/f", "");
	d = open("d", O_RDONLY);
	t_ret("in a directory", syscall(SYS_fchmodat, d, "f", 0600));
	t_stat("d/f", "d/f");
	t_ret("AT_FDCWD", syscall(SYS_fchmodat, AT_FDCWD, "d", 0700));
	t_stat("d", "d");
	t_ret("bad descriptor", syscall(SYS_fchmodat, 99, "f", 0600));
	t_ret("empty", syscall(SYS_fchmodat, d, "", 0600));
	return 0;
}
