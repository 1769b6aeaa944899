/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_cancel(3): deferred and asynchronous cancellation.
 *
 * As in musl, a request is a flag in the target thread and a SIGCANCEL that
 * wakes it; what differs is the window in which the signal handler may cancel
 * a call, because a call is a call here (see syscall_cp.S).
 */
#define _GNU_SOURCE
#include <string.h>
#include "pthread_impl.h"

hidden extern const char __cp_begin[], __cp_end[], __cp_cancel[];

hidden long __px_cp_call(volatile int *cancel, px_call *call, long a, long b,
			 long c, long d, long e, long f);

/* Weak: only to know the call if the program has it anyway. */
extern __typeof(px_close) px_close __attribute__((__weak__));

/*
 * Act on a request: does not return if cancellation is enabled.  In the state
 * that musl calls masked, the call fails with ECANCELED instead, once.
 */
hidden long __cancel(void)
{
	pthread_t self = __pthread_self();

	if (self->cancelasync || self->canceldisable == PTHREAD_CANCEL_ENABLE)
		pthread_exit(PTHREAD_CANCELED);
	self->canceldisable = PTHREAD_CANCEL_DISABLE;
	return -ECANCELED;
}

/* The strong form of what __syscall_cp.c defines weakly. */
hidden long __px_syscall_cp(px_call *call, long a, long b, long c, long d,
			    long e, long f)
{
	pthread_t self = __pthread_self();
	int state = self->canceldisable;
	long ret;

	if (state == PTHREAD_CANCEL_DISABLE ||
	    (state != PTHREAD_CANCEL_ENABLE && call == px_close))
		return call(a, b, c, d, e, f);
	ret = __px_cp_call(&self->cancel, call, a, b, c, d, e, f);

	/* An interrupted close has closed its descriptor: cancelling now
	 * would hide that, and the caller cannot try again. */
	if (ret == -EINTR && call != px_close && self->cancel &&
	    self->canceldisable != PTHREAD_CANCEL_DISABLE)
		return __cancel();
	return ret;
}

static void on_sigcancel(int sig, siginfo_t *info, void *context)
{
	pthread_t self = __pthread_self();
	ucontext_t *uc = context;
	greg_t *regs = uc->uc_mcontext.gregs;
	uintptr_t pc = regs[REG_RIP];

	a_barrier();
	if (!self->cancel || self->canceldisable == PTHREAD_CANCEL_DISABLE)
		return;

	/* Whatever comes now, one SIGCANCEL is enough until the interrupted
	 * context is left. */
	uc->uc_sigmask.__bits[0] |= 1UL << (SIGCANCEL - 1);

	if (pc == (uintptr_t)regs[REG_RBX] &&
	    *(uintptr_t *)regs[REG_RSP] == (uintptr_t)__cp_end) {
		regs[REG_RSP] += sizeof(uintptr_t);
		regs[REG_RIP] = (uintptr_t)__cp_cancel;
	} else if (pc >= (uintptr_t)__cp_begin && pc < (uintptr_t)__cp_end) {
		regs[REG_RIP] = (uintptr_t)__cp_cancel;
	} else if (self->cancelasync) {
		/* Anywhere in the program: go on in __cancel() as if called
		 * there, below what may be a red zone of foreign code. */
		regs[REG_RSP] = ((regs[REG_RSP] - 128) & -16L) - 8;
		/* No caller: unwinding ends here (compat/glibc/unwinding). */
		*(uintptr_t *)regs[REG_RSP] = 0;
		regs[REG_RIP] = (uintptr_t)__cancel;
	} else {
		/* Perhaps a signal handler that itself interrupted a
		 * cancellation point: look again when it returns. */
		__syscall(SYS_tkill, self->tid, SIGCANCEL);
	}
}

void __testcancel(void)
{
	pthread_t self = __pthread_self();

	if (self->cancel && self->canceldisable == PTHREAD_CANCEL_ENABLE)
		__cancel();
}

static void install_handler(void)
{
	struct sigaction sa = {
		.sa_flags = SA_SIGINFO | SA_RESTART,
		.sa_sigaction = on_sigcancel,
	};

	memset(&sa.sa_mask, 0xff, _NSIG / 8);
	__libc_sigaction(SIGCANCEL, &sa, 0);
}

int pthread_cancel(pthread_t t)
{
	static int installed;

	if (!installed) {
		install_handler();
		installed = 1;
	}
	a_store(&t->cancel, 1);
	if (t != __pthread_self())
		return pthread_kill(t, SIGCANCEL);
	if (t->cancelasync && t->canceldisable == PTHREAD_CANCEL_ENABLE)
		pthread_exit(PTHREAD_CANCELED);
	return 0;
}
