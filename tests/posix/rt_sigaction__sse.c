/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals of the SSE unit: si_code says which of its exceptions, and a handler
 * masks them all in the context, so the instruction runs again and goes on. See
 * sigaction(2), "The siginfo_t argument". */
#include "fpe.h"

static volatile double vr;

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
	catch_fpe();
	sse("nothing traps", 0, 1, 0, 0);
	sse("by zero", 4, 1, 0, 0);
	t_is("infinite", vr > 1e308);
	sse("not a number", 1, 0, 0, 0);
	sse("too large", 8, 1e300, 1e300, 1);
	sse("too small", 16, 1e-300, 1e-300, 1);
	sse("not exact", 32, 1, 3, 0);
	return 0;
}
