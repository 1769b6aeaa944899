/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thread_state.c: where a thread's program is while the thread is in the
 * runtime (posixen/debug.h).
 *
 * One that called: its struct px_frame is at the top of its kernel stack, and
 * uframe points into it. The registers that the C ABI lets a call destroy are
 * gone; the arguments are there.
 * One that was interrupted: a struct bounced is there, and uframe is NULL.
 * One that a signal ends: the context that signal.c worked on.
 */
#include <posixen/debug.h>
#include <posixen/entry.h>
#include <posixen/lib.h>
#include <posixen/process.h>
#include "bounced.h"
#include "sched.h"
#include "signal.h"

#define RFLAGS_START 0x202

/* As Linux shows it: what a call that was interrupted has in rax. */
static void state_of_call(struct program_state *s, const struct thread *t)
{
	const struct uframe *u = t->uframe;
	const struct px_frame *f = uframe_to_frame(t->uframe);
	struct regs *r = &s->regs;

	r->rbx = u->rbx, r->rbp = u->rbp, r->r12 = u->r12, r->r13 = u->r13;
	r->r14 = u->r14, r->r15 = u->r15;
	r->rip = u->rip;
	r->rsp = u->rsp + 8;
	r->rax = (uint64_t)-EINTR;
	r->rflags = RFLAGS_START;
	user_selectors(r);
	/* A new thread's frame is not at the top, and has no call before it. */
	if ((const void *)(u + 1) != t->kstack_top)
		return;
	r->rdi = f->args[0], r->rsi = f->args[1], r->rdx = f->args[2];
	r->rcx = f->args[3], r->r8 = f->args[4], r->r9 = f->args[5];
	s->call = f->call->nr;
}

bool thread_state_get(const struct thread *t, struct program_state *s)
{
	const struct process *p = t->proc;

	memset(s, 0, sizeof(*s));
	s->call = -1;
	if (t == current() && p->exiting && p->fatal_ctx) {
		s->regs = p->fatal_ctx->regs;
		s->fpu = p->fatal_ctx->fpu;
		return true;
	}
	if (!t->in_kernel || !t->kstack_top)
		return false;
	if (t->uframe) {
		state_of_call(s, t);
		return true;
	}
	if (t != current() && thread_is_new(t))
		return false;
	s->regs = thread_bounced(t)->regs;
	s->fpu = thread_bounced(t)->fpu;
	return true;
}
