/* SPDX-License-Identifier: BSD-2-Clause */
/* chroot(path): see chroot(2).  t: alone */
#include "t.h"

int main(void)
{
	char buf[100] = "";

	mkdir("d", 0755);
	mkdir("d/e", 0755);
	t_file("d/f", "inside");
	t_ret("file", chroot("d/f"));
	t_ret("missing", chroot("missing"));
	t_ret("bad address", syscall(SYS_chroot, T_BAD));
	t_ret("directory", chroot("d"));
	t_cat("/f", "/f");
	t_ret("here is outside", chdir("e"));
	t_ret("go in", chdir("/"));
	t_ret("out again", chdir(".."));
	t_str("here", getcwd(buf, sizeof(buf)));
	t_stat("still inside", "f");
	t_stat("no way up", "../../tmp");
	return 0;
}
