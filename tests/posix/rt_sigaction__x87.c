/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals of the x87 unit: si_code says which of its exceptions, and a handler
 * masks them all in the context, so the instruction runs again and goes on. See
 * sigaction(2), "The siginfo_t argument". */
#include "fpe.h"

static void x87(const char *name, unsigned int bit, double a, double b)
{
	unsigned short cw = 0x37f & ~bit;
	double r;

	t_say("%s\n", name);
	faults = 0;
	__asm__ volatile(
		"fninit\n\tfldcw %1\n\tfldl %2\n\tfdivl %3\n\tfwait\n\t"
		"fstpl %0\n\tfninit"
		: "=m"(r)
		: "m"(cw), "m"(a), "m"(b));
	t_val("faults", faults);
}

int main(void)
{
	catch_fpe();
	x87("nothing traps", 0, 1, 0);
	x87("by zero", 4, 1, 0);
	x87("not a number", 1, 0, 0);
	x87("not exact", 32, 1, 3);
	return 0;
}
