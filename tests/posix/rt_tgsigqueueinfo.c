/* SPDX-License-Identifier: BSD-2-Clause */
/* rt_tgsigqueueinfo(): see rt_sigqueueinfo(2). */
#include "t.h"

static volatile int value, count;

static void on_usr(int sig, siginfo_t *si, void *uc)
{
	value = si->si_value.sival_int;
	count++;
}

static long queue(int pid, int tid, int sig, void *si)
{
	return syscall(SYS_rt_tgsigqueueinfo, pid, tid, sig, si);
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_usr, .sa_flags = SA_SIGINFO};
	siginfo_t si = {.si_code = SI_QUEUE};
	int pid = getpid();

	sigaction(SIGUSR1, &sa, NULL);
	si.si_value.sival_int = 55;
	t_ret("me", queue(pid, pid, SIGUSR1, &si));
	t_say("%d %d\n", value, count);
	t_ret("thread 0", queue(pid, 0, SIGUSR1, &si));
	t_ret("process 0", queue(0, pid, SIGUSR1, &si));
	t_ret("nobody", queue(pid, 4194303, SIGUSR1, &si));
	t_ret("no such signal", queue(pid, pid, 65, &si));
	t_ret("bad pointer", queue(pid, pid, SIGUSR1, T_BAD));
	t_ret("nobody, no such signal", queue(pid, 4194303, 65, &si));
	t_ret("process 1", queue(1, 1, 0, &si));
	si.si_code = SI_USER;
	t_ret("as by kill", queue(1, 1, 0, &si));
	t_ret("me, as by kill", queue(pid, pid, 0, &si));
	return 0;
}
