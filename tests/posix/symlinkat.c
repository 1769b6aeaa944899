/* SPDX-License-Identifier: BSD-2-Clause */
/* symlinkat(target, dirfd, path): see symlinkat(2). */
#include "t.h"

int main(void)
{
	int d;
	char buf[20] = "";

	mkdir("d", 0755);
	d = open("d", O_RDONLY);
	t_ret("in a directory", symlinkat("target", d, "l"));
	t_val("read", readlink("d/l", buf, 19));
	t_str("target", buf);
	t_ret("AT_FDCWD", symlinkat("target", AT_FDCWD, "l"));
	t_ret("exists", symlinkat("target", d, "l"));
	t_ret("bad descriptor", symlinkat("target", 99, "m"));
	return 0;
}
