/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fortified longjmp(3) and siglongjmp(3): the frame to jump to must not have
 * been left, that is, not lie below ours. On the alternative signal stack it
 * may, if it belongs to the stack that the signal came upon.
 */
#include "names/fortify.h"
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* Where musl's setjmp (src/setjmp/x86_64/setjmp.s) keeps the stack pointer. */
#define JB_RSP 6

static bool leaves_signal_stack(uintptr_t sp)
{
	stack_t ss;

	return !sigaltstack(NULL, &ss) && ss.ss_flags & SS_ONSTACK &&
	       sp - (uintptr_t)ss.ss_sp >= ss.ss_size;
}

_Noreturn void __longjmp_chk(jmp_buf to, int value)
{
	uintptr_t sp = to->__jb[JB_RSP];

	if (sp < (uintptr_t)__builtin_frame_address(0) &&
	    !leaves_signal_stack(sp))
		__fortify_fail("longjmp causes uninitialized stack frame");
	longjmp(to, value);
}
