/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts calls of absent handlers, and says at the end which they were
 * (syscalls=report, or any tracing).
 */
#include <posixen/entry.h>
#include <posixen/klog.h>
#include <posixen/param.h>
#include "shim.h"

/* No program met so far makes more than a dozen different absent calls; what
 * does not fit is counted together. */
#define MAX_CALLS 32

static struct {
	const struct px_call *call;
	unsigned int times;
} absent[MAX_CALLS];
static unsigned int others;
static bool wanted;

/* From absent_entry.S, for the call that the current thread is in. */
void shim_count_absent(void)
{
	const struct px_call *call = uframe_to_frame(current()->uframe)->call;
	unsigned int i;

	for (i = 0; i < MAX_CALLS; i++) {
		if (!absent[i].call)
			absent[i].call = call;
		if (absent[i].call == call) {
			absent[i].times++;
			return;
		}
	}
	others++;
}

/* px_syscall came with a number that the table does not have. */
long shim_unknown(long nr)
{
	others++;
	if (wanted && !(shim_tracing & SHIM_TRACE))
		klog("syscall(%ld): no such call in this image\n", nr);
	return -ENOSYS;
}

void shim_init(void)
{
	const char *how = param_get("syscalls");

	shim_trace_init();
	shim_stats_init();
	wanted = (shim_tracing & SHIM_TRACE) || (how && *how == 'r');
}

void shim_report(void)
{
	unsigned int i;

	shim_stats_report();
	if (!wanted)
		return;
	for (i = 0; i < MAX_CALLS && absent[i].call; i++)
		klog("%s is absent; calls: %u\n", absent[i].call->name,
		     absent[i].times);
	if (others)
		klog("calls of other absent numbers: %u\n", others);
}
