/* SPDX-License-Identifier: BSD-2-Clause */
/* kill(): see kill(2).  t: alone */
#include "t.h"

static volatile int seen, pid_in, code_in;

static void on_usr(int sig, siginfo_t *info, void *uc)
{
	seen = sig;
	pid_in = info->si_pid;
	code_in = info->si_code;
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_usr, .sa_flags = SA_SIGINFO};

	sigaction(SIGUSR1, &sa, NULL);
	t_ret("me", syscall(SYS_kill, getpid(), SIGUSR1));
	t_is("it came before kill returned", seen == SIGUSR1);
	t_is("from me", pid_in == getpid());
	t_is("by kill", code_in == SI_USER);
	seen = 0;
	t_ret("my group", syscall(SYS_kill, 0, SIGUSR1));
	t_is("came", seen == SIGUSR1);
	t_ret("am I there", syscall(SYS_kill, getpid(), 0));
	t_ret("nobody", syscall(SYS_kill, 4194303, SIGUSR1));
	t_ret("no such group", syscall(SYS_kill, -4194303, SIGUSR1));
	t_ret("no such signal", syscall(SYS_kill, getpid(), 65));
	t_ret("negative", syscall(SYS_kill, getpid(), -1));
	signal(SIGUSR2, SIG_IGN);
	t_ret("ignored", syscall(SYS_kill, getpid(), SIGUSR2));
	t_ret("ignored by default", syscall(SYS_kill, getpid(), SIGCHLD));
	t_say("now the end\n");
	syscall(SYS_kill, getpid(), SIGTERM);
	t_say("not reached\n");
	return 0;
}
