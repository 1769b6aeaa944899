/* SPDX-License-Identifier: BSD-2-Clause */
/* fpe.h: what the tests of SIGFPE share: a handler that masks all exceptions of
 * both units in the context, so that the instruction runs again and goes on. */
#ifndef TESTS_POSIX_FPE_H
#define TESTS_POSIX_FPE_H

#include "t.h"
#include <ucontext.h>

#define MXCSR_OFF 0x1f80 /* nothing traps */
#define CWD_OFF	  0x3f

static volatile int faults;

/* Print the reason; then nothing traps any more. */
static void on_fpe(int sig, siginfo_t *si, void *p)
{
	ucontext_t *uc = p;
	fpregset_t fp = uc->uc_mcontext.fpregs;

	faults++;
	t_say("    signal %d, code %d, at %s, trap %d\n", sig, si->si_code,
	      (uintptr_t)si->si_addr ==
			      (uintptr_t)uc->uc_mcontext.gregs[REG_RIP]
		      ? "the instruction"
		      : "elsewhere",
	      (int)uc->uc_mcontext.gregs[REG_TRAPNO]);
	fp->mxcsr = MXCSR_OFF;
	fp->cwd |= CWD_OFF;
	fp->swd &= ~0x80ff;
}

static void catch_fpe(void)
{
	struct sigaction sa = {.sa_sigaction = on_fpe, .sa_flags = SA_SIGINFO};

	sigaction(SIGFPE, &sa, NULL);
}

#endif
