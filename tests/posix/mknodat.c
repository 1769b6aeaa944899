/* SPDX-License-Identifier: BSD-2-Clause */
/* mknodat(dirfd, path, mode, dev): see mknodat(2). */
#include "t.h"

int main(void)
{
	int d;

	mkdir("d", 0755);
	d = open("d", O_RDONLY);
	t_ret("fifo", mknodat(d, "p", S_IFIFO | 0600, 0));
	t_stat("d/p", "d/p");
	t_ret("file", mknodat(AT_FDCWD, "f", S_IFREG | 0600, 0));
	t_stat("f", "f");
	t_ret("exists", mknodat(d, "p", S_IFIFO | 0600, 0));
	t_ret("bad descriptor", mknodat(99, "p", S_IFIFO | 0600, 0));
	return 0;
}
