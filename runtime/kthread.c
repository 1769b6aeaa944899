/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads of the runtime's own. They belong to a process that has nothing but
 * them: no pid, memory or files, and a place in no list that a program sees.
 *
 * They have priority over every thread of the program, because it waits for
 * what they do, and they do little before they wait.
 */
#include <posixen/kthread.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <linux/sched.h>
#include "sched.h"

#define PRIORITY 100 /* sched(7): a program's go up to 99 */

static struct process *kernel_process; /* made for the first */
static uint64_t ended_cpu_ns;	       /* CPU time of those that ended */

struct start {
	void (*fn)(void *arg);
	void *arg;
};

static void run(void *arg)
{
	struct start s = *(struct start *)arg;
	struct thread *self = current();

	kfree(arg);
	s.fn(s.arg);
	sched_account();
	ended_cpu_ns += self->cpu_ns;
	list_del(&self->proc_link);
	self->proc->nr_threads--;
	sched_end();
}

static struct process *kernel(void)
{
	struct process *p = kernel_process;

	if (p)
		return p;
	p = kzalloc(sizeof(*p));
	if (!p)
		return NULL;
	list_init(&p->threads);
	list_init(&p->sig_queue);
	for (int i = 0; i < RLIM_NLIMITS; i++)
		p->rlim[i].rlim_cur = p->rlim[i].rlim_max = RLIM_INFINITY;
	kernel_process = p;
	return p;
}

int kthread_start(const char *name, void (*fn)(void *arg), void *arg)
{
	struct process *p = kernel();
	struct start *s = kmalloc(sizeof(*s));
	struct thread *t = p && s ? thread_create(p, run, s) : NULL;

	if (!t) {
		kfree(s);
		return -ENOMEM;
	}
	s->fn = fn;
	s->arg = arg;
	strlcpy(t->name, name, sizeof(t->name));
	t->sig_mask = ~0ULL;
	sched_set_policy(t, SCHED_FIFO, PRIORITY);
	thread_start(t);
	return 0;
}

uint64_t process_cpu_ns(void)
{
	uint64_t others = ended_cpu_ns;

	if (kernel_process)
		list_for_each (pos, &kernel_process->threads)
			others += list_entry(pos, struct thread, proc_link)
					  ->cpu_ns;
	return plat_cpu_ns() - others;
}
