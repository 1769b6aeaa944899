/* SPDX-License-Identifier: BSD-2-Clause */
/* faccessat(dirfd, path, mode): see faccessat(2). */
#include "t.h"

#define AT(d, path, mode) syscall(SYS_faccessat, d, path, mode)

int main(void)
{
	int d;

	mkdir("d", 0755);
	t_file("d/f", "");
	chmod("d/f", 0700);
	d = open("d", O_RDONLY);
	t_ret("in a directory", AT(d, "f", R_OK | W_OK | X_OK));
	t_ret("AT_FDCWD", AT(AT_FDCWD, "d/f", F_OK));
	t_ret("missing", AT(d, "missing", F_OK));
	t_ret("mode", AT(d, "f", 9));
	t_ret("bad descriptor", AT(99, "f", F_OK));
	t_ret("absolute", AT(99, "/", F_OK));
	return 0;
}
