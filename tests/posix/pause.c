/* SPDX-License-Identifier: BSD-2-Clause */
/* pause(): see pause(2). */
#include "t.h"

static volatile int seen;

static void on_alarm(int sig)
{
	seen = sig;
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};

	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 20000);
	t_ret("pause", syscall(SYS_pause));
	t_is("the handler ran", seen == SIGALRM);
	return 0;
}
