/* SPDX-License-Identifier: BSD-2-Clause */
/* renameat(olddir, old, newdir, new): see renameat(2). */
#include "t.h"

int main(void)
{
	int a, b;

	mkdir("a", 0755);
	mkdir("b", 0755);
	t_file("a/f", "hello");
	a = open("a", O_RDONLY);
	b = open("b", O_RDONLY);
	t_ret("between directories", syscall(SYS_renameat, a, "f", b, "g"));
	t_cat("b/g", "b/g");
	t_ret("back", syscall(SYS_renameat, AT_FDCWD, "b/g", a, "f"));
	t_cat("a/f", "a/f");
	t_ret("bad descriptor", syscall(SYS_renameat, 99, "f", b, "g"));
	t_ret("bad new descriptor", syscall(SYS_renameat, a, "f", 99, "g"));
	t_ret("missing", syscall(SYS_renameat, a, "missing", b, "g"));
	return 0;
}
