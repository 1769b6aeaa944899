/* SPDX-License-Identifier: BSD-2-Clause */
/* rt_sigtimedwait(): see sigtimedwait(2). */
#include "t.h"
#include <time.h>

static void on_alarm(int sig)
{
}

static long wait(unsigned long set, siginfo_t *si, struct timespec *ts)
{
	return syscall(SYS_rt_sigtimedwait, &set, si, ts, 8);
}

int main(void)
{
	unsigned long usr1 = 1UL << (SIGUSR1 - 1), rt = 1UL << (40 - 1);
	struct timespec ts = {0, 10000000}, bad = {0, 1000000000};
	union sigval v = {.sival_int = 11};
	siginfo_t si;
	sigset_t set;

	sigfillset(&set);
	sigdelset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	kill(getpid(), SIGUSR1);
	t_val("pending", wait(usr1, &si, NULL));
	t_is("info", si.si_signo == SIGUSR1 && si.si_code == SI_USER &&
			     si.si_pid == getpid());
	t_val("none: time-out", wait(usr1, &si, &ts));
	ts.tv_nsec = 0;
	t_val("none: look", wait(usr1, &si, &ts));
	/* Real-time signals queue, with their values, in order. */
	sigqueue(getpid(), 40, v);
	v.sival_int = 12;
	sigqueue(getpid(), 40, v);
	t_val("first", wait(rt, &si, NULL));
	t_val("value", si.si_value.sival_int);
	t_val("second", wait(rt, &si, NULL));
	t_val("value", si.si_value.sival_int);
	t_val("no third", wait(rt, NULL, &ts));
	signal(SIGALRM, on_alarm);
	ualarm(10000, 10000);
	t_ret("interrupted", wait(usr1, &si, NULL));
	t_ret("bad time", wait(usr1, &si, &bad));
	t_ret("wrong size", syscall(SYS_rt_sigtimedwait, &usr1, NULL, NULL, 4));
	t_ret("bad set", syscall(SYS_rt_sigtimedwait, T_BAD, NULL, NULL, 8));
	t_ret("bad time's address", wait(usr1, &si, T_BAD));
	kill(getpid(), SIGUSR1);
	t_ret("bad info", wait(usr1, T_BAD, NULL));
	return 0;
}
