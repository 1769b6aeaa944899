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

/* <bits/fenv.h>: what fesetmode(3) keeps and FE_DFL_MODE. */
struct mode {
	unsigned short x87, reserved;
	unsigned sse;
};

#define DEFAULT_X87 0x037f
#define SSE_FLAGS   0x3fU
#define DEFAULT_SSE 0x1f80U

int fegetmode(struct mode *mode)
{
	mode->reserved = 0;
	__asm__("fnstcw %0" : "=m"(mode->x87));
	__asm__("stmxcsr %0" : "=m"(mode->sse));
	return 0;
}

/* Rounding and masks change, the flags that are raised do not. */
int fesetmode(const struct mode *mode)
{
	unsigned short x87 = DEFAULT_X87;
	unsigned sse, wanted = DEFAULT_SSE;

	if (mode != (const struct mode *)-1L) {
		x87 = mode->x87;
		wanted = mode->sse;
	}
	__asm__("stmxcsr %0" : "=m"(sse));
	sse = (sse & SSE_FLAGS) | (wanted & ~SSE_FLAGS);
	__asm__ volatile("fldcw %0" : : "m"(x87));
	__asm__ volatile("ldmxcsr %0" : : "m"(sse));
	return 0;
}

/* Raise flags, but no signals: only the SSE unit's can be set like that. */
int fesetexcept(int excepts)
{
	unsigned sse;

	__asm__("stmxcsr %0" : "=m"(sse));
	sse |= excepts & FE_ALL_EXCEPT;
	__asm__ volatile("ldmxcsr %0" : : "m"(sse));
	return 0;
}

int fetestexceptflag(const fexcept_t *flags, int excepts)
{
	return *flags & excepts & FE_ALL_EXCEPT;
}
