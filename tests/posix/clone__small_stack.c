/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone(): threads on the smallest stack that libc allows begin, take a signal
 * and end; a page below it catches who runs over.  t: alone
 */
#include "t.h"
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <sys/auxv.h>

#ifndef PTHREAD_STACK_MIN
#define PTHREAD_STACK_MIN 16384
#endif

static volatile int got, begun, done;
static sigjmp_buf back;

static void on_signal(int sig)
{
	got++;
}

static void *takes_signal(void *arg)
{
	begun = 1;
	while (!done)
		if (got)
			done = 1;
		else
			syscall(SYS_sched_yield);
	return arg;
}

/* On the smallest stack a frame with AVX-512 state may not fit, on Linux as
 * here: so the stack is that much larger, and libc's minimum besides. */
static size_t with_room(void)
{
	size_t frame = getauxval(AT_MINSIGSTKSZ);

#ifdef __GLIBC__
	frame += 20 * PTHREAD_STACK_MIN;
#endif
	return PTHREAD_STACK_MIN + (frame ? frame : 4096) + 2048;
}

static void on_fault(int sig, siginfo_t *info, void *uc)
{
	siglongjmp(back, 1);
}

static int deeper(int n)
{
	volatile char frame[512];

	frame[0] = (char)n;
	return n > 100000 ? 0 : deeper(n + 1) + frame[0];
}

static void *overruns(void *arg)
{
	static char alt[65536];
	stack_t ss = {.ss_sp = alt, .ss_size = sizeof(alt)};

	sigaltstack(&ss, NULL);
	if (sigsetjmp(back, 1) == 0)
		deeper(0);
	else
		done = 2;
	return arg;
}

static void error(const char *name, int err)
{
	errno = err;
	t_ret(name, err ? -1 : 0);
}

static void *returns(void *arg)
{
	return (char *)arg + 1;
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_signal};
	pthread_attr_t a;
	pthread_t t;
	void *r = NULL;
	int n = 0;

	pthread_attr_init(&a);
	error("smallest", pthread_attr_setstacksize(&a, PTHREAD_STACK_MIN));
	error("smaller", pthread_attr_setstacksize(&a, PTHREAD_STACK_MIN - 1));
	/* With the thread-local data of all these tests it does not fit glibc's
	 * rule any more. */
#ifdef __GLIBC__
	pthread_attr_setstacksize(&a, 20 * PTHREAD_STACK_MIN);
#endif
	for (int i = 0; i < 100; i++) {
		pthread_create(&t, &a, returns, r);
		pthread_join(t, &r);
	}
	t_val("ended", (long)r);

	sigaction(SIGUSR1, &sa, NULL);
	error("larger", pthread_attr_setstacksize(&a, with_room()));
	pthread_create(&t, &a, takes_signal, NULL);
	while (!begun)
		usleep(1000);
	error("signal", pthread_kill(t, SIGUSR1));
	pthread_join(t, NULL);
	t_val("taken", got);

	sa.sa_sigaction = on_fault;
	sa.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sigaction(SIGSEGV, &sa, NULL);
	pthread_attr_setstacksize(&a, 1 << 20);
	for (; n < 3; n++) {
		pthread_create(&t, &a, overruns, NULL);
		pthread_join(t, NULL);
	}
	t_val("the guard page", done);
	return 0;
}
