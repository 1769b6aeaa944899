/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * membarrier(2). There is one processor, and a switch of threads
 * orders memory by itself: every barrier is over when it is asked for. What is
 * left is the protocol of registering.
 */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/membarrier.h>

#define EXPEDITED                                                              \
	(MEMBARRIER_CMD_PRIVATE_EXPEDITED |                                    \
	 MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE)
#define SUPPORTED                                                              \
	(MEMBARRIER_CMD_GLOBAL | MEMBARRIER_CMD_GLOBAL_EXPEDITED |             \
	 MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED | EXPEDITED |                \
	 MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED |                           \
	 MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE)

long sys_membarrier(px_membarriercmd cmd, px_uint flags, px_int cpu)
{
	struct process *p = current_process();

	/* MEMBARRIER_CMD_FLAG_CPU belongs to the RSEQ commands, which do not
	 * exist without rseq(2). */
	if (flags)
		return -EINVAL;
	switch (cmd) {
	case MEMBARRIER_CMD_QUERY:
		return SUPPORTED;
	case MEMBARRIER_CMD_GLOBAL:
	case MEMBARRIER_CMD_GLOBAL_EXPEDITED:
		return 0;
	case MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED:
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED:
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE:
		p->membarrier |= (unsigned int)cmd;
		return 0;
	/* The command that registers is the next bit. */
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED:
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE:
		return p->membarrier & (unsigned int)cmd << 1 ? 0 : -EPERM;
	}
	return -EINVAL;
}
