/* SPDX-License-Identifier: BSD-2-Clause */
/* readlinkat(dirfd, path, buf, n): see readlinkat(2). */
#include "t.h"

int main(void)
{
	char buf[100] = "";
	int d;

	mkdir("d", 0755);
	symlink("target", "d/l");
	d = open("d", O_RDONLY);
	t_val("in a directory", readlinkat(d, "l", buf, 100));
	t_str("got", buf);
	t_val("AT_FDCWD", readlinkat(AT_FDCWD, "d/l", buf, 100));
	close(d);
	d = open("d/l", O_PATH | O_NOFOLLOW);
	t_val("empty path", readlinkat(d, "", buf, 100));
	close(d);
	d = open("d", O_PATH);
	t_val("empty path, no link", readlinkat(d, "", buf, 100));
	t_val("bad descriptor", readlinkat(99, "l", buf, 100));
	return 0;
}
