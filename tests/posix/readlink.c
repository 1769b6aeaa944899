/* SPDX-License-Identifier: BSD-2-Clause */
/* readlink(path, buf, n): see readlink(2). */
#include "t.h"

int main(void)
{
	char buf[100] = "";

	symlink("some/where", "l");
	t_file("f", "");
	t_val("link", syscall(SYS_readlink, "l", buf, sizeof(buf)));
	t_bytes("no NUL behind it", buf, 11);
	memset(buf, 0, sizeof(buf));
	t_val("truncated", syscall(SYS_readlink, "l", buf, 4));
	t_str("got", buf);
	t_val("no room", syscall(SYS_readlink, "l", buf, 0));
	t_val("negative room", syscall(SYS_readlink, "l", buf, -1));
	t_val("file", syscall(SYS_readlink, "f", buf, 100));
	t_val("directory", syscall(SYS_readlink, ".", buf, 100));
	t_val("missing", syscall(SYS_readlink, "missing", buf, 100));
	t_val("empty", syscall(SYS_readlink, "", buf, 100));
	t_val("bad buffer", syscall(SYS_readlink, "l", T_BAD, 100));
	t_val("bad path", syscall(SYS_readlink, T_BAD, buf, 100));
	t_val("/proc/self/fd", readlink("/proc/self/fd/1", buf, 100) > 0);
	return 0;
}
