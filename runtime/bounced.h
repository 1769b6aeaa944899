/* SPDX-License-Identifier: BSD-2-Clause */
/* bounced.h: what lies at the top of the kernel stack of a thread whose own
 * code was interrupted (trap.c). */
#ifndef RUNTIME_BOUNCED_H
#define RUNTIME_BOUNCED_H

#include <posixen/thread.h>
#include <posixen/trap.h>

struct bounced {
	struct regs regs; /* first: trap_bounce hands on its address */
	int sig;	  /* 0: only work */
	int code;
	uintptr_t addr;
	void *fpu; /* the vector registers, once trap_on_kstack() has run */
};

static inline struct bounced *thread_bounced(const struct thread *t)
{
	uintptr_t at = (uintptr_t)t->kstack_top - sizeof(struct bounced);

	return (struct bounced *)ALIGN_DOWN(at, 16UL);
}

#endif
