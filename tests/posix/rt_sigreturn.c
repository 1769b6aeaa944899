/* SPDX-License-Identifier: BSD-2-Clause */
/* rt_sigreturn(): see sigreturn(2). What the handler writes into the context
 * is what the program goes on with. */
#include "t.h"
#include <ucontext.h>

static volatile int reached;

static void target(void)
{
	reached = 1;
	/* As if called: the return address is still on the stack. */
}

static void on_usr(int sig, siginfo_t *si, void *p)
{
	ucontext_t *uc = p;

	/* Block SIGUSR2 behind the handler. */
	sigaddset(&uc->uc_sigmask, SIGUSR2);
}

static void on_ill(int sig, siginfo_t *si, void *p)
{
	ucontext_t *uc = p;

	t_is("si_addr is the instruction",
	     (uintptr_t)si->si_addr ==
		     (uintptr_t)uc->uc_mcontext.gregs[REG_RIP]);
	uc->uc_mcontext.gregs[REG_RIP] += 2; /* behind ud2 */
	uc->uc_mcontext.gregs[REG_RAX] = 1234;
}

static void on_segv(int sig, siginfo_t *si, void *p)
{
	ucontext_t *uc = p;
	long *sp = (long *)uc->uc_mcontext.gregs[REG_RSP];

	t_is("si_addr", si->si_addr == T_BAD);
	t_val("si_code", si->si_code);
	/* Return from the function that faulted. */
	uc->uc_mcontext.gregs[REG_RIP] = *sp;
	uc->uc_mcontext.gregs[REG_RSP] = (long)(sp + 1);
	target();
}

__attribute__((noinline, naked)) static void faults(void)
{
	__asm__("movl $1, 8\n\tret");
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_usr, .sa_flags = SA_SIGINFO};
	long rax = 0;
	sigset_t set;

	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	sigprocmask(SIG_BLOCK, NULL, &set);
	t_val("the mask of the context", sigismember(&set, SIGUSR2));
	t_val("not the handler's", sigismember(&set, SIGUSR1));

	sa.sa_sigaction = on_ill;
	sigaction(SIGILL, &sa, NULL);
	__asm__ volatile("ud2" : "=a"(rax));
	t_val("a changed register", rax);

	sa.sa_sigaction = on_segv;
	sigaction(SIGSEGV, &sa, NULL);
	faults();
	t_val("went on", reached);
	return 0;
}
