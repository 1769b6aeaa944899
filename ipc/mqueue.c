/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue.c: a POSIX message queue. As in Linux's ipc/mqueue.c a message goes
 * straight to a thread that waits for one, and the place that a receiver makes
 * is filled by a sender that waits for it, so nobody can overtake them.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <asm/poll.h>
#include "message.h"
#include "mqueue.h"

/* Not even root may have more (mq_overview(7)). */
#define HARD_MSGMAX	65536
#define HARD_MSGSIZEMAX (16 << 20)
/* What Linux's own structures add to RLIMIT_MSGQUEUE (getrlimit(2)): one of 48
 * bytes for each message and each priority that there can be. */
#define LINUX_OVERHEAD 48
#define PRIORITIES     32768

static struct list queues = LIST_INIT(queues);

static int check_attr(const struct mq_attr *a)
{
	bool root = cred_capable(&current_process()->cred);
	long msgs = root ? HARD_MSGMAX : mq_limits.msg_max;
	long size = root ? HARD_MSGSIZEMAX : mq_limits.msgsize_max;

	if (a->mq_maxmsg <= 0 || a->mq_msgsize <= 0)
		return -EINVAL;
	return a->mq_maxmsg > msgs || a->mq_msgsize > size ? -EINVAL : 0;
}

static uint64_t charge(const struct mq_attr *a)
{
	uint64_t prios = MIN(a->mq_maxmsg, PRIORITIES);

	return (uint64_t)a->mq_maxmsg * (a->mq_msgsize + LINUX_OVERHEAD) +
	       prios * LINUX_OVERHEAD;
}

static uint64_t charged_to(uint32_t uid)
{
	uint64_t sum = 0;

	list_for_each (l, &queues) {
		struct mqueue *q = list_entry(l, struct mqueue, link);

		if (q->uid == uid)
			sum += q->charged;
	}
	return sum;
}

struct mqueue *mq_create(const struct mq_attr *attr)
{
	struct mq_attr a = {
		.mq_maxmsg = MIN(mq_limits.msg_max, mq_limits.msg_default),
		.mq_msgsize =
			MIN(mq_limits.msgsize_max, mq_limits.msgsize_default),
	};
	const struct process *self = current_process();
	struct mqueue *q;
	int err;

	if (attr) {
		a.mq_maxmsg = attr->mq_maxmsg;
		a.mq_msgsize = attr->mq_msgsize;
	}
	err = check_attr(&a);
	if (err)
		return err_ptr(err);
	if (charged_to(self->cred.uid) + charge(&a) >
	    self->rlim[RLIMIT_MSGQUEUE].rlim_cur)
		return err_ptr(-EMFILE);
	q = kzalloc(sizeof(*q));
	if (!q)
		return err_ptr(-ENOMEM);
	q->attr = a;
	q->uid = self->cred.uid;
	q->charged = charge(&a);
	list_append(&queues, &q->link);
	list_init(&q->senders);
	list_init(&q->receivers);
	waitq_init(&q->wait);
	return q;
}

void mq_destroy(struct mqueue *q)
{
	for (long i = 0; i < q->attr.mq_curmsgs; i++)
		ipc_msg_free(q->heap[i]);
	mq_forget(q);
	list_del(&q->link);
	kfree(q->heap);
	kfree(q);
}

/* The heap. */

static bool before(const struct ipc_msg *a, const struct ipc_msg *b)
{
	return a->type != b->type ? a->type > b->type : a->order < b->order;
}

/* Room for one message more; 0 or -ENOMEM. */
static int make_room(struct mqueue *q)
{
	size_t room = MIN(MAX(q->room * 2, 16u), (size_t)q->attr.mq_maxmsg);
	struct ipc_msg **heap;

	if ((size_t)q->attr.mq_curmsgs < q->room)
		return 0;
	heap = krealloc(q->heap, room * sizeof(heap[0]));
	if (!heap)
		return -ENOMEM;
	q->heap = heap;
	q->room = room;
	return 0;
}

static void put(struct mqueue *q, struct ipc_msg *m)
{
	size_t i = (size_t)q->attr.mq_curmsgs++;

	m->order = ++q->last;
	q->bytes += m->len;
	for (; i && before(m, q->heap[(i - 1) / 2]); i = (i - 1) / 2)
		q->heap[i] = q->heap[(i - 1) / 2];
	q->heap[i] = m;
}

static struct ipc_msg *take(struct mqueue *q)
{
	size_t n = (size_t)--q->attr.mq_curmsgs, i = 0, child;
	struct ipc_msg *first = q->heap[0], *last = q->heap[n];

	q->bytes -= first->len;
	while ((child = 2 * i + 1) < n) {
		if (child + 1 < n && before(q->heap[child + 1], q->heap[child]))
			child++;
		if (before(last, q->heap[child]))
			break;
		q->heap[i] = q->heap[child];
		i = child;
	}
	q->heap[i] = last;
	return first;
}

/* Waiting. */

static struct mq_waiter *first_of(struct list *waiters)
{
	return list_empty(waiters)
		       ? NULL
		       : list_first(waiters, struct mq_waiter, link);
}

static void serve(struct mq_waiter *w)
{
	list_del(&w->link);
	w->served = true;
	sched_ready(w->thread);
}

/* POSIX (mq_receive): threads by priority, of these who waits longest. */
static void queue_up(struct list *waiters, struct mq_waiter *w)
{
	struct list *at = waiters->next;

	while (at != waiters &&
	       list_entry(at, struct mq_waiter, link)->thread->priority >=
		       w->thread->priority)
		at = at->next;
	list_append(at, &w->link);
}

static int wait_served(struct list *waiters, struct mq_waiter *w, uint64_t when)
{
	int err;

	if (when == MQ_NOWAIT)
		return -EAGAIN;
	w->thread = current();
	queue_up(waiters, w);
	err = clock_sleep(&w->served, true, when);
	if (!err)
		return 0;
	list_del(&w->link);
	/* Linux looks for a signal before it looks at the time. */
	return signal_pending(current()) ? -ERESTARTSYS : err;
}

int mq_send(struct mqueue *q, struct ipc_msg *m, uint64_t when)
{
	struct mq_waiter w = {.msg = m}, *r = first_of(&q->receivers);
	int err;

	if (q->attr.mq_curmsgs == q->attr.mq_maxmsg)
		return wait_served(&q->senders, &w, when);
	if (r) {
		r->msg = m;
		serve(r);
		return 0;
	}
	err = make_room(q);
	if (err)
		return err;
	put(q, m);
	mq_tell(q);
	waitq_wake_all(&q->wait, POLLIN | POLLRDNORM);
	return 0;
}

int mq_receive(struct mqueue *q, struct ipc_msg **m, uint64_t when)
{
	struct mq_waiter w = {0}, *s = first_of(&q->senders);
	int err;

	if (!q->attr.mq_curmsgs) {
		err = wait_served(&q->receivers, &w, when);
		*m = w.msg;
		return err;
	}
	*m = take(q);
	if (s) {
		put(q, s->msg);
		serve(s);
	} else {
		waitq_wake_all(&q->wait, POLLOUT | POLLWRNORM);
	}
	return 0;
}
