/* SPDX-License-Identifier: BSD-2-Clause */
/* pselect6(n, in, out, except, time, mask): see pselect(2). */
#include "t.h"
#include <sys/select.h>
#include <time.h>

static volatile int handled;

static void on_signal(int sig)
{
	handled++;
}

int main(void)
{
	struct timespec ts = {0, 0};
	uint64_t none = 0;
	struct {
		const void *mask;
		size_t size;
	} sig = {NULL, 0};
	fd_set in;
	sigset_t block;
	int p[2];

	pipe(p);
	FD_ZERO(&in);
	FD_SET(p[0], &in);
	t_val("at once", syscall(SYS_pselect6, p[0] + 1, &in, 0, 0, &ts, 0));
	write(p[1], "x", 1);
	FD_SET(p[0], &in);
	ts.tv_sec = 100;
	t_val("ready", syscall(SYS_pselect6, p[0] + 1, &in, 0, 0, &ts, &sig));
	t_is("time left", ts.tv_sec == 99 || ts.tv_sec == 100);
	ts = (struct timespec){0, -1};
	t_val("bad nanoseconds", syscall(SYS_pselect6, 0, 0, 0, 0, &ts, 0));
	t_val("bad pair", syscall(SYS_pselect6, 0, 0, 0, 0, 0, T_BAD));
	sig.mask = &none;
	sig.size = 7;
	t_val("size of mask", syscall(SYS_pselect6, 0, 0, 0, 0, 0, &sig));
	sig.mask = T_BAD;
	sig.size = 8;
	t_val("bad mask", syscall(SYS_pselect6, 0, 0, 0, 0, 0, &sig));
	t_val("negative", syscall(SYS_pselect6, -1, 0, 0, 0, 0, 0));

	signal(SIGUSR1, on_signal);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, NULL);
	raise(SIGUSR1);
	sig.mask = &none;
	t_val("let in", syscall(SYS_pselect6, 0, 0, 0, 0, 0, &sig));
	t_val("handled", handled);
	return 0;
}
