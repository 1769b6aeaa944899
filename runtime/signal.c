/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals: sending, and taking what is pending. signal(7) is the source for
 * default actions and order.
 */
#include <posixen/debug.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "sched.h"
#include "signal.h"

enum signal_default signal_default(int sig)
{
	switch (sig) {
	case SIGQUIT:
	case SIGILL:
	case SIGABRT:
	case SIGFPE:
	case SIGSEGV:
	case SIGBUS:
	case SIGSYS:
	case SIGTRAP:
	case SIGXCPU:
	case SIGXFSZ:
		return SIG_DFL_CORE;
	case SIGCHLD:
	case SIGURG:
	case SIGWINCH:
	case SIGCONT:
		return SIG_DFL_IGN;
	case SIGSTOP:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
		return SIG_DFL_STOP;
	default:
		return SIG_DFL_TERM;
	}
}

bool signal_dumps_core(int sig)
{
	return signal_default(sig) == SIG_DFL_CORE;
}

static bool may_take(const struct thread *t)
{
	return ((t->sig_pending | t->proc->sig_pending) & ~t->sig_mask) != 0;
}

/* Only the thread that was told to take a signal of the process is interrupted
 * by it: any other that returned EINTR would find no handler to run. */
bool signal_pending(const struct thread *t)
{
	return (t->work & WORK_SIGNAL) && may_take(t);
}

static bool ignored(struct process *p, int sig)
{
	void (*h)(int) = p->sigact[sig - 1].handler;

	return h == SIG_IGNORE ||
	       (h == SIG_DEFAULT && signal_default(sig) == SIG_DFL_IGN);
}

static void queue_remove(struct list *queue, uint64_t set)
{
	list_for_each_safe (pos, queue) {
		struct signal_entry *e =
			list_entry(pos, struct signal_entry, link);

		if (SIG_BIT(e->info.si_signo) & set) {
			list_del(&e->link);
			kfree(e);
		}
	}
}

void signal_flush(struct list *queue)
{
	queue_remove(queue, ~0ULL);
}

static void discard_set(struct process *p, uint64_t set)
{
	p->sig_pending &= ~set;
	queue_remove(&p->sig_queue, set);
	list_for_each (pos, &p->threads) {
		struct thread *t = list_entry(pos, struct thread, proc_link);

		t->sig_pending &= ~set;
		queue_remove(&t->sig_queue, set);
	}
}

void signal_discard(struct process *p, int sig)
{
	discard_set(p, SIG_BIT(sig));
}

/* Make t look at its pending signals soon. */
static void notify(struct thread *t)
{
	t->work |= WORK_SIGNAL;
	if (t->interruptible)
		sched_ready(t);
}

/* The thread that a signal to the process is for: the running one if it takes
 * it, else the first that does; NULL: all block it. */
static struct thread *choose_thread(struct process *p, int sig)
{
	struct thread *self = current();

	if (self && self->proc == p && !(self->sig_mask & SIG_BIT(sig)))
		return self;
	list_for_each (pos, &p->threads) {
		struct thread *t = list_entry(pos, struct thread, proc_link);

		if (!(t->sig_mask & SIG_BIT(sig)))
			return t;
	}
	return NULL;
}

static unsigned int queue_length(struct list *queue)
{
	unsigned int n = 0;

	list_for_each (pos, queue)
		n++;
	return n;
}

static int enqueue(struct list *queue, struct process *p, int sig,
		   const struct siginfo *info)
{
	struct signal_entry *e = NULL;

	if (queue_length(queue) < p->rlim[RLIMIT_SIGPENDING].rlim_cur)
		e = kzalloc(sizeof(*e));
	if (!e) /* sigqueue(3): only those that must not be lost fail */
		return sig >= SIGRTMIN && info && info->si_code < 0 ? -EAGAIN
								    : 0;
	if (info) {
		e->info = *info;
	} else {
		e->info.si_code = SI_KERNEL;
	}
	e->info.si_signo = sig;
	list_append(queue, &e->link);
	return 0;
}

/* Job control acts when the signal is sent: signal(7), "SIGCONT". */
static void act_at_once(struct process *p, int sig)
{
	if (SIG_BIT(sig) & SIG_STOP_SET)
		discard_set(p, SIG_BIT(SIGCONT));
	if (sig == SIGCONT)
		discard_set(p, SIG_STOP_SET);
	if (sig == SIGCONT || sig == SIGKILL) {
		p->stopped = false;
		waitq_wake_all(&p->stop_wait, ~0u);
	}
}

int signal_send(struct process *p, struct thread *t, int sig,
		const struct siginfo *info)
{
	uint64_t *pending = t ? &t->sig_pending : &p->sig_pending;
	struct list *queue = t ? &t->sig_queue : &p->sig_queue;
	struct thread *taker;
	int err;

	act_at_once(p, sig);
	taker = t && !(t->sig_mask & SIG_BIT(sig)) ? t
		: t				   ? NULL
						   : choose_thread(p, sig);
	/* An ignored signal is dropped, but a blocked one is kept: its action
	 * may change before it is unblocked. */
	if (taker && ignored(p, sig))
		return 0;
	if (sig >= SIGRTMIN || !(*pending & SIG_BIT(sig))) {
		err = enqueue(queue, p, sig, info);
		if (err)
			return err;
		*pending |= SIG_BIT(sig);
	}
	if (taker)
		notify(taker);
	waitq_wake_all(&p->signal_wait, ~0u);
	return 0;
}

/* The one to deliver first: faults, then the lowest number. */
static int next_signal(uint64_t set)
{
	const uint64_t faults = SIG_BIT(SIGSEGV) | SIG_BIT(SIGBUS) |
				SIG_BIT(SIGILL) | SIG_BIT(SIGTRAP) |
				SIG_BIT(SIGFPE) | SIG_BIT(SIGSYS);

	if (set & SIG_BIT(SIGKILL))
		return SIGKILL;
	if (set & faults)
		set &= faults;
	return set ? __builtin_ctzll(set) + 1 : 0;
}

static int take_from(uint64_t *pending, struct list *queue, uint64_t set,
		     siginfo_t *info)
{
	int sig = next_signal(*pending & set);
	struct signal_entry *found = NULL;
	bool more = false;

	if (!sig)
		return 0;
	list_for_each (pos, queue) {
		struct signal_entry *e =
			list_entry(pos, struct signal_entry, link);

		if (e->info.si_signo != sig)
			continue;
		if (found) {
			more = true;
			break;
		}
		found = e;
	}
	if (!more)
		*pending &= ~SIG_BIT(sig);
	if (found) {
		*info = found->info;
		list_del(&found->link);
		kfree(found);
	} else {
		memset(info, 0, sizeof(*info));
		info->si_signo = sig;
		info->si_code = SI_USER;
	}
	return sig;
}

int signal_take(struct thread *t, uint64_t set, siginfo_t *info)
{
	struct process *p = t->proc;
	int sig = take_from(&t->sig_pending, &t->sig_queue, set, info);

	if (!sig)
		sig = take_from(&p->sig_pending, &p->sig_queue, set, info);
	if (sig && info->si_code == SI_TIMER && p->timer_signal)
		p->timer_signal(info);
	return sig;
}

void signal_set_mask(struct thread *t, uint64_t mask)
{
	uint64_t newly = mask & ~t->sig_mask;
	struct process *p = t->proc;

	t->sig_mask = mask & ~SIG_UNBLOCKABLE;
	if (may_take(t))
		t->work |= WORK_SIGNAL;
	/* What this thread was woken for and now blocks, another may take. */
	if (p->nr_threads > 1 && (p->sig_pending & newly)) {
		for (int sig = 1; sig <= NR_SIG; sig++) {
			struct thread *o;

			if (!(p->sig_pending & newly & SIG_BIT(sig)))
				continue;
			o = choose_thread(p, sig);
			if (o)
				notify(o);
		}
	}
}

void signal_mask_begin(uint64_t mask)
{
	struct thread *t = current();

	t->sig_saved_mask = t->sig_mask;
	t->sig_restore_mask = true;
	signal_set_mask(t, mask);
}

void signal_mask_end(bool interrupted)
{
	struct thread *t = current();

	/* If a handler is about to run, it runs under the temporary mask, and
	 * its frame holds the old one. */
	if (interrupted) {
		t->work |= WORK_SIGNAL;
		return;
	}
	t->sig_restore_mask = false;
	signal_set_mask(t, t->sig_saved_mask);
}

/* Sleep until SIGCONT. SIGKILL gets through as well. */
static void stop_here(struct process *p)
{
	p->stopped = true;
	list_for_each (pos, &p->threads)
		list_entry(pos, struct thread, proc_link)->work |= WORK_SIGNAL;
	while (p->stopped)
		waitq_block(&p->stop_wait, ~0u);
}

static void default_action(struct process *p, int sig)
{
	switch (signal_default(sig)) {
	case SIG_DFL_IGN:
		return;
	case SIG_DFL_STOP:
		stop_here(p);
		return;
	default:
		process_exit(sig);
	}
}

bool signal_deliver(struct user_context *ctx,
		    void (*before)(struct user_context *ctx,
				   unsigned long flags))
{
	struct thread *t = current();
	struct process *p = t->proc;
	bool handled = false;
	siginfo_t info;
	int sig;

	while (p->stopped)
		waitq_block(&p->stop_wait, ~0u);
	while ((sig = signal_take(t, ~t->sig_mask, &info)) != 0) {
		struct ksigaction act = p->sigact[sig - 1];

		if (act.handler == SIG_IGNORE)
			continue;
		if (act.handler == SIG_DEFAULT) {
			p->fatal_ctx = ctx;
			p->fatal_info = &info;
			default_action(p, sig);
			continue;
		}
		if (!handled && before)
			before(ctx, act.flags);
		handled = true;
		if (act.flags & SA_RESETHAND)
			p->sigact[sig - 1].handler = SIG_DEFAULT;
		if (signal_push_frame(ctx, sig, &info, &act) != 0) {
			/* No stack to run on: sigaction(2) has no way out. */
			klog("no stack to run the handler of signal %d on\n",
			     sig);
			dump_regs(&ctx->regs);
			process_exit(SIGSEGV);
		}
	}
	if (t->sig_restore_mask) {
		t->sig_restore_mask = false;
		if (!handled)
			signal_set_mask(t, t->sig_saved_mask);
	}
	return handled;
}

static const char *fault_name(int sig)
{
	switch (sig) {
	case SIGSEGV:
		return "SIGSEGV";
	case SIGBUS:
		return "SIGBUS";
	case SIGILL:
		return "SIGILL";
	case SIGFPE:
		return "SIGFPE";
	case SIGTRAP:
		return "SIGTRAP";
	default:
		return "a signal";
	}
}

void signal_force(struct user_context *ctx, const siginfo_t *info)
{
	struct thread *t = current();
	struct process *p = t->proc;
	int sig = info->si_signo;
	struct ksigaction act = p->sigact[sig - 1];

	if (act.handler != SIG_DEFAULT && act.handler != SIG_IGNORE &&
	    !(t->sig_mask & SIG_BIT(sig))) {
		if (act.flags & SA_RESETHAND)
			p->sigact[sig - 1].handler = SIG_DEFAULT;
		if (signal_push_frame(ctx, sig, info, &act) == 0)
			return;
		sig = SIGSEGV;
	}
	/* Out of memory: vm_fault() has said so, and where does not matter. */
	if (sig == SIGKILL)
		process_exit(sig);
	klog_raw("posixen: %s at address 0x%lx, code %d, thread %d (%s)\n",
		 fault_name(sig), (unsigned long)info->si_addr, info->si_code,
		 t->tid, t->name);
	dump_regs(&ctx->regs);
	dump_backtrace(ctx->regs.rip, ctx->regs.rbp, ctx->regs.rsp);
	p->fatal_ctx = ctx;
	p->fatal_info = info;
	process_exit(sig);
}
