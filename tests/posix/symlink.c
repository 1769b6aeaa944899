/* SPDX-License-Identifier: BSD-2-Clause */
/* symlink(target, path): see symlink(2). */
#include "t.h"

int main(void)
{
	char target[4200], buf[5000];

	t_ret("new", symlink("some/where", "l"));
	t_stat("l", "l");
	t_ret("exists", symlink("x", "l"));
	t_ret("empty target", symlink("", "m"));
	t_ret("empty path", symlink("x", ""));
	t_ret("in nothing", symlink("x", "missing/l"));
	t_ret("trailing slash", symlink("x", "n/"));
	memset(target, 't', sizeof(target));
	target[4095] = 0;
	t_ret("4095 characters", symlink(target, "long"));
	t_val("read back", readlink("long", buf, sizeof(buf)));
	target[4095] = 't';
	target[4096] = 0;
	t_ret("4096 characters", symlink(target, "longer"));
	t_ret("bad address", syscall(SYS_symlink, T_BAD, "x"));
	t_ret("bad path", syscall(SYS_symlink, "x", T_BAD));
	return 0;
}
