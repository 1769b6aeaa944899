/* SPDX-License-Identifier: BSD-2-Clause */
/* utime(path, times): see utime(2). */
#include "t.h"
#include <utime.h>

int main(void)
{
	struct utimbuf t = {1000, 2000};
	struct stat st;

	t_file("f", "");
	t_ret("set", syscall(SYS_utime, "f", &t));
	stat("f", &st);
	t_say("%ld %ld\n", (long)st.st_atime, (long)st.st_mtime);
	t_ret("now", syscall(SYS_utime, "f", NULL));
	stat("f", &st);
	t_is("is now", st.st_mtime > 100000);
	t_ret("missing", syscall(SYS_utime, "missing", NULL));
	t_ret("bad times", syscall(SYS_utime, "f", T_BAD));
	return 0;
}
