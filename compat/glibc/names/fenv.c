/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * feenableexcept(3): which floating point exceptions raise SIGFPE. A bit that
 * is set in a control word masks its exception; the SSE unit's mask lies seven
 * bits above its flags (Intel SDM volume 1, 8.1.5 and 10.2.3).
 */
#include <fenv.h>

#define MXCSR_MASK_SHIFT 7

/* Sets and clears bits of both masks; returns what was masked before. */
static int change_masks(int set, int clear)
{
	unsigned short x87;
	unsigned sse;
	int before;

	__asm__("fnstcw %0" : "=m"(x87));
	before = x87 & FE_ALL_EXCEPT;
	x87 = (x87 | set) & ~clear;
	__asm__ volatile("fldcw %0" : : "m"(x87));
	__asm__("stmxcsr %0" : "=m"(sse));
	sse = (sse | set << MXCSR_MASK_SHIFT) & ~(clear << MXCSR_MASK_SHIFT);
	__asm__ volatile("ldmxcsr %0" : : "m"(sse));
	return before;
}

int feenableexcept(int excepts)
{
	return FE_ALL_EXCEPT & ~change_masks(0, excepts & FE_ALL_EXCEPT);
}

int fedisableexcept(int excepts)
{
	return FE_ALL_EXCEPT & ~change_masks(excepts & FE_ALL_EXCEPT, 0);
}

int fegetexcept(void)
{
	return FE_ALL_EXCEPT & ~change_masks(0, 0);
}
