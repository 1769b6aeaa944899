/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signal handlers as Posixen's runtime calls them.  Linux restarts a call by
 * going back to the syscall instruction; Posixen goes back to the start of
 * px_<name> (compat/musl/README.md).  A handler of ours stands before the
 * program's and moves the program counter from the one to the other.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

struct kernel_sigaction {
	void (*handler)(int, siginfo_t *, void *);
	unsigned long flags;
	void (*restorer)(void);
	unsigned long mask;
};

long px_rt_sigaction_trap(int sig, struct kernel_sigaction *new,
			  struct kernel_sigaction *old, size_t size);

static void (*handlers[65])(int, siginfo_t *, void *);

static void rewind_call(int sig, siginfo_t *info, void *context)
{
	greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;
	const unsigned char *pc = (unsigned char *)regs[REG_RIP];

	/* mov %rcx,%r10; mov $nr,%eax; [pc] syscall; ret */
	if (!memcmp(pc, "\x0f\x05\xc3", 3) &&
	    !memcmp(pc - 8, "\x49\x89\xca\xb8", 4)) {
		regs[REG_RIP] -= 8;
		regs[REG_RCX] = regs[REG_R10];
	}
	handlers[sig](sig, info, context);
}

long px_rt_sigaction(int sig, struct kernel_sigaction *new,
		     struct kernel_sigaction *old, size_t size)
{
	struct kernel_sigaction changed;
	void (*before)(int, siginfo_t *, void *);
	long ret;

	if (sig < 1 || sig > 64)
		return px_rt_sigaction_trap(sig, new, old, size);
	before = handlers[sig];
	if (new && (uintptr_t) new->handler > 1) {
		changed = *new;
		changed.handler = rewind_call;
		handlers[sig] = new->handler;
		new = &changed;
	}
	ret = px_rt_sigaction_trap(sig, new, old, size);
	if (!ret && old && old->handler == rewind_call)
		old->handler = before;
	return ret;
}
