/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.h: inside the signal code. signal.c sends and takes signals,
 * signal_frame.c runs the program's handlers, signal_calls.c has the calls.
 *
 * Pending signals are a bit in a mask and an entry with the siginfo in a queue,
 * both in struct thread (sent to it alone) and in struct process. A signal
 * whose entry could not be allocated is pending without one, as in Linux.
 */
#ifndef RUNTIME_SIGNAL_H
#define RUNTIME_SIGNAL_H

#include <posixen/process.h>
#include <posixen/trap.h>
#include <asm/sigcontext.h>
#include <linux/signal.h>
#include <asm/ucontext.h>

#define NR_SIG		64
#define SIG_BIT(sig)	(1ULL << ((sig)-1))
#define SIG_UNBLOCKABLE (SIG_BIT(SIGKILL) | SIG_BIT(SIGSTOP))
#define SIG_STOP_SET                                                           \
	(SIG_BIT(SIGSTOP) | SIG_BIT(SIGTSTP) | SIG_BIT(SIGTTIN) |              \
	 SIG_BIT(SIGTTOU))
#define SIG_DEFAULT ((void (*)(int))0)
#define SIG_IGNORE  ((void (*)(int))1)
/* Internal result of a call: begin again unless a handler without SA_RESTART
 * runs, which makes it -EINTR. Linux's number, never seen by programs. */
#define ERESTARTSYS 512
/* Begin again whatever handler runs. */
#define ERESTARTNOINTR 513

struct signal_entry {
	struct list link;
	siginfo_t info;
};

enum signal_default { SIG_DFL_TERM, SIG_DFL_CORE, SIG_DFL_IGN, SIG_DFL_STOP };
enum signal_default signal_default(int sig);

/* Free all entries of a queue. */
void signal_flush(struct list *queue);
/* Forget what is pending of sig, in the process and all of its threads. */
void signal_discard(struct process *p, int sig);
/* Take the next signal out of set that is pending for t: number or 0. */
int signal_take(struct thread *t, uint64_t set, siginfo_t *info);
void signal_set_mask(struct thread *t, uint64_t mask);

/*
 * The program's complete state, kept on the kernel stack while a signal is
 * delivered or the thread is preempted: the general registers, and the vector
 * registers in an XSAVE area behind.
 */
struct user_context {
	struct regs regs;
	void *fpu;
};

/* Bytes of an FPU area, a multiple of 64; make one on the stack with
 * FPU_AREA(). */
size_t fpu_size(void);
#define FPU_AREA()                                                             \
	((void *)ALIGN_UP((uintptr_t)__builtin_alloca(fpu_size() + 64), 64UL))
void fpu_area_save(void *area);
void fpu_area_restore(void *area);

/* Run what is pending for current: ends the process, stops it, or changes ctx
 * so that it goes on in a handler. True if a handler will run; *flags gets the
 * flags of the first one. before is called with them before the first frame is
 * made. */
bool signal_deliver(struct user_context *ctx,
		    void (*before)(struct user_context *ctx,
				   unsigned long flags));
/* Make ctx go on in the handler of act: 0 or -EFAULT. */
int signal_push_frame(struct user_context *ctx, int sig, const siginfo_t *info,
		      const struct ksigaction *act);
/* The most stack that a frame takes: AT_MINSIGSTKSZ. */
size_t signal_frame_size(void);
/* A signal that cannot be blocked or ignored: a fault's. Changes ctx, or ends
 * the process. */
void signal_force(struct user_context *ctx, const siginfo_t *info);

/* Set cs and ss to those that the program runs with. */
void user_selectors(struct regs *r);
/* Handle work until there is none, then load ctx and run the program. */
void __noreturn user_context_resume(struct user_context *ctx);
/* If set: called with the registers of the program when it was interrupted, on
 * the kernel stack, before anything else is done with them (rseq.c). */
extern void (*trap_interrupted)(struct regs *regs);
/* enter.S */
void __noreturn enter_regs(struct regs *regs);
void fpu_save(void *area, uint32_t mask);
void fpu_restore(void *area, uint32_t mask);

#endif
