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
	t_ret("no such signal, and nobody", syscall(SYS_kill, 4194303, 65));
	t_ret("root to process 1", syscall(SYS_kill, 1, 0));
	t_ret("no such signal to it", syscall(SYS_kill, 1, 65));
	t_ret("be another", setresuid(1, 1, 0));
	t_ret("another to process 1", syscall(SYS_kill, 1, 0));
	t_ret("with a signal", syscall(SYS_kill, 1, SIGUSR1));
	t_ret("no such signal to it", syscall(SYS_kill, 1, 65));
	t_ret("its thread", syscall(SYS_tkill, 1, 0));
	t_ret("its thread", syscall(SYS_tgkill, 1, 1, SIGUSR1));
	t_ret("not its thread", syscall(SYS_tgkill, getpid(), 1, 0));
	t_ret("root's again", setresuid(1, 0, 0));
	t_ret("root to process 1", syscall(SYS_kill, 1, 0));
	t_ret("root", setresuid(0, 0, 0));
	signal(SIGUSR2, SIG_IGN);
	t_ret("ignored", syscall(SYS_kill, getpid(), SIGUSR2));
	t_ret("ignored by default", syscall(SYS_kill, getpid(), SIGCHLD));
	t_say("now the end\n");
	syscall(SYS_kill, getpid(), SIGTERM);
	t_say("not reached\n");
	return 0;
}
