/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals of the SSE unit: si_code says which of its exceptions, and a handler
 * masks them all in the context, so the instruction runs again and goes on. See
 * sigaction(2), "The siginfo_t argument". */
#include "t.h"
#include <ucontext.h>

static volatile int faults;
static volatile double vr;

#define MXCSR_OFF 0x1f80 /* nothing traps */

/* Print the reason; then nothing traps any more, and the instruction runs
 * again. */
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
}

static void sse(const char *name, unsigned int bit, double a, double b, int mul)
{
	unsigned int csr = MXCSR_OFF & ~(bit << 7);
	double r = a;

	t_say("%s\n", name);
	faults = 0;
	__asm__ volatile("ldmxcsr %0" : : "m"(csr));
	if (mul)
		__asm__ volatile("mulsd %1, %0" : "+x"(r) : "x"(b));
	else
		__asm__ volatile("divsd %1, %0" : "+x"(r) : "x"(b));
	csr = MXCSR_OFF;
	__asm__ volatile("ldmxcsr %0" : : "m"(csr));
	t_val("faults", faults);
	vr = r;
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_fpe, .sa_flags = SA_SIGINFO};

	sigaction(SIGFPE, &sa, NULL);
	sse("nothing traps", 0, 1, 0, 0);
	sse("by zero", 4, 1, 0, 0);
	t_is("infinite", vr > 1e308);
	sse("not a number", 1, 0, 0, 0);
	sse("too large", 8, 1e300, 1e300, 1);
	sse("too small", 16, 1e-300, 1e-300, 1);
	sse("not exact", 32, 1, 3, 0);
	return 0;
}
