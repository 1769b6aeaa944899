/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll_pwait(epfd, events, n, ms, mask): see epoll_wait(2). */
#include "t.h"
#include <sys/epoll.h>

static volatile int handled;

static void on_signal(int sig)
{
	handled++;
}

int main(void)
{
	struct epoll_event ev = {.events = EPOLLIN}, out;
	uint64_t none = 0;
	sigset_t block;
	int ep = epoll_create1(0), p[2];

	pipe(p);
	epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &ev);
	t_val("no mask", syscall(SYS_epoll_pwait, ep, &out, 1, 0, NULL, 0));
	t_val("size", syscall(SYS_epoll_pwait, ep, &out, 1, 0, &none, 4));
	t_val("bad mask", syscall(SYS_epoll_pwait, ep, &out, 1, 0, T_BAD, 8));
	signal(SIGUSR1, on_signal);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, NULL);
	raise(SIGUSR1);
	t_val("let in", syscall(SYS_epoll_pwait, ep, &out, 1, -1, &none, 8));
	t_val("handled", handled);
	raise(SIGUSR1);
	write(p[1], "x", 1);
	t_val("ready first",
	      syscall(SYS_epoll_pwait, ep, &out, 1, -1, &none, 8));
	sigprocmask(SIG_UNBLOCK, &block, NULL);
	t_val("handled", handled);
	return 0;
}
