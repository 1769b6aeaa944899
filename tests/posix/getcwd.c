/* SPDX-License-Identifier: BSD-2-Clause */
/* getcwd(buf, n): see getcwd(2). The kernel returns a length. */
#include "t.h"

int main(void)
{
	char buf[200] = "";

	mkdir("d", 0755);
	chdir("d");
	t_val("length", syscall(SYS_getcwd, buf, sizeof(buf)));
	t_str("path", buf);
	t_val("just enough", syscall(SYS_getcwd, buf, strlen(buf) + 1));
	t_val("one too few", syscall(SYS_getcwd, buf, strlen(buf)));
	t_val("nothing", syscall(SYS_getcwd, buf, 0));
	t_val("bad address", syscall(SYS_getcwd, T_BAD, 100));
	rmdir("../d");
	t_val("removed", syscall(SYS_getcwd, buf, sizeof(buf)));
	chdir("/");
	t_val("root", syscall(SYS_getcwd, buf, sizeof(buf)));
	t_str("path", buf);
	return 0;
}
