/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * async.c: see async.h. A file with O_ASYNC and an owner has a waiter on the
 * queue that poll(2) would wait on; each wake that finds what it tells of true
 * sends the signal: SIGIO, or the one of F_SETSIG with what fcntl(2) says of
 * its siginfo.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <asm/poll.h>
#include <asm/siginfo.h>
#include "async.h"
#include "special.h"

struct file_async {
	struct waiter waiter;
	struct file *file;
	int fd;	  /* si_fd: where O_ASYNC was set */
	int sig;  /* F_SETSIG; 0: SIGIO without a word */
	int type; /* F_OWNER_TID, F_OWNER_PID, F_OWNER_PGRP */
	int who;  /* 0: nobody */
};

/* Does something with that number exist, of whatever kind? */
static bool known(int who)
{
	const struct process *p = current_process();

	return who == p->pid || who == p->pgid || who == p->sid ||
	       thread_by_tid(who);
}

/* Is there still an owner of its kind? */
static bool owned(const struct file_async *a)
{
	const struct process *p = current_process();

	if (!a->who)
		return false;
	if (a->type == F_OWNER_TID)
		return thread_by_tid(a->who);
	return a->who == (a->type == F_OWNER_PID ? p->pid : p->pgid);
}

/* fcntl(2), F_SETSIG: these signals' codes have meanings of their own. */
static bool has_codes(int sig)
{
	switch (sig) {
	case SIGILL:
	case SIGFPE:
	case SIGSEGV:
	case SIGBUS:
	case SIGTRAP:
	case SIGCHLD:
	case SIGSYS:
		return true;
	}
	return false;
}

static void tell(struct file_async *a, int code, long band)
{
	struct process *p = current_process();
	struct thread *t = NULL;
	siginfo_t info = {.si_signo = a->sig};

	if (!owned(a))
		return;
	if (a->type == F_OWNER_TID)
		t = thread_by_tid(a->who);
	info.si_code = has_codes(a->sig) ? SI_SIGIO : code;
	info.si_band = band;
	info.si_fd = a->fd;
	/* SIGIO says that a real-time signal found its queue full. */
	if (!a->sig || signal_send(p, t, a->sig, &info))
		signal_send(p, t, SIGIO, NULL);
}

/* Event context. */
static bool async_wake(struct waiter *w, unsigned int mask)
{
	struct file_async *a = container_of(w, struct file_async, waiter);
	struct waitq *q;
	unsigned int ev = file_poll(a->file, &q) & mask;

	/* The end of a pipe is something to read or to write (pipe(7)). */
	if (a->file->anon_name
		    ? !strcmp(a->file->anon_name, "pipe")
		    : a->file->vnode && S_ISFIFO(a->file->vnode->mode))
		ev = (ev & POLLHUP ? POLLIN : 0) |
		     (ev & POLLERR ? POLLOUT : 0) | (ev & ~(POLLHUP | POLLERR));
	if (ev & POLLHUP)
		tell(a, POLL_HUP, POLLHUP | POLLERR);
	else if (ev & POLLERR)
		tell(a, POLL_ERR, POLLERR);
	else if (ev & POLLIN)
		tell(a, POLL_IN, POLLIN | POLLRDNORM);
	else if (ev & POLLOUT)
		tell(a, POLL_OUT, POLLOUT | POLLWRNORM | POLLWRBAND);
	return false;
}

static void change(struct file *f, int fd, bool on)
{
	struct file_async *a = f->async;
	struct waitq *q = NULL;

	waitq_remove(&a->waiter);
	list_init(&a->waiter.link);
	if (!on || !async_possible(f))
		return;
	file_poll(f, &q);
	if (!q)
		return;
	a->fd = fd;
	waitq_add(q, &a->waiter);
}

static void forget(struct file *f)
{
	waitq_remove(&f->async->waiter);
	kfree(f->async);
	f->async = NULL;
}

/* Linux: SIGURG itself; and, for who has O_ASYNC and F_SETSIG, that signal.
 * Not one of the hooks, which are in images without the network too. */
void async_urgent(struct file *f)
{
	struct file_async *a = f->async;

	if (!a || !owned(a))
		return;
	signal_send(current_process(),
		    a->type == F_OWNER_TID ? thread_by_tid(a->who) : NULL,
		    SIGURG, NULL);
	if (f->flags & FASYNC && a->sig)
		tell(a, POLL_PRI, POLLPRI | POLLRDBAND);
}

/* The lowest descriptor that leads to f: O_ASYNC was set through one. */
static int fd_of(const struct file *f)
{
	struct fd_table *t = current_process()->files;
	struct file *at;
	int fd = -1;

	while ((fd = fd_table_next(t, fd + 1)) >= 0) {
		at = fd_table_get(t, fd);
		file_put(at);
		if (at == f)
			break;
	}
	return fd;
}

static struct file_async *async_make(struct file *f)
{
	static const struct async_hooks hooks = {change, forget};
	struct file_async *a = f->async;

	if (a)
		return a;
	a = kzalloc(sizeof(*a));
	if (!a)
		return NULL;
	list_init(&a->waiter.link);
	a->waiter.wake = async_wake;
	a->waiter.events = POLLIN | POLLOUT | POLLHUP | POLLERR;
	a->file = f;
	f->async = a;
	async_hooks = &hooks;
	if (f->flags & FASYNC)
		change(f, fd_of(f), true);
	return a;
}

static int set_owner(struct file *f, int type, int who)
{
	struct file_async *a;

	if (who && !known(who))
		return -ESRCH;
	a = async_make(f);
	if (!a)
		return -ENOMEM;
	a->type = type;
	a->who = who;
	return 0;
}

int async_set_owner(struct file *f, int who)
{
	if (who == INT_MIN)
		return -EINVAL;
	return who < 0 ? set_owner(f, F_OWNER_PGRP, -who)
		       : set_owner(f, F_OWNER_PID, who);
}

int async_get_owner(const struct file *f)
{
	const struct file_async *a = f->async;

	if (!a || !owned(a))
		return 0;
	return a->type == F_OWNER_PGRP ? -a->who : a->who;
}

static int set_owner_ex(struct file *f, unsigned long arg)
{
	struct f_owner_ex o;
	int err = copy_in_obj(&o, (const struct f_owner_ex *)arg);

	if (err)
		return err;
	if (o.type < F_OWNER_TID || o.type > F_OWNER_PGRP)
		return -EINVAL;
	return set_owner(f, o.type, o.pid);
}

static int get_owner_ex(const struct file *f, unsigned long arg)
{
	struct f_owner_ex o = {F_OWNER_TID, 0};

	if (f->async) {
		o.type = f->async->type;
		o.pid = owned(f->async) ? f->async->who : 0;
	}
	return copy_out_obj((struct f_owner_ex *)arg, &o);
}

static int set_signal(struct file *f, unsigned long sig)
{
	struct file_async *a;

	if (sig > ARRAY_SIZE(current_process()->sigact))
		return -EINVAL;
	a = async_make(f);
	if (!a)
		return -ENOMEM;
	a->sig = (int)sig;
	return 0;
}

long async_fcntl(struct file *f, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case F_SETOWN:
		return async_set_owner(f, (int)arg);
	case F_GETOWN:
		return async_get_owner(f);
	case F_SETOWN_EX:
		return set_owner_ex(f, arg);
	case F_GETOWN_EX:
		return get_owner_ex(f, arg);
	case F_SETSIG:
		return set_signal(f, arg);
	case F_GETSIG:
		return f->async ? f->async->sig : 0;
	default:
		return -EINVAL;
	}
}
