/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signal frames: how a handler of the program is run and how it returns. The
 * layout is Linux's for x86-64 (arch/x86/include/asm/sigframe.h), because
 * unwinders and programs look into it:
 *
 *	low	return address: the restorer	<- rsp at the handler's entry
 *		ucontext
 *		siginfo
 *	high	FPU state, 64-byte aligned	<- uc_mcontext.fpstate
 *		128 bytes of red zone, if on the program's own stack
 */
#include <posixen/sigcontext.h>
#include <posixen/entry.h>
#include <posixen/lib.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include "signal.h"

#define RED_ZONE 128

struct rt_sigframe {
	void (*restorer)(void);
	struct ucontext uc;
	siginfo_t info;
};

/* Bits of rflags that a program may set: AC RF OF DF TF SF ZF AF PF CF. */
#define RFLAGS_USER  0x50dd5UL
#define XFEATURES    0xe7UL /* x87, SSE, AVX, AVX-512: what frames carry */
#define XSAVE_LEGACY 512
#define XSAVE_HEADER 64

static void cpuid(uint32_t leaf, uint32_t sub, uint32_t r[4])
{
	__asm__("cpuid"
		: "=a"(r[0]), "=b"(r[1]), "=c"(r[2]), "=d"(r[3])
		: "a"(leaf), "c"(sub));
}

static uint32_t area_bytes; /* 0: not looked yet */
static uint32_t area_mask;  /* 0: FXSAVE only */

static void look_at_cpu(void)
{
	uint32_t r[4], xcr0, high;

	area_bytes = XSAVE_LEGACY;
	cpuid(1, 0, r);
	if (!(r[2] & (1u << 27))) /* OSXSAVE */
		return;
	__asm__("xgetbv" : "=a"(xcr0), "=d"(high) : "c"(0));
	area_mask = xcr0 & XFEATURES;
	area_bytes += XSAVE_HEADER;
	for (int i = 2; i < 8; i++) {
		if (!(area_mask & (1u << i)))
			continue;
		cpuid(0xd, i, r); /* eax: size, ebx: offset */
		area_bytes = MAX(area_bytes, r[0] + r[1]);
	}
	area_bytes = ALIGN_UP(area_bytes, 64u);
}

size_t fpu_size(void)
{
	if (!area_bytes)
		look_at_cpu();
	return area_bytes;
}

static uint32_t fpu_mask(void)
{
	fpu_size();
	return area_mask;
}

void fpu_area_save(void *area)
{
	if (area_mask) /* XSAVE reads the header; garbage would fault later */
		memset((char *)area + XSAVE_LEGACY, 0, XSAVE_HEADER);
	fpu_save(area, area_mask);
}

void fpu_area_restore(void *area)
{
	fpu_restore(area, area_mask);
}

size_t signal_frame_size(void)
{
	return sizeof(struct rt_sigframe) + fpu_size() + 256;
}

static bool on_altstack(const struct thread *t, uintptr_t sp)
{
	return sp > t->altstack && sp - t->altstack <= t->altstack_size;
}

/* Linux tells readers of the frame how much of the area is XSAVE's: struct
 * _fpx_sw_bytes in asm/sigcontext.h. */
static int push_fpu(uintptr_t at, void *area)
{
	uint32_t magic2 = FP_XSTATE_MAGIC2;
	struct _fpx_sw_bytes *sw =
		(void *)((char *)area +
			 offsetof(struct _fpstate_64, sw_reserved));
	size_t n = fpu_size();

	memset(sw, 0, sizeof(*sw));
	if (fpu_mask()) {
		sw->magic1 = FP_XSTATE_MAGIC1;
		sw->extended_size = n + sizeof(magic2);
		sw->xfeatures = fpu_mask();
		sw->xstate_size = n;
	}
	if (copy_out((void *)at, area, n))
		return -EFAULT;
	return fpu_mask() ? copy_out_obj((uint32_t *)(at + n), &magic2) : 0;
}

static void fill_mcontext(struct sigcontext *c, const struct regs *r)
{
	regs_to_sigcontext(c, r);
	c->eflags = r->rflags;
	c->cs = r->cs;
	c->ss = r->ss;
	c->err = r->error;
	c->trapno = r->vector;
}

static void take_mcontext(struct regs *r, const struct sigcontext *c)
{
	regs_from_sigcontext(r, c);
	r->rflags = (c->eflags & RFLAGS_USER) | 0x202;
}

int signal_push_frame(struct user_context *ctx, int sig, const siginfo_t *info,
		      const struct ksigaction *act)
{
	struct thread *t = current();
	struct regs *r = &ctx->regs;
	uintptr_t sp = r->rsp, fp;
	struct rt_sigframe f;
	uint64_t mask;

	if (!(act->flags & SA_RESTORER))
		return -EFAULT; /* as Linux on x86-64 */
	memset(&f, 0, sizeof(f));
	f.uc.uc_stack.ss_sp = (void *)t->altstack;
	f.uc.uc_stack.ss_size = t->altstack_size;
	f.uc.uc_stack.ss_flags = t->altstack_flags;
	if ((act->flags & SA_ONSTACK) && t->altstack_size &&
	    !on_altstack(t, sp))
		sp = t->altstack + t->altstack_size;
	else
		sp -= RED_ZONE;
	fp = ALIGN_DOWN(sp - fpu_size() - sizeof(uint32_t), 64UL);
	sp = ALIGN_DOWN(fp - sizeof(f), 16UL) - 8;
	/* An overflow of the alternate stack must not run into what lies below
	 * it. */
	if (on_altstack(t, r->rsp) && !on_altstack(t, sp))
		return -EFAULT;

	f.restorer = act->restorer;
	f.uc.uc_flags = UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS |
			(fpu_mask() ? UC_FP_XSTATE : 0);
	fill_mcontext(&f.uc.uc_mcontext, r);
	f.uc.uc_mcontext.fpstate = (void *)fp;
	if (info->si_signo == SIGSEGV || info->si_signo == SIGBUS)
		f.uc.uc_mcontext.cr2 = (uint64_t)info->si_addr;
	mask = t->sig_restore_mask ? t->sig_saved_mask : t->sig_mask;
	memcpy(&f.uc.uc_sigmask, &mask, sizeof(mask));
	f.uc.uc_mcontext.oldmask = mask;
	f.info = *info;
	if (push_fpu(fp, ctx->fpu) || copy_out((void *)sp, &f, sizeof(f)))
		return -EFAULT;

	if (t->altstack_flags & SS_AUTODISARM) {
		t->altstack = t->altstack_size = 0;
		t->altstack_flags = SS_DISABLE;
	}
	t->sig_restore_mask = false;
	mask = t->sig_mask | act->mask;
	if (!(act->flags & SA_NODEFER))
		mask |= SIG_BIT(sig);
	signal_set_mask(t, mask);
	r->rip = (uintptr_t)act->handler;
	r->rsp = sp;
	r->rdi = sig;
	r->rsi = sp + offsetof(struct rt_sigframe, info);
	r->rdx = sp + offsetof(struct rt_sigframe, uc);
	r->rax = 0;
	r->rflags = 0x202;
	return 0;
}

/* Read the FPU state back. The program may have written anything there, and
 * XRSTOR faults on a header or an MXCSR that it does not like. */
static int pop_fpu(void *area, uintptr_t at)
{
	struct _fpx_sw_bytes sw;
	uint64_t *header = (void *)((char *)area + XSAVE_LEGACY);
	uint32_t *mxcsr = (void *)((char *)area + 24);
	uint32_t *mxcsr_mask = (void *)((char *)area + 28);

	memset(area, 0, fpu_size());
	if (copy_in(area, (void *)at, XSAVE_LEGACY))
		return -EFAULT;
	memcpy(&sw, (char *)area + offsetof(struct _fpstate_64, sw_reserved),
	       sizeof(sw));
	if (fpu_mask()) {
		if (sw.magic1 == FP_XSTATE_MAGIC1 &&
		    sw.xstate_size == fpu_size()) {
			if (copy_in(area, (void *)at, fpu_size()))
				return -EFAULT;
			header[0] &= fpu_mask();
		} else {
			header[0] = 3; /* x87 and SSE, from the legacy part */
		}
		memset(header + 1, 0, XSAVE_HEADER - 8);
	}
	*mxcsr &= *mxcsr_mask ? *mxcsr_mask : 0xffbf;
	*mxcsr &= 0xffff;
	return 0;
}

static void __noreturn bad_frame(struct user_context *ctx)
{
	siginfo_t info = {.si_signo = SIGSEGV, .si_code = SI_KERNEL};

	signal_force(ctx, &info);
	user_context_resume(ctx);
}

long sys_rt_sigreturn(void)
{
	struct thread *t = current();
	struct user_context ctx = {.fpu = FPU_AREA()};
	struct ucontext uc;
	uint64_t mask;

	fpu_area_save(ctx.fpu);
	memset(&ctx.regs, 0, sizeof(ctx.regs));
	ctx.regs.rsp = t->uframe->rsp;
	ctx.regs.rip = t->uframe->rip;
	ctx.regs.rflags = 0x202;
	user_selectors(&ctx.regs);
	/* The restorer jumped here: rsp is where the handler's ret left it. */
	if (copy_in_obj(&uc, (void *)t->uframe->rsp))
		bad_frame(&ctx);
	if (uc.uc_mcontext.fpstate &&
	    pop_fpu(ctx.fpu, (uintptr_t)uc.uc_mcontext.fpstate))
		bad_frame(&ctx);
	take_mcontext(&ctx.regs, &uc.uc_mcontext);
	memcpy(&mask, &uc.uc_sigmask, sizeof(mask));
	signal_set_mask(t, mask);
	if (!(uc.uc_stack.ss_flags & SS_DISABLE) ||
	    (t->altstack_flags & SS_DISABLE)) {
		t->altstack = (uintptr_t)uc.uc_stack.ss_sp;
		t->altstack_size = uc.uc_stack.ss_size;
		t->altstack_flags = uc.uc_stack.ss_flags;
	}
	user_context_resume(&ctx);
}
