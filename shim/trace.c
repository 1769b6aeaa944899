/* SPDX-License-Identifier: BSD-2-Clause */
/* The tracer: one line per call, as strace prints it. */
#include <posixen/klog.h>
#include <posixen/param.h>
#include "shim.h"

uint8_t shim_tracing;

void shim_trace_init(void)
{
	shim_tracing = param_get("trace") && param_bool("trace");
}

void shim_trace_enter(struct px_frame *f, struct trace_saved *saved)
{
}

void shim_trace_exit(struct px_frame *f, const struct trace_saved *saved)
{
	unsigned int i;

	klog_raw("%s(", f->call->name);
	for (i = 0; i < f->call->argc; i++)
		klog_raw("%s%#lx", i ? ", " : "", (long)f->args[i]);
	klog_raw(") = %ld\n", f->ret);
}
