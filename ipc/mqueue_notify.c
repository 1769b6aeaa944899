/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue_notify.c: mq_notify(2): one process is told, once, that a message has
 * come into the empty queue.
 *
 * SIGEV_THREAD is half the C library's: it gives a netlink socket and a cookie
 * of 32 bytes, and a thread of its own waits to read the cookie from there. Its
 * last byte says why it came: the message, or that the registration ended.
 */
#include <posixen/ipc.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/signal.h>
#include <linux/stat.h>
#include "mqueue.h"

const struct netlink_hooks *netlink_hooks;

static void send_cookie(struct mqueue *q, char why)
{
	struct mq_notice *n = &q->notice;

	n->cookie[NOTIFY_COOKIE_LEN - 1] = why;
	netlink_hooks->deliver(n->socket, n->message);
	n->message = NULL;
	mq_notice_drop(n);
}

static void send_signal(struct mqueue *q)
{
	siginfo_t info = {
		.si_signo = q->notice.event.sigev_signo,
		.si_code = SI_MESGQ,
	};
	const struct process *self = current_process();

	if (!info.si_signo)
		return;
	info.si_value = q->notice.event.sigev_value;
	info.si_pid = self->pid;
	info.si_uid = self->cred.uid;
	signal_send(q->owner, NULL, info.si_signo, (struct siginfo *)&info);
}

void mq_tell(struct mqueue *q)
{
	if (!q->owner || q->attr.mq_curmsgs != 1)
		return;
	if (q->notice.event.sigev_notify == SIGEV_SIGNAL)
		send_signal(q);
	else if (q->notice.event.sigev_notify == SIGEV_THREAD)
		send_cookie(q, NOTIFY_WOKENUP);
	q->owner = NULL;
}

void mq_forget(struct mqueue *q)
{
	if (q->owner && q->notice.event.sigev_notify == SIGEV_THREAD)
		send_cookie(q, NOTIFY_REMOVED);
	q->owner = NULL;
}

/* No netlink socket has ever been made: then what is f? */
static int not_netlink(const struct file *f)
{
	struct kstat st = {0};

	if (f->ops->stat)
		f->ops->stat((struct file *)f, &st);
	return S_ISSOCK(st.mode) ? -EINVAL : -ENOTSOCK;
}

int mq_notice_in(struct mq_notice *n, const struct sigevent *uev)
{
	*n = (struct mq_notice){0};
	if (copy_in_obj(&n->event, uev))
		return -EFAULT;
	switch (n->event.sigev_notify) {
	case SIGEV_NONE:
		return 0;
	case SIGEV_SIGNAL: /* 0 is let through, and means none */
		return (unsigned int)n->event.sigev_signo > 64 ? -EINVAL : 0;
	case SIGEV_THREAD:
		break;
	default:
		return -EINVAL;
	}
	n->socket = fd_get(n->event.sigev_signo);
	if (!n->socket)
		return -EBADF;
	n->message = netlink_hooks ? netlink_hooks->reserve(n->socket,
							    NOTIFY_COOKIE_LEN,
							    &n->cookie)
				   : err_ptr(not_netlink(n->socket));
	if (is_err(n->message)) {
		int err = (int)ptr_err(n->message);

		n->message = NULL;
		mq_notice_drop(n);
		return err;
	}
	if (copy_in(n->cookie, n->event.sigev_value.sival_ptr,
		    NOTIFY_COOKIE_LEN)) {
		mq_notice_drop(n);
		return -EFAULT;
	}
	return 0;
}

void mq_notice_drop(struct mq_notice *n)
{
	kfree(n->message);
	n->message = NULL;
	if (n->socket)
		file_put(n->socket);
	n->socket = NULL;
}
