/* SPDX-License-Identifier: BSD-2-Clause */
/* sigaltstack(): see sigaltstack(2). */
#include "t.h"
#include <setjmp.h>

static char alt[65536];
static volatile int inside;
static sigjmp_buf back;

static void on_usr(int sig)
{
	stack_t ss;
	char here;

	inside = &here >= alt && &here < alt + sizeof(alt);
	syscall(SYS_sigaltstack, NULL, &ss);
	t_val("flags inside", ss.ss_flags);
	t_ret("change inside", syscall(SYS_sigaltstack, &ss, NULL));
}

static void on_segv(int sig)
{
	char here;

	inside = &here >= alt && &here < alt + sizeof(alt);
	siglongjmp(back, 1);
}

/* Run out of stack. */
static int deep(volatile char *above)
{
	volatile char frame[4096];

	frame[0] = above ? above[0] : 0;
	return deep(frame) + frame[1];
}

int main(void)
{
	stack_t ss = {.ss_sp = alt, .ss_size = sizeof(alt)}, old;
	struct sigaction sa = {.sa_handler = on_usr, .sa_flags = SA_ONSTACK};

	t_ret("read", syscall(SYS_sigaltstack, NULL, &old));
	t_val("none", old.ss_flags);
	t_ret("set", syscall(SYS_sigaltstack, &ss, NULL));
	t_ret("read", syscall(SYS_sigaltstack, NULL, &old));
	t_is("same", old.ss_sp == alt && old.ss_size == sizeof(alt) &&
			     old.ss_flags == 0);
	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	t_val("handler was on it", inside);
	sa.sa_handler = on_segv;
	sigaction(SIGSEGV, &sa, NULL);
	inside = 0;
	if (!sigsetjmp(back, 1))
		deep(NULL);
	t_val("stack overflow was seen on it", inside);
	ss.ss_size = 100;
	t_ret("too small", syscall(SYS_sigaltstack, &ss, NULL));
	ss.ss_size = sizeof(alt);
	ss.ss_flags = 4;
	t_ret("no such flag", syscall(SYS_sigaltstack, &ss, NULL));
	t_ret("bad new", syscall(SYS_sigaltstack, T_BAD, NULL));
	t_ret("bad old", syscall(SYS_sigaltstack, NULL, T_BAD));
	ss.ss_flags = SS_DISABLE;
	t_ret("off", syscall(SYS_sigaltstack, &ss, NULL));
	syscall(SYS_sigaltstack, NULL, &old);
	t_val("is off", old.ss_flags);
	return 0;
}
