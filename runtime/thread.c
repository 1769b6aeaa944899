/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads: made, found, ended. What happens to the program's memory at a
 * thread's end (clear_child_tid, robust list) follows clone(2),
 * set_tid_address(2) and the kernel's Documentation/robust-futexes.rst.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/uaccess.h>
#include "futex.h"
#include "sched.h"
#include "signal.h"

#define MAX_TID 4194304 /* PID_MAX_LIMIT of Linux */

/* What cpu_switch() finds on a stack. */
struct switch_frame {
	uint32_t mxcsr, fpucw;
	uint64_t r15, r14, r13, r12, rbx, rbp;
	uint64_t rip;
	uint64_t end; /* keeps the stack aligned and ends backtraces */
};

/* Values at process start: System V ABI 3.4.1. */
#define MXCSR_DEFAULT 0x1f80
#define FPUCW_DEFAULT 0x037f

static int new_tid(struct process *proc)
{
	static int last = 1;
	static bool again;

	/* The first is the process's, and so equal to its pid. Only after the
	 * numbers have been used up can one be somebody's. */
	do {
		if (++last >= MAX_TID) {
			last = 2;
			again = true;
		}
	} while ((last == proc->pid && proc->nr_threads) ||
		 (again && thread_by_tid(last)));
	return last;
}

struct thread *thread_create(struct process *proc, void (*entry)(void *),
			     void *arg)
{
	struct thread *t = kzalloc(sizeof(*t));
	struct switch_frame *f;

	if (!t)
		return NULL;
	t->kstack_top = kstack_alloc();
	if (!t->kstack_top) {
		kfree(t);
		return NULL;
	}
	f = (struct switch_frame *)t->kstack_top - 1;
	memset(f, 0, sizeof(*f));
	f->mxcsr = MXCSR_DEFAULT;
	f->fpucw = FPUCW_DEFAULT;
	f->rbx = (uintptr_t)entry;
	f->r12 = (uintptr_t)arg;
	f->rip = (uintptr_t)thread_begin;
	t->ksp = f;
	t->in_kernel = 1;
	t->state = THREAD_BLOCKED;
	t->proc = proc;
	list_init(&t->run_link);
	sched_thread_init(t);
	list_init(&t->sig_queue);
	t->altstack_flags = SS_DISABLE;
	waitq_init(&t->exit_waiters);
	strlcpy(t->name, proc->comm, sizeof(t->name));
	t->tid = proc->pid ? new_tid(proc) : 0; /* kthread.c: not seen */
	list_append(&proc->threads, &t->proc_link);
	proc->nr_threads++;
	return t;
}

bool thread_is_new(const struct thread *t)
{
	return t->ksp == (struct switch_frame *)t->kstack_top - 1;
}

void thread_start(struct thread *t)
{
	sched_ready(t);
}

void thread_inherit_control(struct thread *t)
{
	struct switch_frame *f = t->ksp;
	uint16_t cw;

	__asm__ volatile("stmxcsr %0" : "=m"(f->mxcsr));
	__asm__ volatile("fnstcw %0" : "=m"(cw));
	f->fpucw = cw;
}

void thread_discard(struct thread *t)
{
	list_del(&t->proc_link);
	t->proc->nr_threads--;
	thread_free(t);
}

void thread_free(struct thread *t)
{
	signal_flush(&t->sig_queue);
	kstack_free(t->kstack_top);
	kfree(t);
}

struct thread *thread_by_tid(int tid)
{
	struct process *p = current_process();

	if (!p)
		return NULL;
	list_for_each (pos, &p->threads) {
		struct thread *t = list_entry(pos, struct thread, proc_link);

		if (t->tid == tid)
			return t;
	}
	return NULL;
}

void thread_exit(int code)
{
	struct thread *t = current();
	struct process *p = t->proc;

	/* exit(2): the status of the process is that of its leader, unless
	 * exit_group() or a signal says otherwise. */
	if (t == p->leader)
		p->exit_status = (code & 0xff) << 8;
	if (p->nr_threads == 1)
		process_exit(p->exit_status);
	futex_exit(t);
	if (t->clear_tid) {
		if (put_user_u32((uint32_t *)t->clear_tid, 0) == 0)
			futex_wake_word((uint32_t *)t->clear_tid, 1);
	}
	sched_account();
	p->ended.nvcsw += t->nvcsw;
	p->ended.nivcsw += t->nivcsw;
	p->ended.minflt += t->minflt;
	list_del(&t->proc_link);
	p->nr_threads--;
	if (t == p->leader)
		p->leader = NULL;
	waitq_wake_all(&t->exit_waiters, ~0u);
	sched_end();
}
