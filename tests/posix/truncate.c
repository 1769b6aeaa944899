/* SPDX-License-Identifier: BSD-2-Clause */
/* truncate(path, length): see truncate(2). */
#include "t.h"

int main(void)
{
	t_file("f", "0123456789");
	t_ret("shorter", truncate("f", 4));
	t_cat("f", "f");
	t_ret("longer", truncate("f", 8));
	t_cat("f", "f");
	t_ret("the same", truncate("f", 8));
	t_ret("to nothing", truncate("f", 0));
	t_stat("f", "f");
	t_ret("far", truncate("f", 1LL << 40));
	t_stat("f", "f");
	mkdir("d", 0755);
	symlink("f", "l");
	mkfifo("fifo", 0644);
	t_ret("link", truncate("l", 2));
	t_stat("f", "f");
	t_ret("negative", truncate("f", -1));
	t_ret("directory", truncate("d", 0));
	t_ret("fifo", truncate("fifo", 0));
	t_ret("missing", truncate("missing", 0));
	t_ret("bad address", syscall(SYS_truncate, T_BAD, 0));
	return 0;
}
