/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigcontext.h: the general registers and rip between struct regs and Linux's
 * struct sigcontext (<asm/sigcontext.h>), for signal frames that the runtime
 * builds and for those that the host platform gets. Flags and segments are the
 * caller's: what may be taken of them differs.
 */
#ifndef POSIXEN_SIGCONTEXT_H
#define POSIXEN_SIGCONTEXT_H

#include <posixen/trap.h>
#include <asm/sigcontext.h>

static inline void regs_from_sigcontext(struct regs *r,
					const struct sigcontext *c)
{
	r->r8 = c->r8, r->r9 = c->r9, r->r10 = c->r10, r->r11 = c->r11;
	r->r12 = c->r12, r->r13 = c->r13, r->r14 = c->r14, r->r15 = c->r15;
	r->rdi = c->rdi, r->rsi = c->rsi, r->rbp = c->rbp, r->rbx = c->rbx;
	r->rdx = c->rdx, r->rax = c->rax, r->rcx = c->rcx, r->rsp = c->rsp;
	r->rip = c->rip;
}

static inline void regs_to_sigcontext(struct sigcontext *c,
				      const struct regs *r)
{
	c->r8 = r->r8, c->r9 = r->r9, c->r10 = r->r10, c->r11 = r->r11;
	c->r12 = r->r12, c->r13 = r->r13, c->r14 = r->r14, c->r15 = r->r15;
	c->rdi = r->rdi, c->rsi = r->rsi, c->rbp = r->rbp, c->rbx = r->rbx;
	c->rdx = r->rdx, c->rax = r->rax, c->rcx = r->rcx, c->rsp = r->rsp;
	c->rip = r->rip;
}

#endif
