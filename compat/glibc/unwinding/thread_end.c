/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_exit(3), and so pthread_cancel(3), in programs that unwind: the
 * destructors of the thread's C++ frames run, from the inside out, and what
 * pthread_cleanup_push(3) has pushed runs when its frame is left. It is the
 * forced unwinding of the Itanium C++ ABI, which `catch (...)` sees and must
 * throw on. Where the tables end, the thread ends as without.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unwind.h>

#include "pthread_impl.h"

_Noreturn void __pthread_exit(void *result);

/* Before each frame is left, and at the end, where the value is not used. */
static _Unwind_Reason_Code leave_frame(int version, _Unwind_Action actions,
				       _Unwind_Exception_Class kind,
				       struct _Unwind_Exception *thrown,
				       struct _Unwind_Context *context,
				       void *result)
{
	pthread_t self = __pthread_self();
	uintptr_t left = _Unwind_GetCFA(context);
	struct __ptcb *handler;

	while ((handler = self->cancelbuf) && (uintptr_t)handler < left) {
		self->cancelbuf = handler->__next;
		handler->__f(handler->__x);
	}
	if (actions & _UA_END_OF_STACK)
		__pthread_exit(result);
	return _URC_NO_REASON;
}

static void swallowed(_Unwind_Reason_Code why, struct _Unwind_Exception *thrown)
{
	fputs("FATAL: exception not rethrown\n", stderr);
	abort();
}

_Noreturn void pthread_exit(void *result)
{
	/* Not in this frame: destructors run where it was. */
	static _Thread_local struct _Unwind_Exception thrown;
	pthread_t self = __pthread_self();

	/* For __pthread_unwind_next(), when a C handler was here. */
	self->result = result;
	thrown.exception_cleanup = swallowed;
	self->canceldisable = PTHREAD_CANCEL_DISABLE;
	self->cancelasync = 0;
	_Unwind_ForcedUnwind(&thrown, leave_frame, result);
	__pthread_exit(result);
}
