/* SPDX-License-Identifier: BSD-2-Clause */
/* rt_sigsuspend(): see sigsuspend(2). */
#include "t.h"

static volatile int seen, in_mask;

static void on_alarm(int sig)
{
	sigset_t set;

	seen++;
	sigprocmask(SIG_BLOCK, NULL, &set);
	in_mask = sigismember(&set, SIGUSR2);
}

int main(void)
{
	unsigned long wait = 1UL << (SIGUSR2 - 1);
	sigset_t set;

	signal(SIGALRM, on_alarm);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGALRM);
	t_val("blocked", seen);
	t_ret("pending", syscall(SYS_rt_sigsuspend, &wait, 8));
	t_val("ran", seen);
	t_val("under the mask of the wait", in_mask);
	sigprocmask(SIG_BLOCK, NULL, &set);
	t_val("old mask: ALRM", sigismember(&set, SIGALRM));
	t_val("old mask: USR2", sigismember(&set, SIGUSR2));
	ualarm(10000, 10000);
	t_ret("waits", syscall(SYS_rt_sigsuspend, &wait, 8));
	t_val("ran", seen);
	t_ret("wrong size", syscall(SYS_rt_sigsuspend, &wait, 4));
	t_ret("bad pointer", syscall(SYS_rt_sigsuspend, T_BAD, 8));
	return 0;
}
