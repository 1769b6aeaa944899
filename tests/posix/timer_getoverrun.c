/* SPDX-License-Identifier: BSD-2-Clause */
/* timer_getoverrun(): see timer_getoverrun(2). */
#include "t.h"
#include <time.h>

static volatile int seen, overrun;

static void on_alarm(int sig, siginfo_t *si, void *uc)
{
	if (!seen++)
		overrun = si->si_overrun;
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_alarm,
			       .sa_flags = SA_SIGINFO};
	struct itimerspec it = {{0, 1000000}, {0, 1000000}};
	sigset_t set;
	int id;

	sigaction(SIGALRM, &sa, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, &id);
	t_val("none yet", syscall(SYS_timer_getoverrun, id));
	syscall(SYS_timer_settime, id, 0, &it, NULL);
	usleep(50000);
	t_val("blocked", seen);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	t_is("one signal for all", seen >= 1);
	t_is("overruns", overrun >= 40);
	memset(&it, 0, sizeof(it));
	syscall(SYS_timer_settime, id, 0, &it, NULL);
	t_ret("no such timer", syscall(SYS_timer_getoverrun, 12345));
	return 0;
}
