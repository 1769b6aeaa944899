/* SPDX-License-Identifier: BSD-2-Clause */
/* chdir(path): see chdir(2). */
#include "t.h"

int main(void)
{
	char buf[200] = "";

	mkdir("d", 0755);
	t_file("f", "");
	symlink("d", "l");
	t_ret("directory", chdir("d"));
	t_str("here", getcwd(buf, sizeof(buf)));
	t_ret("up", chdir(".."));
	t_ret("link", chdir("l"));
	t_str("here", getcwd(buf, sizeof(buf)));
	t_ret("above the root", chdir("/../.."));
	t_str("here", getcwd(buf, sizeof(buf)));
	chdir("/tmp/chdir");
	t_ret("file", chdir("f"));
	t_ret("missing", chdir("missing"));
	t_ret("empty", chdir(""));
	t_ret("bad address", syscall(SYS_chdir, T_BAD));
	return 0;
}
