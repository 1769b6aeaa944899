/* SPDX-License-Identifier: BSD-2-Clause */
/* renameat2(olddir, old, newdir, new, flags): see renameat2(2). */
#include "t.h"

#define RE(old, new, flags)                                                    \
	syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, flags)

int main(void)
{
	t_file("f", "one");
	t_file("g", "two");
	mkdir("d", 0755);
	mkdir("d/e", 0755);
	t_ret("no flags", RE("f", "h", 0));
	t_ret("NOREPLACE", RE("h", "f", 1));
	t_ret("NOREPLACE, exists", RE("f", "g", 1));
	t_ret("NOREPLACE, itself", RE("f", "f", 1));
	t_ret("EXCHANGE", RE("f", "g", 2));
	t_cat("f", "f");
	t_cat("g", "g");
	t_ret("EXCHANGE with a directory", RE("f", "d", 2));
	t_stat("f", "f");
	t_stat("d", "d");
	t_ret("EXCHANGE, missing", RE("f", "missing", 2));
	t_ret("EXCHANGE with what is inside", RE("f", "f/e", 2));
	t_ret("both", RE("f", "g", 3));
	t_ret("flag", RE("f", "g", 8));
	return 0;
}
