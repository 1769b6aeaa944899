/* SPDX-License-Identifier: BSD-2-Clause */
/* rt_sigqueueinfo(): see rt_sigqueueinfo(2). */
#include "t.h"

static volatile int values[8], n;

static void on_rt(int sig, siginfo_t *si, void *uc)
{
	if (n < 8)
		values[n++] = si->si_value.sival_int;
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_rt, .sa_flags = SA_SIGINFO};
	siginfo_t si;
	sigset_t set;

	sigaction(40, &sa, NULL);
	sigemptyset(&set);
	sigaddset(&set, 40);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (int i = 1; i <= 3; i++) {
		memset(&si, 0, sizeof(si));
		si.si_code = SI_QUEUE;
		si.si_value.sival_int = i * 10;
		t_ret("queue", syscall(SYS_rt_sigqueueinfo, getpid(), 40, &si));
	}
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	t_say("%d: %d %d %d\n", n, values[0], values[1], values[2]);
	t_ret("look", syscall(SYS_rt_sigqueueinfo, getpid(), 0, &si));
	t_ret("no such signal",
	      syscall(SYS_rt_sigqueueinfo, getpid(), 65, &si));
	t_ret("bad pointer", syscall(SYS_rt_sigqueueinfo, getpid(), 40, T_BAD));
	t_ret("nobody", syscall(SYS_rt_sigqueueinfo, 4194303, 40, &si));
	t_ret("nobody, no such signal",
	      syscall(SYS_rt_sigqueueinfo, 4194303, 65, &si));
	t_ret("process 1", syscall(SYS_rt_sigqueueinfo, 1, 0, &si));
	t_ret("be another", setresuid(1, 1, 0));
	t_ret("process 1", syscall(SYS_rt_sigqueueinfo, 1, 0, &si));
	t_ret("process 1", syscall(SYS_rt_sigqueueinfo, 1, 40, &si));
	t_ret("no such signal", syscall(SYS_rt_sigqueueinfo, 1, 65, &si));
	t_ret("root again", setresuid(0, 0, 0));
	si.si_code = SI_USER;
	t_ret("to myself as by kill",
	      syscall(SYS_rt_sigqueueinfo, getpid(), 0, &si));
	t_ret("to another", syscall(SYS_rt_sigqueueinfo, 1, 0, &si));
	t_ret("to nobody", syscall(SYS_rt_sigqueueinfo, 4194303, 0, &si));
	si.si_code = SI_TKILL;
	t_ret("as by tkill", syscall(SYS_rt_sigqueueinfo, 1, 0, &si));
	si.si_code = SI_TIMER;
	t_ret("as by a timer", syscall(SYS_rt_sigqueueinfo, 1, 0, &si));
	return 0;
}
