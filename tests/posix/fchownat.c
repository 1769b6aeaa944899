/* SPDX-License-Identifier: BSD-2-Clause */
/* fchownat(dirfd, path, uid, gid, flags): see fchownat(2). */
#include "t.h"

int main(void)
{
	int d;

	mkdir("d", 0755);
	t_file("d/f", "");
	symlink("f", "d/l");
	d = open("d", O_RDONLY);
	t_ret("in a directory", fchownat(d, "f", 1, 2, 0));
	t_stat("d/f", "d/f");
	t_ret("link", fchownat(d, "l", 3, 4, AT_SYMLINK_NOFOLLOW));
	t_stat("d/l", "d/l");
	t_stat("d/f", "d/f");
	t_ret("AT_EMPTY_PATH", fchownat(d, "", 5, 6, AT_EMPTY_PATH));
	t_stat("d", "d");
	t_ret("empty", fchownat(d, "", 5, 6, 0));
	t_ret("flag", fchownat(d, "f", 5, 6, 1));
	t_ret("bad descriptor", fchownat(99, "f", 5, 6, 0));
	return 0;
}
