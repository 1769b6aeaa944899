/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll_pwait2(epfd, events, n, time, mask): see epoll_wait(2). */
#include "t.h"
#include <sys/epoll.h>
#include <time.h>

static volatile int handled;

static void on_signal(int sig)
{
	handled++;
}

static long wait2(int ep, struct epoll_event *out, int n, void *ts, void *mask,
		  size_t size)
{
	return syscall(441, ep, out, n, ts, mask, size);
}

int main(void)
{
	struct epoll_event ev = {.events = EPOLLIN}, out;
	struct timespec ts = {0, 0};
	uint64_t none = 0;
	sigset_t block;
	int ep = epoll_create1(0), p[2];

	pipe(p);
	epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &ev);
	t_val("at once", wait2(ep, &out, 1, &ts, NULL, 0));
	ts.tv_nsec = 1000000;
	t_val("1 ms", wait2(ep, &out, 1, &ts, NULL, 0));
	t_val("time stays", ts.tv_nsec);
	ts.tv_nsec = -1;
	t_val("bad nanoseconds", wait2(ep, &out, 1, &ts, NULL, 0));
	t_val("bad time", wait2(ep, &out, 1, T_BAD, NULL, 0));
	signal(SIGUSR1, on_signal);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, NULL);
	raise(SIGUSR1);
	t_val("let in", wait2(ep, &out, 1, NULL, &none, 8));
	t_val("handled", handled);
	write(p[1], "x", 1);
	t_val("ready", wait2(ep, &out, 1, NULL, NULL, 0));
	return 0;
}
