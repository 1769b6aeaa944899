/* SPDX-License-Identifier: BSD-2-Clause */
/* tkill(): see tkill(2). */
#include "t.h"
#include <pthread.h>

static volatile int who[2], code;

static void on_usr(int sig, siginfo_t *info, void *uc)
{
	who[sig == SIGUSR2] = syscall(SYS_gettid);
	code = info->si_code;
}

static volatile int tid, done;

static void *other(void *arg)
{
	tid = syscall(SYS_gettid);
	while (!done)
		usleep(1000);
	return NULL;
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_usr, .sa_flags = SA_SIGINFO};
	pthread_t t;

	sigaction(SIGUSR1, &sa, NULL);
	sigaction(SIGUSR2, &sa, NULL);
	t_ret("me", syscall(SYS_tkill, syscall(SYS_gettid), SIGUSR1));
	t_is("it was me", who[0] == getpid());
	t_is("by tkill", code == SI_TKILL);
	pthread_create(&t, NULL, other, NULL);
	while (!tid)
		usleep(1000);
	t_ret("the other", syscall(SYS_tkill, tid, SIGUSR2));
	while (!who[1])
		usleep(1000);
	t_is("it was the other", who[1] == tid);
	done = 1;
	pthread_join(t, NULL);
	t_ret("is it there", syscall(SYS_tkill, getpid(), 0));
	t_ret("thread 0", syscall(SYS_tkill, 0, SIGUSR1));
	t_ret("nobody", syscall(SYS_tkill, 4194303, SIGUSR1));
	t_ret("no such signal", syscall(SYS_tkill, getpid(), 65));
	t_ret("negative signal", syscall(SYS_tkill, getpid(), -1));

	return 0;
}
