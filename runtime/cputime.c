/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User and system time, by samples: <posixen/cputime.h>, and docs/DECISIONS.md
 * for why not by reading a clock at each call.
 *
 * A sample is due for every SAMPLE_NS of CPU time. The scheduler's alarm is set
 * for when that will be if the CPU stays busy, so an idle machine has none of
 * it; what interrupts for another reason, and a page fault, look too. A sample
 * that comes late counts for all that are due: what ran on was that one thing.
 */
#include <posixen/cputime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include "sched.h"

#define SAMPLE_NS 4000000ULL /* as a Linux of 250 Hz */
/* So much before its time a sample is taken: an alarm set for the little that
 * is left would always find the runtime, on its way out. */
#define EARLY_NS 200000ULL

static uint64_t due; /* the next sample, in plat_cpu_ns() */

static void count(struct cputime *c, bool system, uint32_t n)
{
	if (system)
		c->in_system += n;
	else
		c->in_user += n;
}

static void sample(struct thread *t, bool system)
{
	uint64_t now = plat_cpu_ns(), n;

	if (now + EARLY_NS >= due) {
		n = (now + EARLY_NS - due) / SAMPLE_NS + 1;
		due += n * SAMPLE_NS;
		count(&t->cputime, system, n);
		count(&t->proc->cputime, system, n);
	}
	sched_sample_at = plat_monotonic_ns() + (due - now);
}

/* Take samples from now on; nothing if they are taken already. */
static void begin_samples(void)
{
	struct process *p = current_process();

	if (sched_sample)
		return;
	sched_account();
	p->cputime.before = process_cpu_ns();
	list_for_each (pos, &p->threads) {
		struct thread *t = list_entry(pos, struct thread, proc_link);

		t->cputime.before = t->cpu_ns;
	}
	due = plat_cpu_ns() + SAMPLE_NS;
	sched_sample = sample;
	sample(current(), false);
	sched_set_alarm();
}

/* In proportion to the samples, but user and system time only ever grow. */
static void divide(struct cputime *c, uint64_t total)
{
	uint64_t n = (uint64_t)c->in_user + c->in_system, system = 0, rest;

	/* Threads of the runtime's that run may have been left out before. */
	total = MAX(total, c->user + c->system);
	if (n) {
		/* total * in_system / n without an overflow. */
		rest = total - c->before;
		system = rest / n * c->in_system + rest % n * c->in_system / n;
	}
	system = MIN(MAX(system, c->system), total - c->user);
	c->user = total - system;
	c->system = system;
}

void cputime_of_process(struct process *p)
{
	begin_samples();
	divide(&p->cputime, process_cpu_ns());
}

void cputime_of_thread(struct thread *t)
{
	begin_samples();
	sched_account();
	divide(&t->cputime, t->cpu_ns);
}

static int start(void)
{
	begin_samples();
	return 0;
}

SUBSYSTEM(cputime, .name = "CPU time", .start = start);
