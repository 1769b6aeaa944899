/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * debugger.c: stopping for a debugger outside (tools/posixenlib/gdbserver.py).
 *
 * It reads and writes the guest's memory and can pause it, but Xen gives the
 * exceptions of a PV guest's user mode, where all of us runs, to the guest. So
 * the guest stops by itself: it says why and turns round here until the
 * debugger, who looks now and then, has seen it, and pauses the domain. What
 * it changes of the registers on the exception stack is in force on return.
 *
 * Nobody but the debugger sets attached.
 */
#include <posixen/debug.h>

static volatile struct {
	uint32_t attached;
	uint32_t stopped;
	int32_t why; /* a signal, or DEBUG_EXIT; 0 on return: forget it */
} px_debugger;

bool debugger_stop(int why)
{
	if (likely(!px_debugger.attached))
		return false;
	px_debugger.why = why;
	px_debugger.stopped = 1;
	while (px_debugger.stopped)
		__asm__ volatile("pause");
	return px_debugger.why == 0;
}
