/* SPDX-License-Identifier: BSD-2-Clause */
/* statfs(path, buf): see statfs(2). */
#include "t.h"
#include <sys/vfs.h>

int main(void)
{
	struct statfs s;

	t_file("f", "");
	t_ret("here", statfs(".", &s));
	t_val("block size", s.f_bsize);
	t_val("name length", s.f_namelen);
	t_is("some space", s.f_blocks > 0 && s.f_bfree <= s.f_blocks);
	t_ret("of a file", statfs("f", &s));
	t_ret("/proc", statfs("/proc", &s));
	t_is("its type", s.f_type == 0x9fa0);
	t_ret("missing", statfs("missing", &s));
	t_ret("through a file", statfs("f/x", &s));
	t_ret("bad address", syscall(SYS_statfs, ".", T_BAD));
	t_ret("bad path", syscall(SYS_statfs, T_BAD, &s));
	return 0;
}
