/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_getattr(): see sched_getattr(2). */
#include "t.h"

int main(void)
{
	unsigned int a[64];

	memset(a, 0xee, sizeof(a));
	t_ret("mine", syscall(SYS_sched_getattr, 0, a, 48, 0));
	t_val("size", a[0]);
	t_val("policy", a[1]);
	t_val("nice", (int)a[4]);
	t_is("no more than asked for", a[12] == 0xeeeeeeee);
	t_ret("larger", syscall(SYS_sched_getattr, 0, a, sizeof(a), 0));
	t_is("size of what is known", a[0] >= 56 && a[0] < sizeof(a));
	t_ret("too small", syscall(SYS_sched_getattr, 0, a, 47, 0));
	t_ret("too large", syscall(SYS_sched_getattr, 0, a, 4097, 0));
	t_ret("flags", syscall(SYS_sched_getattr, 0, a, 48, 1));
	t_ret("negative", syscall(SYS_sched_getattr, -1, a, 48, 0));
	t_ret("nobody", syscall(SYS_sched_getattr, 4194303, a, 48, 0));
	t_ret("null", syscall(SYS_sched_getattr, 0, NULL, 48, 0));
	t_ret("bad pointer", syscall(SYS_sched_getattr, 0, T_BAD, 48, 0));
	return 0;
}
