/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue.h: POSIX message queues, mq_overview(7).
 *
 *	mqueue.c	a queue: messages by priority, threads that wait
 *	mqueue_notify.c	telling a process that a message has come: mq_notify
 *	mqueue_fs.c	queues as files of the filesystem "mqueue"
 *	mqueue_sysctl.c	/proc/sys/fs/mqueue
 *	mqueue_calls.c	the calls
 *
 * A queue is what a vnode of that filesystem has in priv: it lives as long as a
 * name or a descriptor of it. All of this is kernel context of a thread. Only
 * mq_send and mq_receive block, and they hold no lock while they do.
 */
#ifndef IPC_MQUEUE_H
#define IPC_MQUEUE_H

#include <posixen/file.h>
#include <posixen/fs.h>
#include <posixen/list.h>
#include <linux/mqueue.h>
#include <asm/siginfo.h>

struct ipc_msg;
struct process;

/* A thread that waits to send (its msg) or to receive (msg comes here). */
struct mq_waiter {
	struct list link; /* the queue's; the first is served first */
	struct thread *thread;
	struct ipc_msg *msg;
	bool served; /* done by somebody else, who took it off the list */
};

/* How mq_notify(2) wants somebody to be told. */
struct mq_notice {
	struct sigevent event;
	/* SIGEV_THREAD: the message that is ready for the socket, and the
	 * cookie in it; else NULL. */
	struct file *socket;
	void *message;
	char *cookie;
};

struct mqueue {
	struct mq_attr attr; /* mq_flags unused */
	/* attr.mq_curmsgs messages, a heap: the most urgent is heap[0]. */
	struct ipc_msg **heap;
	size_t room;	  /* in heap[] */
	uint64_t last;	  /* ipc_msg.order of the newest */
	size_t bytes;	  /* of all messages */
	struct list link; /* all queues */
	uint32_t uid;	  /* whose RLIMIT_MSGQUEUE it counts against */
	uint64_t charged; /* and how much */
	struct list senders, receivers; /* struct mq_waiter */
	struct waitq wait;		/* POLLIN, POLLOUT */

	struct process *owner; /* of the notice; NULL: there is none */
	struct mq_notice notice;
};

/* mqueue.c. A queue without messages; err_ptr(-ENOMEM, -EINVAL, -EMFILE). attr
 * NULL: the default. */
struct mqueue *mq_create(const struct mq_attr *attr);
void mq_destroy(struct mqueue *q);
/* Send m, which is the queue's on success; receive into *m. Block until when
 * (CLOCK_REALTIME ns, MQ_FOREVER, or MQ_NOWAIT). -EAGAIN, -ETIMEDOUT,
 * -ERESTARTSYS, -ENOMEM. */
#define MQ_NOWAIT  0
#define MQ_FOREVER WAIT_FOREVER
int mq_send(struct mqueue *q, struct ipc_msg *m, uint64_t when);
int mq_receive(struct mqueue *q, struct ipc_msg **m, uint64_t when);

/* mqueue_notify.c */
/* A message has come into the empty queue and nobody took it. */
void mq_tell(struct mqueue *q);
/* The owner does not want to be told any more. */
void mq_forget(struct mqueue *q);
/* Read and check a program's sigevent: 0, -EFAULT, -EINVAL, -EBADF, -ENOTSOCK,
 * -ENOMEM. What succeeds ends in a queue or in mq_notice_drop(). */
int mq_notice_in(struct mq_notice *n, const struct sigevent *uev);
void mq_notice_drop(struct mq_notice *n);

/* mqueue_fs.c */
extern const struct file_ops mqueue_file_ops;
static inline struct mqueue *mq_of(const struct file *f)
{
	return f->vnode->priv;
}
/* An open file of the queue name, made if flags (O_CREAT) ask for it; or
 * err_ptr. */
struct file *mqueue_open(const char *name, int flags, uint32_t mode,
			 const struct mq_attr *attr);
int mqueue_unlink(const char *name);

/* mqueue_sysctl.c: what mq_overview(7) says of these files. */
struct mq_limits {
	unsigned int msg_default, msg_max, msgsize_default, msgsize_max;
	unsigned int queues_max;
};
extern struct mq_limits mq_limits;
/* From here on there is /proc/sys/fs/mqueue. */
void mqueue_sysctl_start(void);

#endif
