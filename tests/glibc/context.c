/* SPDX-License-Identifier: BSD-2-Clause */
/* makecontext(3) and swapcontext(3): coroutines, arguments, masks, rounding. */
#define _GNU_SOURCE
#include "test.h"
#include <fenv.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define STACK 65536

static ucontext_t here, there, third;
static char *stack[2];

static void set_stack(ucontext_t *ctx, int n, ucontext_t *link)
{
	getcontext(ctx);
	ctx->uc_stack.ss_sp = stack[n];
	ctx->uc_stack.ss_size = STACK;
	ctx->uc_link = link;
}

static void count(int from, int to)
{
	for (int i = from; i < to; i++) {
		printf("counted %d\n", i);
		swapcontext(&there, &here);
	}
	printf("no more\n");
}

static void many(long a, long b, long c, long d, long e, long f, long g, long h,
		 long i)
{
	double x = a;

	printf("%ld %ld %ld %ld %ld %ld %ld %ld %ld %.1f\n", a, b, c, d, e, f,
	       g, h, i, x / 2);
	printf("aligned %d\n", !((uintptr_t)__builtin_frame_address(0) & 15));
}

static void second(void)
{
	printf("second\n");
}

static void coroutines(void)
{
	int turns = 0;

	set_stack(&there, 0, &here);
	makecontext(&there, (void (*)(void))count, 2, 3, 6);
	for (; turns < 4; turns++)
		swapcontext(&here, &there);
	SHOW(turns);
	set_stack(&there, 0, &here);
	makecontext(&there, (void (*)(void))many, 9, 1L, 2L, 3L, 4L, 5L, 6L, 7L,
		    8L, 1L << 40);
	swapcontext(&here, &there);
	/* One after the other by uc_link. */
	set_stack(&there, 0, &third);
	set_stack(&third, 1, &here);
	makecontext(&there, second, 0);
	makecontext(&third, second, 0);
	SHOW(swapcontext(&here, &there));
}

static void again(void)
{
	volatile int times = 0;
	volatile double kept = 1.5;

	SHOW(getcontext(&here));
	times++;
	kept *= 2;
	if (times < 3)
		setcontext(&here);
	SHOW(times);
	SHOW(kept == 12.0);
}

static int blocked(int signal)
{
	sigset_t now;

	sigprocmask(SIG_BLOCK, NULL, &now);
	return sigismember(&now, signal);
}

static void with_mask(void)
{
	SHOW(blocked(SIGUSR1));
	SHOW(blocked(SIGUSR2));
	SHOW(fegetround() == FE_UPWARD);
}

static void masks(void)
{
	sigset_t set;

	set_stack(&there, 0, &here);
	sigemptyset(&there.uc_sigmask);
	sigaddset(&there.uc_sigmask, SIGUSR1);
	makecontext(&there, with_mask, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_SETMASK, &set, NULL);
	swapcontext(&here, &there);
	SHOW(blocked(SIGUSR1));
	SHOW(blocked(SIGUSR2));
	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	fesetround(FE_UPWARD);
	set_stack(&there, 0, &here);
	makecontext(&there, with_mask, 0);
	fesetround(FE_TONEAREST);
	swapcontext(&here, &there);
	SHOW(fegetround() == FE_TONEAREST);
}

void test_context(void)
{
	stack[0] = malloc(STACK);
	stack[1] = malloc(STACK);
	coroutines();
	again();
	masks();
	free(stack[0]);
	free(stack[1]);
}
