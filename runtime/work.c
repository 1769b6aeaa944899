/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The way out of the kernel: what thread->work asks for is done before the
 * program runs on, after a call (kernel_exit_work, called by shim/entry.S) and
 * after an interruption (user_context_resume).
 */
#include <posixen/entry.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include "sched.h"
#include "signal.h"

void user_selectors(struct regs *r)
{
	uint16_t cs, ss;

	__asm__("mov %%cs, %0\n\tmov %%ss, %1" : "=r"(cs), "=r"(ss));
	r->cs = cs;
	r->ss = ss;
}

/* Everything but signals. */
static void common_work(struct thread *t)
{
	if (t->work & WORK_EVENTS) {
		t->work &= ~WORK_EVENTS;
		plat_poll();
		sched_tick();
	}
	if (t->work & WORK_EXIT)
		thread_exit(0);
	if (t->work & WORK_RESCHED) {
		t->work &= ~WORK_RESCHED;
		sched_give_way();
	}
}

void user_context_resume(struct user_context *ctx)
{
	struct thread *t = current();

	while (t->work) {
		common_work(t);
		if (t->work & WORK_SIGNAL) {
			t->work &= ~WORK_SIGNAL;
			signal_deliver(ctx, NULL);
		}
	}
	t->gave_way = false;
	fpu_area_restore(ctx->fpu);
	enter_regs(&ctx->regs);
}

/*
 * Begin the call again when the handler returns: at its first instruction, as
 * musl's pthread_cancel() expects (it looks whether the call has been entered),
 * with its arguments, which are in r already, and the return address on top of
 * the program's stack.
 */
static void restart(const struct px_frame *f, struct regs *r)
{
	r->rsp -= 8;
	if (f->call->thunk) {
		r->rip = (uintptr_t)f->call->thunk;
	} else {
		r->rip = (uintptr_t)px_enter;
		r->rax = (uintptr_t)f->call;
	}
}

/* A handler with these flags is about to run: the call it interrupted ends with
 * EINTR or will begin again. */
static void before_handler(struct user_context *ctx, unsigned long flags)
{
	struct uframe *u = current()->uframe;
	struct px_frame *f = uframe_to_frame(u);
	struct regs *r = &ctx->regs;
	long ret = (long)r->rax;

	if (ret != -ERESTARTSYS && ret != -ERESTARTNOINTR)
		return;
	if (ret == -ERESTARTSYS && !(flags & SA_RESTART)) {
		r->rax = -EINTR;
		return;
	}
	restart(f, r);
}

/* The program's state if it returned from its call with ret now. What the ABI
 * lets a call destroy is what is there. */
static void context_of_call(struct user_context *ctx, struct uframe *u,
			    long ret)
{
	struct px_frame *f = uframe_to_frame(u);
	struct regs *r = &ctx->regs;

	memset(r, 0, sizeof(*r));
	r->rbx = u->rbx, r->rbp = u->rbp, r->r12 = u->r12, r->r13 = u->r13;
	r->r14 = u->r14, r->r15 = u->r15;
	r->rdi = f->args[0], r->rsi = f->args[1], r->rdx = f->args[2];
	r->rcx = f->args[3], r->r8 = f->args[4], r->r9 = f->args[5];
	r->rip = u->rip;
	r->rsp = u->rsp + 8;
	r->rax = ret;
	r->rflags = 0x202;
	user_selectors(r);
	fpu_area_save(ctx->fpu);
}

/* Not inlined: its FPU area costs stack that calls without signals spare. */
static __attribute__((noinline)) void signal_work(struct thread *t, long ret)
{
	struct user_context ctx = {.fpu = FPU_AREA()};

	context_of_call(&ctx, t->uframe, ret);
	if (signal_deliver(&ctx, before_handler))
		user_context_resume(&ctx);
}

long kernel_exit_work(long ret)
{
	struct thread *t = current();

	while (t->work) {
		common_work(t);
		if (t->work & WORK_SIGNAL) {
			t->work &= ~WORK_SIGNAL;
			signal_work(t, ret);
		}
	}
	t->gave_way = false;
	/* The signal that ended the wait was another thread's, or had no
	 * handler: nobody must see it. */
	if (ret == -ERESTARTSYS || ret == -ERESTARTNOINTR)
		return uframe_restart(t->uframe);
	return ret;
}
