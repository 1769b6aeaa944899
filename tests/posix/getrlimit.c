/* SPDX-License-Identifier: BSD-2-Clause */
/* getrlimit(): see getrlimit(2). */
#include "t.h"
#include <sys/resource.h>

int main(void)
{
	struct rlimit r;

	for (int i = 0; i < 16; i++) {
		r.rlim_cur = 1, r.rlim_max = 0;
		t_ret("limit", syscall(SYS_getrlimit, i, &r));
		t_is("soft is not above hard", r.rlim_cur <= r.rlim_max);
	}
	syscall(SYS_getrlimit, RLIMIT_STACK, &r);
	t_val("stack", r.rlim_cur);
	t_ret("no such limit", syscall(SYS_getrlimit, 16, &r));
	t_ret("negative", syscall(SYS_getrlimit, -1, &r));
	t_ret("bad pointer", syscall(SYS_getrlimit, 0, T_BAD));
	return 0;
}
