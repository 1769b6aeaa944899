/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thread.h: threads and the scheduler (runtime/thread.c, runtime/sched.c).
 *
 * One virtual CPU. Kernel code is never preempted: another thread runs only
 * when this one blocks, yields or leaves a system call with work to do.
 */
#ifndef POSIXEN_THREAD_H
#define POSIXEN_THREAD_H

#include <posixen/cputime.h>
#include <posixen/list.h>
#include <posixen/waitq.h>

struct process;
struct futex_waiter;

/*
 * What the entry code saves of the program when it calls into the runtime, at
 * the top of the thread's kernel stack (shim/entry.S). With it a signal frame
 * can be built or a child made. Everything else is caller-saved in the C ABI,
 * and kernel code does not touch SSE.
 */
struct uframe {
	uint64_t rbx, rbp, r12, r13, r14, r15;
	uint64_t rsp; /* at the call's return address */
	uint64_t rip; /* that return address */
};

/* Bits of thread->work: what must be done before the program runs on. */
#define WORK_SIGNAL  1u /* a signal may be deliverable */
#define WORK_EVENTS  2u /* platform events wait for plat_poll() */
#define WORK_RESCHED 4u
#define WORK_EXIT    8u /* another thread asked this one to end */

enum thread_state { THREAD_READY, THREAD_RUNNING, THREAD_BLOCKED, THREAD_DEAD };

struct thread {
	/* Used by assembler at fixed offsets: checked in shim/entry_check.c. */
	void *kstack_top;      /* 0 */
	uint32_t work;	       /* 8: WORK_ bits */
	uint32_t in_kernel;    /* 12: 1 between entry and exit */
	struct uframe *uframe; /* 16: while in_kernel */
	void *ksp;	       /* 24: saved stack pointer while not running */

	struct process *proc;
	struct list proc_link; /* process->threads */
	struct list run_link;  /* run queue, or itself when not ready */
	enum thread_state state;
	int tid;
	/* How it is scheduled: see runtime/sched.c. */
	int policy;	 /* SCHED_ of sched(7) */
	int rt_priority; /* 1 to 99 for FIFO and RR, else 0 */
	int lent;	 /* priority of those who wait for its locks, or 0 */
	int priority;	 /* the higher of the two: what counts */
	int nice;
	bool reset_on_fork;
	unsigned int weight; /* of its share of the CPU: 1024 for nice 0 */
	uint64_t vruntime;   /* CPU time had, ns, the lighter the faster */
	uint64_t fs_base;    /* while it does not run; else plat_get_fs() */
	bool interruptible;  /* blocked, and a signal may end that */

	int *clear_tid; /* program's address, set_tid_address(2) */
	void *robust_list;
	size_t robust_len;
	struct list pi_locks; /* zero until the first: futex_pi.c */
	struct futex_waiter *pi_wait;
	char name[16];

	/* Signals: see signal.h. */
	uint64_t sig_mask, sig_pending;
	uint64_t sig_saved_mask; /* sigsuspend, ppoll: put back on delivery */
	bool sig_restore_mask;
	struct list sig_queue; /* struct signal_entry */
	uintptr_t altstack;
	size_t altstack_size;
	int altstack_flags;

	uint64_t cpu_ns; /* CPU time had, brought up to date at switches */
	struct cputime cputime;
	long nvcsw, nivcsw, minflt;
	int pdeath_sig; /* prctl(2) */
	bool gave_way;	/* and has not left the kernel since: sched.c */
	unsigned long timer_slack;
	struct rseq *rseq; /* program's address, rseq(2) */
	uint32_t rseq_sig;
	uint16_t mempolicy; /* set_mempolicy(2) */
	uint16_t ioprio;    /* ioprio_set(2) */
	uint64_t mempolicy_nodes;

	struct waitq exit_waiters;
};

/* The running thread; the boot context before the first one is NULL. Read by
 * assembler. */
extern struct thread *current_thread;
static inline struct thread *current(void)
{
	return current_thread;
}

/* A new thread of proc that starts in entry(arg) on its kernel stack when first
 * scheduled; not yet ready. NULL: no memory. */
struct thread *thread_create(struct process *proc, void (*entry)(void *),
			     void *arg);
void thread_start(struct thread *t);
/* End the running thread (not the process unless it is the last). */
void __noreturn thread_exit(int code);
/* From a thread's first kernel function to the program: rip with stack rsp,
 * rdi = arg. Implemented by the platform-independent runtime/enter.S. */
void __noreturn enter_user(uintptr_t rip, uintptr_t rsp, uintptr_t arg);
struct thread *thread_by_tid(int tid);

void sched_init(void);
void sched_ready(struct thread *t); /* any context */
/* Change how t is scheduled, wherever it is now. */
void sched_set_policy(struct thread *t, int policy, int priority);
void sched_set_nice(struct thread *t, int nice);
/* Others run before this one does again: sched_yield(2). Blocks. */
void sched_yield(void);
/* Give up the CPU until sched_ready(current). Blocks. */
void sched_block(void);
/* The loop that picks threads, idles the platform when there are none. */
void __noreturn sched_start(void);
void sched_account(void);	   /* bring current->cpu_ns up to date */
unsigned int sched_nr_ready(void); /* run queue length, without current */

/* Called by the entry code when work != 0 on the way out; returns the value the
 * program gets. */
long kernel_exit_work(long ret);

/* One-shot timers (runtime/timer.c): fn runs in event context at deadline. */
struct timer {
	struct list link;
	uint64_t deadline; /* plat_monotonic_ns(); 0 when not armed */
	void (*fn)(struct timer *t);
};
void timer_arm(struct timer *t, uint64_t deadline);
/* The same, cheaper, for a thread that is about to block. */
void timer_arm_wait(struct timer *t, uint64_t deadline);
void timer_cancel(struct timer *t);
uint64_t timer_next_deadline(void); /* UINT64_MAX when none */
void timer_run_expired(void);

#endif
