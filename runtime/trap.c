/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exceptions and interrupts, as the platform hands them up.
 *
 * They run on the platform's exception stack, must not block, and handle at
 * once what they can: a page that was not there yet, a bad pointer given to a
 * handler. All else is work for the thread's kernel stack: the registers are
 * kept there and changed so that the return goes to trap_bounce (enter.S),
 * from where the program is resumed later with all of its registers.
 */
#include <posixen/debug.h>
#include <posixen/klog.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/vm.h>
#include "bounced.h"
#include "sched.h"
#include "signal.h"

#define PF_PRESENT 1u
#define PF_WRITE   2u
#define PF_FETCH   16u

#define FPE_OF_FPU (-1) /* a code that the FPU's registers tell */

#define RFLAGS_TF	0x100UL
#define RFLAGS_TF_DF_AC 0x40500UL

extern const struct ex_entry __ex_table_start[], __ex_table_end[];

void trap_bounce(void);
void __noreturn trap_on_kstack(struct regs *regs);

/* True when rip lies in the runtime's text and not in the program's. */
static bool in_kernel_text(uintptr_t rip)
{
	return rip >= (uintptr_t)__ktext_start && rip < (uintptr_t)__ktext_end;
}

static bool fix_up(struct regs *regs)
{
	const struct ex_entry *e = __ex_table_start;
	size_t n = ((uintptr_t)__ex_table_end - (uintptr_t)e) / sizeof(*e);

	for (size_t i = 0; i < n; i++) {
		if (e[i].insn == regs->rip) {
			regs->rip = e[i].fixup;
			return true;
		}
	}
	return false;
}

static void bounce(struct regs *regs, int sig, int code, uintptr_t addr)
{
	struct thread *t = current();
	struct bounced *b = thread_bounced(t);

	b->regs = *regs;
	b->sig = sig;
	b->code = code;
	b->addr = addr;
	b->fpu = NULL;
	t->in_kernel = 1;
	t->uframe = NULL;
	regs->rip = (uintptr_t)trap_bounce;
	regs->rsp = (uintptr_t)b;
	regs->rflags &= ~RFLAGS_TF_DF_AC;
}

void (*trap_interrupted)(struct regs *regs);

/*
 * Which of its exceptions the FPU means (Intel SDM vol. 1, 8.5 and 11.5): the
 * status bits that stand and are not masked, the first of them in the order of
 * Linux's fpu__exception_code().
 */
static int fpu_code(const void *area, unsigned int vector)
{
	const struct _fpstate_64 *fp = area;
	unsigned int raised = vector == 16 ? fp->swd & ~(unsigned int)fp->cwd
					   : fp->mxcsr & ~(fp->mxcsr >> 7);

	return raised & 1	   ? FPE_FLTINV
	       : raised & 4	   ? FPE_FLTDIV
	       : raised & 8	   ? FPE_FLTOVF
	       : raised & (2 | 16) ? FPE_FLTUND
	       : raised & 32	   ? FPE_FLTRES
				   : FPE_FLTINV;
}

void trap_on_kstack(struct regs *regs)
{
	struct bounced *b = container_of(regs, struct bounced, regs);
	struct user_context ctx = {.regs = *regs, .fpu = FPU_AREA()};

	fpu_area_save(ctx.fpu);
	b->fpu = ctx.fpu;
	if (trap_interrupted)
		trap_interrupted(&ctx.regs);
	if (b->sig) {
		siginfo_t info = {.si_signo = b->sig, .si_code = b->code};

		info.si_addr = (void *)b->addr;
		if (b->code == FPE_OF_FPU)
			info.si_code = fpu_code(ctx.fpu, regs->vector);
		signal_force(&ctx, &info);
	}
	user_context_resume(&ctx);
}

static void __noreturn kernel_fault(struct regs *regs, const char *what,
				    uintptr_t addr)
{
	debugger_stop(SIGSEGV);
	klog_raw("posixen: %s in the runtime, address 0x%lx\n", what, addr);
	dump_regs(regs);
	dump_backtrace(regs->rip, regs->rbp, regs->rsp);
	plat_crash();
}

/* The program did it: its signal. */
static void program_fault(struct regs *regs, int sig, int code, uintptr_t addr)
{
	if (!debugger_stop(sig))
		bounce(regs, sig, code, addr);
}

/* The alarm waits for the end of the fault, and would find the program. */
static void sample_fault(struct thread *t)
{
	if (sched_sample && plat_monotonic_ns() >= sched_sample_at)
		sched_sample(t, true);
}

void trap_page_fault(struct regs *regs, uintptr_t addr)
{
	struct thread *t = current();
	unsigned int how = 0;
	int sig = SIGSEGV, code = SEGV_MAPERR;

	if (regs->error & PF_WRITE)
		how |= VM_FAULT_WRITE;
	if (regs->error & PF_FETCH)
		how |= VM_FAULT_EXEC;
	if (t && t->proc->vm && addr >= USER_MIN && addr < USER_MAX) {
		sig = vm_fault(t->proc->vm, PAGE_DOWN(addr), how, &code);
		if (sig == 0) {
			t->minflt++;
			sample_fault(t);
			return;
		}
		/* No memory for the page: a handler that touched it fails, and
		 * the program ends on the way out. */
		if (sig == SIGKILL)
			signal_send(t->proc, NULL, SIGKILL, NULL);
	}
	if (in_kernel_text(regs->rip) && fix_up(regs))
		return;
	if (!t || t->in_kernel)
		kernel_fault(regs, "page fault", addr);
	program_fault(regs, sig, code, addr);
}

void trap_exception(struct regs *regs, unsigned int vector)
{
	struct thread *t = current();
	uintptr_t rip = regs->rip;

	/* A breakpoint or a step, of the runtime's code too. */
	if ((vector == 1 || vector == 3) && debugger_stop(SIGTRAP))
		return;
	if (in_kernel_text(rip) && fix_up(regs))
		return;
	/* A program that steps itself has made a call: calls are not stepped
	 * through, and the stepping ends with this one. */
	if (vector == 1 && (regs->rflags & RFLAGS_TF) &&
	    (in_kernel_text(rip) || rip >= USER_MAX)) {
		regs->rflags &= ~RFLAGS_TF;
		return;
	}
	if (!t || t->in_kernel)
		kernel_fault(regs, "exception", rip);
	/* Signals and codes as in Linux's arch/x86/kernel/traps.c. */
	switch (vector) {
	case 0:
		program_fault(regs, SIGFPE, FPE_INTDIV, rip);
		break;
	case 1:
		program_fault(regs, SIGTRAP, TRAP_TRACE, rip);
		break;
	case 3:
		program_fault(regs, SIGTRAP, SI_KERNEL, 0);
		break;
	case 6:
		program_fault(regs, SIGILL, ILL_ILLOPN, rip);
		break;
	case 16:
	case 19:
		program_fault(regs, SIGFPE, FPE_OF_FPU, rip);
		break;
	case 17:
		program_fault(regs, SIGBUS, BUS_ADRALN, 0);
		break;
	case 12:
		program_fault(regs, SIGBUS, SI_KERNEL, 0);
		break;
	default:
		program_fault(regs, SIGSEGV, SI_KERNEL, 0);
		break;
	}
}

void trap_syscall(struct regs *regs)
{
	uintptr_t insn = regs->rip - 2;

	if (!current() || current()->in_kernel)
		kernel_fault(regs, "system call trap", insn);
	klog("trapping system call %lu at 0x%lx: only calls through libc "
	     "work\n",
	     regs->rax, insn);
	program_fault(regs, SIGSYS, SYS_SECCOMP, insn);
}

void trap_interrupt(struct regs *regs)
{
	struct thread *t = current();
	bool system;

	if (!t)
		return;
	t->work |= WORK_EVENTS;
	/* Above USER_MAX lies code of the platform (on the host, the vDSO),
	 * which runs as part of the runtime. */
	system = t->in_kernel || in_kernel_text(regs->rip) ||
		 regs->rip >= USER_MAX;
	if (sched_sample && t->state == THREAD_RUNNING)
		sched_sample(t, system);
	if (system)
		sched_alarm_later();
	else
		bounce(regs, 0, 0, 0);
}
