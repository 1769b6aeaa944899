/* SPDX-License-Identifier: BSD-2-Clause */
/* rt_sigpending(): see sigpending(2). */
#include "t.h"

int main(void)
{
	unsigned long set = 0;
	sigset_t block;

	t_ret("none", syscall(SYS_rt_sigpending, &set, 8));
	t_say("%lx\n", set);
	sigfillset(&block);
	sigprocmask(SIG_BLOCK, &block, NULL);
	raise(SIGUSR1);
	kill(getpid(), SIGUSR2);
	kill(getpid(), SIGCHLD);
	t_ret("thread's and process's", syscall(SYS_rt_sigpending, &set, 8));
	t_say("%lx\n", set);
	t_ret("too large", syscall(SYS_rt_sigpending, &set, 16));
	t_ret("bad pointer", syscall(SYS_rt_sigpending, T_BAD, 8));
	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, SIG_IGN);
	return 0;
}
