/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program's own sysenter, which is for 32-bit programs: a signal, that a
 * handler can survive as on Linux. Which one depends on the processor and on
 * who is beneath, so it is not printed.
 */
#include "t.h"
#include <setjmp.h>

static sigjmp_buf back;
static char stack[65536];

static void on_fault(int sig)
{
	siglongjmp(back, sig);
}

int main(void)
{
	/* Linux has cut off the upper half of the stack pointer. */
	stack_t ss = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction sa = {.sa_handler = on_fault, .sa_flags = SA_ONSTACK};
	volatile int caught = 0;

	sigaltstack(&ss, NULL);
	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGILL, &sa, NULL);
	for (volatile int i = 0; i < 3; i++) {
		int sig = sigsetjmp(back, 1);

		if (!sig)
			/* eax: a 32-bit call that there is not. rbp is that
			 * call's stack pointer. */
			__asm__ volatile("push %%rbp; xor %%ebp, %%ebp\n\t"
					 "sysenter"
					 :
					 : "a"(0xffff)
					 : "memory");
		caught += sig == SIGSEGV || sig == SIGILL;
	}
	t_val("caught", caught);
	ss.ss_flags = SS_DISABLE; /* who comes next in this guest has none */
	sigaltstack(&ss, NULL);
	t_ret("goes on", getpid());
	return 0;
}
