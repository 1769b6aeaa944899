/* SPDX-License-Identifier: BSD-2-Clause */
/* ppoll(fds, nfds, time, mask): see ppoll(2). poll.c has the events. */
#include "t.h"
#include <poll.h>
#include <time.h>

static volatile int handled;

static void on_signal(int sig)
{
	handled++;
}

static long raw(struct pollfd *f, unsigned int n, struct timespec *ts,
		const void *mask, size_t size)
{
	return syscall(SYS_ppoll, f, n, ts, mask, size);
}

int main(void)
{
	struct timespec ts = {0, 0}, big = {100, 5};
	uint64_t none = 0;
	struct pollfd f;
	sigset_t block, pending;
	int p[2];

	pipe(p);
	f = (struct pollfd){p[0], POLLIN, 0};
	t_val("at once", raw(&f, 1, &ts, NULL, 0));
	ts.tv_nsec = 20000000;
	t_val("20 ms", raw(&f, 1, &ts, NULL, 0));
	t_is("no time left", ts.tv_sec == 0 && ts.tv_nsec == 0);
	write(p[1], "x", 1);
	t_val("ready", raw(&f, 1, &big, NULL, 0));
	t_is("time left", big.tv_sec == 99 || big.tv_sec == 100);
	t_val("for ever, ready", raw(&f, 1, NULL, NULL, 0));
	ts = (struct timespec){0, 1000000000};
	t_val("nanoseconds", raw(&f, 1, &ts, NULL, 0));
	ts = (struct timespec){-1, 0};
	t_val("negative", raw(&f, 1, &ts, NULL, 0));
	t_val("bad time", raw(&f, 1, T_BAD, NULL, 0));
	t_val("bad mask", raw(&f, 1, NULL, T_BAD, 8));
	t_val("size of mask", raw(&f, 1, NULL, &none, 4));
	t_val("bad fds", raw(T_BAD, 1, NULL, &none, 8));

	/* A blocked signal is let in for the wait, and only for it. */
	signal(SIGUSR1, on_signal);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, NULL);
	raise(SIGUSR1);
	t_val("blocked", handled);
	char c;
	read(p[0], &c, 1);
	t_val("let in", raw(&f, 1, NULL, &none, 8));
	t_val("handled", handled);
	raise(SIGUSR1);
	sigpending(&pending);
	t_val("blocked again", handled + 10 * sigismember(&pending, SIGUSR1));
	write(p[1], "x", 1);
	t_val("ready before the signal", raw(&f, 1, NULL, &none, 8));
	sigprocmask(SIG_UNBLOCK, &block, NULL);
	t_val("handled in the end", handled);
	return 0;
}
