/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseq.c: restartable sequences, as rseq(2) and Linux's kernel/rseq.c have
 * them. A thread tells where it keeps a struct rseq; while it is inside the
 * critical section that the struct names, an interruption sends it to the
 * section's abort handler.
 *
 * There is one CPU, so cpu_id is 0 for ever. A section is aborted whenever the
 * program was interrupted in it, also if the thread went on at once: that is
 * rarer to happen than to tell, and a program must be ready for it anyway.
 */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/rseq.h>
#include "signal.h"

#define RSEQ_SIZE 32 /* of the first version, which libraries register */

static void __noreturn bad_rseq(struct regs *regs)
{
	struct user_context ctx = {.regs = *regs, .fpu = FPU_AREA()};
	siginfo_t info = {.si_signo = SIGSEGV, .si_code = SI_KERNEL};

	fpu_area_save(ctx.fpu);
	signal_force(&ctx, &info);
	user_context_resume(&ctx);
}

/* The program was interrupted at regs->rip. Kernel context. */
static void interrupted(struct regs *regs)
{
	struct thread *t = current();
	struct rseq *u = t->rseq;
	struct rseq_cs cs;
	uint64_t at, none = 0;
	uint32_t sig;

	if (!u)
		return;
	if (copy_in_obj(&at, (uint64_t *)&u->rseq_cs))
		bad_rseq(regs);
	if (!at)
		return;
	if (copy_in_obj(&cs, (struct rseq_cs *)at) || cs.version ||
	    cs.start_ip + cs.post_commit_offset < cs.start_ip ||
	    cs.abort_ip - cs.start_ip < cs.post_commit_offset ||
	    copy_in_obj(&sig, (uint32_t *)cs.abort_ip - 1) ||
	    sig != t->rseq_sig)
		bad_rseq(regs);
	/* The pointer is a thing of the section: without one it is cleared. */
	if (copy_out_obj((uint64_t *)&u->rseq_cs, &none))
		bad_rseq(regs);
	if (regs->rip - cs.start_ip < cs.post_commit_offset)
		regs->rip = cs.abort_ip;
}

static long unregister(struct thread *t, struct rseq *u, uint32_t sig)
{
	uint32_t none = (uint32_t)RSEQ_CPU_ID_UNINITIALIZED, zero = 0;

	if (!u || t->rseq != u)
		return -EINVAL;
	if (t->rseq_sig != sig)
		return -EPERM;
	if (copy_out_obj((uint32_t *)&u->cpu_id_start, &zero) ||
	    copy_out_obj((uint32_t *)&u->cpu_id, &none))
		return -EFAULT;
	t->rseq = NULL;
	t->rseq_sig = 0;
	return 0;
}

long sys_rseq(void *urseq, unsigned int len, int flags, unsigned int sig)
{
	struct thread *t = current();
	struct rseq *u = urseq;
	const uint32_t ids[2] = {0, 0};

	if (flags & ~RSEQ_FLAG_UNREGISTER)
		return -EINVAL;
	if (t->rseq && (t->rseq != u || len != RSEQ_SIZE))
		return -EINVAL;
	if (flags)
		return unregister(t, u, sig);
	if (t->rseq)
		return t->rseq_sig != sig ? -EPERM : -EBUSY;
	if ((uintptr_t)u % RSEQ_SIZE || len != RSEQ_SIZE)
		return -EINVAL;
	if (!user_range_ok(u, len) || copy_out((void *)u, ids, sizeof(ids)))
		return -EFAULT;
	t->rseq = u;
	t->rseq_sig = sig;
	trap_interrupted = interrupted;
	return 0;
}

/* restart_syscall(2): a call that a stop interrupted begins again by itself
 * here, so the program finds none to restart, as when it calls this on Linux.
 */
long sys_restart_syscall(void)
{
	return -EINTR;
}
