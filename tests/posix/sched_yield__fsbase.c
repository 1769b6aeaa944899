/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched_yield(): a program that sets its thread pointer by an instruction,
 * wrfsbase, finds it as it was after other threads had the CPU: those in turn,
 * after a call, and in between, without one. Where the machine has no such
 * instruction (SIGILL) nothing can be lost.
 */
#include "t.h"
#include <asm/prctl.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>

#define BELOW 4096 /* thread-local variables lie below the thread pointer */
#define ABOVE 512

static sigjmp_buf no_such;
static volatile unsigned long counted;
static volatile int stop;
static unsigned long area[(BELOW + ABOVE) / sizeof(unsigned long)];

static void on_sigill(int sig)
{
	siglongjmp(no_such, 1);
}

static void *count(void *arg)
{
	while (!stop) {
		counted++;
		sched_yield();
	}
	return NULL;
}

static unsigned long get(void)
{
	unsigned long base;

	__asm__ volatile("rdfsbase %0" : "=r"(base) : : "memory");
	return base;
}

static void set(unsigned long base)
{
	__asm__ volatile("wrfsbase %0" : : "r"(base) : "memory");
}

/* Until the other thread has run a few times. */
static int yields(void)
{
	unsigned long from = counted;

	while (counted - from < 10)
		syscall(SYS_sched_yield);
	return 1;
}

static int computes(void)
{
	unsigned long from = counted;

	for (volatile long i = 0; counted - from < 3 && i < 3000000000L; i++)
		;
	return counted - from >= 3;
}

int main(void)
{
	unsigned long old, here, other = (unsigned long)area + BELOW, told = 0;
	volatile int kept_call = 1, kept_between = 1, asked = 1, ran = 1;
	pthread_t t;

	signal(SIGILL, on_sigill);
	t_ret("thread", pthread_create(&t, NULL, count, NULL));
	if (sigsetjmp(no_such, 1) == 0) {
		old = get();
		memcpy((void *)other, (void *)old, 256);
		set(other);
		ran = yields();
		here = get();
		kept_call = here == other;
		syscall(SYS_arch_prctl, ARCH_GET_FS, &told);
		asked = told == here;
		set(other);
		ran &= computes();
		kept_between = get() == other;
		set(old);
	}
	t_is("the other ran", ran);
	t_is("kept over a call", kept_call);
	t_is("the system knows", asked);
	t_is("kept in between", kept_between);
	stop = 1;
	pthread_join(t, NULL);
	return 0;
}
