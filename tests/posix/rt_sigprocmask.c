/* SPDX-License-Identifier: BSD-2-Clause */
/* rt_sigprocmask(): see sigprocmask(2). */
#include "t.h"

static volatile int seen;

static void on_usr(int sig)
{
	seen++;
}

static long mask(int how, const unsigned long *set, unsigned long *old)
{
	return syscall(SYS_rt_sigprocmask, how, set, old, 8);
}

int main(void)
{
	unsigned long set = 1UL << (SIGUSR1 - 1), old = 7;

	signal(SIGUSR1, on_usr);
	t_ret("block", mask(SIG_BLOCK, &set, &old));
	t_val("old", old);
	raise(SIGUSR1);
	raise(SIGUSR1);
	t_val("held back", seen);
	t_ret("unblock", mask(SIG_UNBLOCK, &set, &old));
	t_val("came once, before the call was over", seen);
	t_is("old", old == set);
	set = ~0UL;
	t_ret("all", mask(SIG_SETMASK, &set, NULL));
	t_ret("read", mask(99, NULL, &old));
	t_say("%lx\n", old);
	set = 0;
	t_ret("none", mask(SIG_SETMASK, &set, NULL));
	t_ret("no such way", mask(99, &set, NULL));
	t_ret("wrong size", syscall(SYS_rt_sigprocmask, 0, &set, NULL, 4));
	t_ret("bad set", mask(SIG_BLOCK, T_BAD, NULL));
	t_ret("bad old", mask(SIG_BLOCK, NULL, T_BAD));
	return 0;
}
