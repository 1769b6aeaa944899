/* SPDX-License-Identifier: BSD-2-Clause */
/* prlimit64(): see prlimit(2).  t: alone */
#include "t.h"
#include <sys/resource.h>

int main(void)
{
	struct {
		uint64_t cur, max;
	} new = {30, 90}, old = {0, 0};

	t_ret("set", syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &new, NULL));
	new.cur = 31;
	t_ret("both",
	      syscall(SYS_prlimit64, getpid(), RLIMIT_NOFILE, &new, &old));
	t_say("%lu %lu\n", (long)old.cur, (long)old.max);
	t_ret("get", syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &old));
	t_say("%lu %lu\n", (long)old.cur, (long)old.max);
	t_ret("neither", syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, NULL));
	t_ret("nobody", syscall(SYS_prlimit64, 4194303, 0, NULL, NULL));
	t_ret("no such limit", syscall(SYS_prlimit64, 0, 16, NULL, &old));
	new.cur = 91;
	t_ret("soft above hard",
	      syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &new, NULL));
	t_ret("bad new", syscall(SYS_prlimit64, 0, 0, T_BAD, NULL));
	t_ret("bad old", syscall(SYS_prlimit64, 0, 0, NULL, T_BAD));
	return 0;
}
