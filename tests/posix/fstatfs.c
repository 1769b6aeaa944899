/* SPDX-License-Identifier: BSD-2-Clause */
/* fstatfs(fd, buf): see fstatfs(2). */
#include "t.h"
#include <sys/vfs.h>

int main(void)
{
	struct statfs s;
	int fd = open(".", O_RDONLY);

	t_ret("directory", fstatfs(fd, &s));
	t_val("block size", s.f_bsize);
	t_ret("closed", fstatfs(99, &s));
	t_ret("bad address", syscall(SYS_fstatfs, fd, T_BAD));
	return 0;
}
