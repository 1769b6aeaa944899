/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls of signals, one man page each. */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include "sched.h"
#include "signal.h"

#define KNOWN_FLAGS                                                            \
	(SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_ONSTACK | SA_RESTART |  \
	 SA_NODEFER | SA_RESETHAND | SA_RESTORER | SA_EXPOSE_TAGBITS)

static int mask_in(uint64_t *mask, const void *uset, size_t size)
{
	if (size != sizeof(*mask))
		return -EINVAL;
	return copy_in(mask, uset, sizeof(*mask));
}

static bool valid(int sig)
{
	return sig >= 1 && sig <= NR_SIG;
}

/* Linux passes handler, flags, restorer, mask. */
long sys_rt_sigaction(int sig, const void *uact, void *uold, size_t size)
{
	struct process *p = current_process();
	struct ksigaction act, old;

	if (size != sizeof(act.mask))
		return -EINVAL;
	if (uact && copy_in_obj(&act, uact))
		return -EFAULT;
	if (!valid(sig) || (uact && (SIG_BIT(sig) & SIG_UNBLOCKABLE)))
		return -EINVAL;
	old = p->sigact[sig - 1];
	if (uact) {
		/* Linux clears the flags that it does not know, so that a
		 * program can find out by reading them back. */
		act.flags &= KNOWN_FLAGS;
		act.mask &= ~SIG_UNBLOCKABLE;
		p->sigact[sig - 1] = act;
		/* POSIX 2.4.3: setting it to be ignored discards what is
		 * pending. */
		if (act.handler == SIG_IGNORE ||
		    (act.handler == SIG_DEFAULT &&
		     signal_default(sig) == SIG_DFL_IGN))
			signal_discard(p, sig);
	}
	return uold ? copy_out_obj((struct ksigaction *)uold, &old) : 0;
}

long sys_rt_sigprocmask(int how, const void *uset, void *uold, size_t size)
{
	struct thread *t = current();
	uint64_t set = 0, old = t->sig_mask;
	int err;

	if (size != sizeof(set))
		return -EINVAL;
	if (uset) {
		err = mask_in(&set, uset, size);
		if (err)
			return err;
		switch (how) {
		case SIG_BLOCK:
			set = old | set;
			break;
		case SIG_UNBLOCK:
			set = old & ~set;
			break;
		case SIG_SETMASK:
			break;
		default:
			return -EINVAL;
		}
		signal_set_mask(t, set);
	}
	return uold ? copy_out(uold, &old, sizeof(old)) : 0;
}

long sys_rt_sigpending(void *uset, size_t size)
{
	struct thread *t = current();
	uint64_t set = (t->sig_pending | t->proc->sig_pending) & t->sig_mask;

	if (size > sizeof(set))
		return -EINVAL;
	return copy_out(uset, &set, size);
}

/* Wait under a mask until a handler has run. */
static long suspend(uint64_t mask)
{
	struct waitq never = {LIST_INIT(never.waiters)};

	signal_mask_begin(mask & ~SIG_UNBLOCKABLE);
	while (waitq_sleep(&never, ~0u, WAIT_FOREVER) != -EINTR)
		;
	signal_mask_end(true);
	return -EINTR;
}

long sys_rt_sigsuspend(const void *uset, size_t size)
{
	uint64_t mask;
	int err = mask_in(&mask, uset, size);

	return err ? err : suspend(mask);
}

long sys_pause(void)
{
	struct waitq never = {LIST_INIT(never.waiters)};

	while (waitq_sleep(&never, ~0u, WAIT_FOREVER) != -EINTR)
		;
	return -EINTR;
}

long sys_rt_sigtimedwait(const void *uset, void *uinfo, const void *uts,
			 size_t size)
{
	struct waitq never = {LIST_INIT(never.waiters)};
	struct thread *t = current();
	uint64_t set, deadline, mask = t->sig_mask;
	siginfo_t info;
	int err, sig;

	err = mask_in(&set, uset, size);
	if (!err)
		err = timeout_in(uts, &deadline);
	if (err)
		return err;
	set &= ~SIG_UNBLOCKABLE;
	sig = signal_take(t, set, &info);
	if (!sig) {
		/* While waiting, what is waited for counts as not blocked, so
		 * that a signal to the process is given to this thread. */
		t->sig_mask &= ~set;
		err = waitq_sleep(&never, ~0u, deadline);
		sig = signal_take(t, set, &info);
		signal_set_mask(t, mask);
	}
	if (!sig)
		return err == -ETIMEDOUT ? -EAGAIN : -EINTR;
	if (uinfo && copy_out_obj((siginfo_t *)uinfo, &info))
		return -EFAULT;
	return sig;
}

long sys_sigaltstack(const void *uss, void *uold)
{
	struct thread *t = current();
	uintptr_t sp = t->uframe->rsp;
	bool on = sp > t->altstack && sp - t->altstack <= t->altstack_size;
	stack_t ss,
		old = {
			.ss_sp = (void *)t->altstack,
			.ss_size = t->altstack_size,
			.ss_flags = t->altstack_flags | (on ? SS_ONSTACK : 0),
		};
	int mode;

	if (uss) {
		if (copy_in_obj(&ss, uss))
			return -EFAULT;
		mode = ss.ss_flags & ~(int)SS_AUTODISARM;
		if (on && !(t->altstack_flags & SS_AUTODISARM))
			return -EPERM;
		if (mode != 0 && mode != SS_DISABLE && mode != SS_ONSTACK)
			return -EINVAL;
		if (mode == SS_DISABLE) {
			ss.ss_sp = NULL;
			ss.ss_size = 0;
		} else if (ss.ss_size < MINSIGSTKSZ) {
			return -ENOMEM;
		}
		t->altstack = (uintptr_t)ss.ss_sp;
		t->altstack_size = ss.ss_size;
		t->altstack_flags = ss.ss_flags & ~SS_ONSTACK;
	}
	return uold ? copy_out_obj((stack_t *)uold, &old) : 0;
}

static void sender_info(siginfo_t *info, int sig, int code)
{
	memset(info, 0, sizeof(*info));
	info->si_signo = sig;
	info->si_code = code;
	info->si_pid = current_process()->pid;
	info->si_uid = current_process()->cred.uid;
}

/* Process 1 is root's, and takes no signal that it has no handler for:
 * kill(2). */
static int send_to_init(int sig)
{
	const struct cred *c = &current_process()->cred;

	if (sig < 0 || sig > NR_SIG)
		return -EINVAL;
	return c->uid == 0 || cred_capable(c) ? 0 : -EPERM;
}

/* kill(2): one process, which all the ways of naming it mean. */
long sys_kill(int pid, int sig)
{
	struct process *p = current_process();
	siginfo_t info;

	if (pid == -1) /* all but the caller: there is no other */
		return -ESRCH;
	if (pid == 1)
		return send_to_init(sig);
	if (pid != 0 && pid != p->pid && pid != -p->pgid)
		return -ESRCH;
	if (sig < 0 || sig > NR_SIG)
		return -EINVAL;
	if (sig == 0)
		return 0;
	sender_info(&info, sig, SI_USER);
	return signal_send(p, NULL, sig, &info);
}

static long send_to_thread(int tgid, int tid, int sig, const siginfo_t *info)
{
	struct process *p = current_process();
	struct thread *t;

	if (tid <= 0 || (tgid != -1 && tgid <= 0))
		return -EINVAL;
	if (tid == 1 && (tgid == -1 || tgid == 1))
		return send_to_init(sig);
	t = thread_by_tid(tid);
	if (!t || (tgid != -1 && tgid != p->pid))
		return -ESRCH;
	if (sig < 0 || sig > NR_SIG)
		return -EINVAL;
	return sig ? signal_send(p, t, sig, info) : 0;
}

long sys_tkill(int tid, int sig)
{
	siginfo_t info;

	sender_info(&info, sig, SI_TKILL);
	return send_to_thread(-1, tid, sig, &info);
}

long sys_tgkill(int tgid, int tid, int sig)
{
	siginfo_t info;

	if (tgid <= 0)
		return -EINVAL;
	sender_info(&info, sig, SI_TKILL);
	return send_to_thread(tgid, tid, sig, &info);
}

static bool looks_like_kernel(const siginfo_t *info)
{
	return info->si_code >= 0 || info->si_code == SI_TKILL;
}

long sys_rt_sigqueueinfo(int pid, int sig, const void *uinfo)
{
	struct process *p = current_process();
	siginfo_t info;

	if (copy_in_obj(&info, uinfo))
		return -EFAULT;
	info.si_signo = sig;
	/* A process may pretend to itself whatever it likes, to others not
	 * that it is the kernel: rt_sigqueueinfo(2). */
	if (pid != p->pid && looks_like_kernel(&info))
		return -EPERM;
	if (pid == 1)
		return send_to_init(sig);
	if (pid != p->pid)
		return -ESRCH;
	if (sig < 0 || sig > NR_SIG)
		return -EINVAL;
	return sig ? signal_send(p, NULL, sig, &info) : 0;
}

long sys_rt_tgsigqueueinfo(int tgid, int tid, int sig, const void *uinfo)
{
	siginfo_t info;

	if (copy_in_obj(&info, uinfo))
		return -EFAULT;
	if (tgid <= 0)
		return -EINVAL;
	info.si_signo = sig;
	if (tgid != current_process()->pid && looks_like_kernel(&info))
		return -EPERM;
	return send_to_thread(tgid, tid, sig, &info);
}
