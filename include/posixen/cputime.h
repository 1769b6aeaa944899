/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cputime.h: CPU time told apart into the program's own (user) and that of the
 * runtime's calls and page faults (system), for getrusage(2), times(2), proc(5)
 * and ITIMER_VIRTUAL (runtime/cputime.c).
 *
 * Nothing is measured at a call: while the CPU is busy it is looked every few
 * milliseconds where it is, and the exact total is divided in proportion.
 */
#ifndef POSIXEN_CPUTIME_H
#define POSIXEN_CPUTIME_H

#include <posixen/types.h>

struct process;
struct thread;

/* Of a process and of a thread; all zero is a good start. */
struct cputime {
	uint32_t in_user, in_system; /* samples */
	/* CPU time, ns, from before samples were taken: told as user's. */
	uint64_t before;
	/* What was told last: neither goes back. */
	uint64_t user, system;
};

/* Bring p->cputime.user and .system up to date; their sum is
 * process_cpu_ns(). Samples are taken from the first call on; in an image that
 * requires the subsystem `cputime`, from the program's start. Kernel context.
 */
void cputime_of_process(struct process *p);
/* The same for a thread; the sum is its cpu_ns after sched_account(). */
void cputime_of_thread(struct thread *t);

#endif
