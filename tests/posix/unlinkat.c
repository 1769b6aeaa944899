/* SPDX-License-Identifier: BSD-2-Clause */
/* unlinkat(dirfd, path, flags): see unlinkat(2). */
#include "t.h"

int main(void)
{
	int d;

	mkdir("d", 0755);
	mkdir("d/e", 0755);
	t_file("d/f", "");
	d = open("d", O_RDONLY);
	t_ret("file", unlinkat(d, "f", 0));
	t_ret("directory", unlinkat(d, "e", 0));
	t_ret("AT_REMOVEDIR", unlinkat(d, "e", AT_REMOVEDIR));
	t_file("d/f", "");
	t_ret("AT_REMOVEDIR of a file", unlinkat(d, "f", AT_REMOVEDIR));
	t_ret("not empty", unlinkat(AT_FDCWD, "d", AT_REMOVEDIR));
	t_ret("flag", unlinkat(d, "f", 1));
	t_ret("bad descriptor", unlinkat(99, "f", 0));
	return 0;
}
