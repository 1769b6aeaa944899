/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysv_msg.c: message queues of System V: msgget(2), msgop(2), msgctl(2). As in
 * Linux's ipc/msg.c a message goes straight to a thread that waits for one of
 * its type; who waits to send tries again when there is room for his.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/msg.h>
#include <asm/msgbuf.h>
#include "message.h"
#include "sysctl.h"
#include "sysv.h"

struct msg_queue {
	struct sysv_object obj;
	struct list messages; /* struct ipc_msg, in the order they came */
	size_t bytes, nr, max_bytes;
	long stime, rtime, ctime;
	int send_pid, recv_pid;
	struct list senders, receivers;
};

struct msg_sender {
	struct sysv_waiter waiter;
	size_t len;
};

/* What a receiver will have. */
enum search { ANY, EQUAL, NOT_EQUAL, LESS_EQUAL, NUMBER };
struct msg_receiver {
	struct sysv_waiter waiter;
	enum search search;
	long type;
	size_t max; /* larger messages are E2BIG; SIZE_MAX: cut */
	struct ipc_msg *msg;
};

static struct sysv_ids ids = SYSV_IDS;
static size_t all_bytes, all_messages;
static unsigned int msg_max = MSGMAX, msg_mnb = MSGMNB, msg_mni = MSGMNI;

static struct msg_queue *queue_of(struct sysv_object *o)
{
	return (struct msg_queue *)o;
}

static long make_queue(int key, int flags)
{
	struct msg_queue *q = kzalloc(sizeof(*q));
	long id;

	if (!q)
		return -ENOMEM;
	id = sysv_add(&ids, &q->obj, key, flags, msg_mni);
	if (id < 0) {
		kfree(q);
		return id;
	}
	list_init(&q->messages);
	list_init(&q->senders);
	list_init(&q->receivers);
	q->max_bytes = msg_mnb;
	q->ctime = sysv_now();
	return id;
}

long sys_msgget(int key, int flags)
{
	struct sysv_object *o;

	SUBSYSTEM_REQUIRE(sysv_msg);
	o = sysv_lookup(&ids, key, flags);
	if (is_err(o))
		return ptr_err(o);
	if (!o)
		return make_queue(key, flags);
	return sysv_may(o, (unsigned int)flags) ? -EACCES : o->id;
}

static bool fits(const struct msg_queue *q, size_t len)
{
	return q->bytes + len <= q->max_bytes && q->nr + 1 <= q->max_bytes;
}

static bool matches(long type, enum search search, long wanted)
{
	switch (search) {
	case ANY:
	case NUMBER:
		return true;
	case EQUAL:
		return type == wanted;
	case NOT_EQUAL:
		return type != wanted;
	default:
		return type <= wanted;
	}
}

static void wake_senders(struct msg_queue *q)
{
	list_for_each_safe (l, &q->senders) {
		struct msg_sender *s =
			list_entry(l, struct msg_sender, waiter.link);

		if (fits(q, s->len))
			sysv_done(&s->waiter, 0);
	}
}

static void end_all(struct list *waiters, int status)
{
	while (!list_empty(waiters))
		sysv_done(list_first(waiters, struct sysv_waiter, link),
			  status);
}

/* To a thread that waits for it; false: nobody does. Who cannot take it whole
 * is told, and the next one asked. */
static bool hand_over(struct msg_queue *q, struct ipc_msg *m)
{
	list_for_each_safe (l, &q->receivers) {
		struct msg_receiver *r =
			list_entry(l, struct msg_receiver, waiter.link);

		if (!matches(m->type, r->search, r->type))
			continue;
		if (m->len > r->max) {
			sysv_done(&r->waiter, -E2BIG);
			continue;
		}
		q->recv_pid = current_process()->pid;
		q->rtime = sysv_now();
		r->msg = m;
		sysv_done(&r->waiter, 0);
		return true;
	}
	return false;
}

static int send(int id, struct ipc_msg *m, int flags)
{
	struct msg_sender s = {.len = m->len};
	struct msg_queue *q = queue_of(sysv_get(&ids, id));
	int err;

	if (!q)
		return -EINVAL;
	for (;;) {
		if (sysv_may(&q->obj, 0222))
			return -EACCES;
		if (fits(q, m->len))
			break;
		if (flags & IPC_NOWAIT)
			return -EAGAIN;
		err = sysv_wait(&q->senders, &s.waiter, WAIT_FOREVER);
		if (err)
			return err;
		q = queue_of(sysv_get(&ids, id));
		if (!q)
			return -EIDRM;
	}
	q->send_pid = current_process()->pid;
	q->stime = sysv_now();
	if (!hand_over(q, m)) {
		list_append(&q->messages, &m->link);
		q->bytes += m->len;
		q->nr++;
		all_bytes += m->len;
		all_messages++;
	}
	return 0;
}

long sys_msgsnd(int id, const void *umsg, size_t len, int flags)
{
	struct ipc_msg *m;
	long type;
	int err;

	if (copy_in_obj(&type, (const long *)umsg))
		return -EFAULT;
	if (len > msg_max || id < 0 || type < 1)
		return -EINVAL;
	m = ipc_msg_in((const char *)umsg + sizeof(long), len);
	if (is_err(m))
		return ptr_err(m);
	m->type = type;
	err = send(id, m, flags);
	if (err)
		ipc_msg_free(m);
	return err;
}

/* What msgtyp and the flags mean: msgop(2). */
static void set_search(struct msg_receiver *r, long type, int flags)
{
	r->type = type;
	if (flags & MSG_COPY) {
		r->search = NUMBER;
	} else if (!type) {
		r->search = ANY;
	} else if (type < 0) {
		r->type = type == LONG_MIN ? LONG_MAX : -type;
		r->search = LESS_EQUAL;
	} else {
		r->search = flags & MSG_EXCEPT ? NOT_EQUAL : EQUAL;
	}
}

static struct ipc_msg *find(const struct msg_queue *q,
			    const struct msg_receiver *r)
{
	struct ipc_msg *found = NULL;
	long type = r->type, n = 0;

	list_for_each (l, &q->messages) {
		struct ipc_msg *m = list_entry(l, struct ipc_msg, link);

		if (!matches(m->type, r->search, type))
			continue;
		if (r->search == NUMBER) {
			if (n++ == type)
				return m;
		} else if (r->search == LESS_EQUAL) {
			/* The lowest type, and the first of that. */
			found = m;
			type = m->type - 1;
		} else {
			return m;
		}
	}
	return found;
}

static void take(struct msg_queue *q, struct ipc_msg *m)
{
	list_del(&m->link);
	q->nr--;
	q->bytes -= m->len;
	all_bytes -= m->len;
	all_messages--;
	q->rtime = sysv_now();
	q->recv_pid = current_process()->pid;
	wake_senders(q);
}

/* With MSG_COPY the message stays the queue's. */
static int receive(int id, struct msg_receiver *r, size_t size, int flags)
{
	struct msg_queue *q = queue_of(sysv_get(&ids, id));
	int err;

	if (!q)
		return -EINVAL;
	do {
		if (sysv_may(&q->obj, 0444))
			return -EACCES;
		r->msg = find(q, r);
		if (r->msg) {
			if (r->msg->len > r->max)
				return -E2BIG;
			/* Linux cuts messages, but not copies. */
			if (flags & MSG_COPY)
				return r->msg->len > size ? -EINVAL : 0;
			take(q, r->msg);
			return 0;
		}
		if (flags & IPC_NOWAIT)
			return -ENOMSG;
		err = sysv_wait(&q->receivers, &r->waiter, WAIT_FOREVER);
		if (err != -EAGAIN)
			return err;
		/* IPC_SET: perhaps it may no longer. */
		q = queue_of(sysv_get(&ids, id));
	} while (q);
	return -EIDRM;
}

long sys_msgrcv(int id, void *umsg, size_t size, long type, int flags)
{
	struct msg_receiver r = {
		.max = flags & MSG_NOERROR ? SIZE_MAX : size,
	};
	size_t n;
	int err;

	if (id < 0 || (long)size < 0)
		return -EINVAL;
	if (flags & MSG_COPY && (flags & MSG_EXCEPT || !(flags & IPC_NOWAIT)))
		return -EINVAL;
	set_search(&r, type, flags);
	err = receive(id, &r, size, flags);
	if (err)
		return err;
	n = MIN(size, r.msg->len);
	if (copy_out_obj((long *)umsg, &r.msg->type) ||
	    ipc_msg_out((char *)umsg + sizeof(long), r.msg, n))
		err = -EFAULT;
	if (!(flags & MSG_COPY))
		ipc_msg_free(r.msg);
	return err ? err : (long)n;
}

static void remove_queue(struct msg_queue *q)
{
	sysv_remove(&ids, &q->obj);
	end_all(&q->receivers, -EIDRM);
	end_all(&q->senders, -EIDRM);
	list_for_each_safe (l, &q->messages)
		ipc_msg_free(list_entry(l, struct ipc_msg, link));
	all_bytes -= q->bytes;
	all_messages -= q->nr;
	kfree(q);
}

static long info(int cmd, void *ubuf)
{
	struct msginfo mi = {
		.msgmap = MSGMAP,
		.msgpool = MSGPOOL,
		.msgtql = MSGTQL,
		.msgmax = (int)msg_max,
		.msgmnb = (int)msg_mnb,
		.msgmni = (int)msg_mni,
		.msgssz = MSGSSZ,
		.msgseg = (unsigned short)MSGSEG,
	};

	if (cmd == MSG_INFO) {
		mi.msgpool = (int)ids.in_use;
		mi.msgmap = (int)all_messages;
		mi.msgtql = (int)all_bytes;
	}
	if (copy_out_obj((struct msginfo *)ubuf, &mi))
		return -EFAULT;
	return sysv_max_index(&ids);
}

static long stat(int id, int cmd, void *ubuf)
{
	struct msqid64_ds ds;
	struct sysv_object *o =
		cmd == IPC_STAT ? sysv_get(&ids, id) : sysv_at(&ids, id);
	const struct msg_queue *q = queue_of(o);

	if (!q)
		return -EINVAL;
	if (cmd != MSG_STAT_ANY && sysv_may(o, 0444))
		return -EACCES;
	memset(&ds, 0, sizeof(ds));
	sysv_perm_out(o, &ds.msg_perm);
	ds.msg_stime = q->stime;
	ds.msg_rtime = q->rtime;
	ds.msg_ctime = q->ctime;
	ds.msg_cbytes = q->bytes;
	ds.msg_qnum = q->nr;
	ds.msg_qbytes = q->max_bytes;
	ds.msg_lspid = q->send_pid;
	ds.msg_lrpid = q->recv_pid;
	if (copy_out_obj((struct msqid64_ds *)ubuf, &ds))
		return -EFAULT;
	return cmd == IPC_STAT ? 0 : o->id;
}

static int set(struct msg_queue *q, const struct msqid64_ds *ds)
{
	int err;

	if (ds->msg_qbytes > msg_mnb && !cred_capable(&current_process()->cred))
		return -EPERM;
	err = sysv_perm_in(&q->obj, &ds->msg_perm);
	if (err)
		return err;
	q->max_bytes = ds->msg_qbytes;
	q->ctime = sysv_now();
	/* Who waits may have lost his permission, or found room. */
	end_all(&q->receivers, -EAGAIN);
	wake_senders(q);
	return 0;
}

long sys_msgctl(int id, int cmd, void *ubuf)
{
	struct sysv_object *o;
	struct msqid64_ds ds;

	if (id < 0 || cmd < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
	case MSG_INFO:
		return info(cmd, ubuf);
	case IPC_STAT:
	case MSG_STAT:
	case MSG_STAT_ANY:
		return stat(id, cmd, ubuf);
	case IPC_SET:
		if (copy_in_obj(&ds, (struct msqid64_ds *)ubuf))
			return -EFAULT;
		break;
	case IPC_RMID:
		break;
	default:
		return -EINVAL;
	}
	o = sysv_get_to_change(&ids, id);
	if (is_err(o))
		return ptr_err(o);
	if (cmd == IPC_SET)
		return set(queue_of(o), &ds);
	remove_queue(queue_of(o));
	return 0;
}

static int show(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "       key      msqid perms      cbytes       qnum "
		      "lspid lrpid   uid   gid  cuid  cgid      stime      "
		      "rtime      ctime\n");
	for (unsigned int i = 0; i < ids.nr_slots; i++) {
		const struct sysv_object *o = ids.slot[i];
		const struct msg_queue *q = queue_of(ids.slot[i]);

		if (!o)
			continue;
		seq_printf(s,
			   "%10d %10d  %4o  %10zu %10zu %5u %5u %5u %5u %5u "
			   "%5u %10lu %10lu %10lu\n",
			   o->key, o->id, o->mode, q->bytes, q->nr,
			   (unsigned int)q->send_pid, (unsigned int)q->recv_pid,
			   o->uid, o->gid, o->cuid, o->cgid,
			   (unsigned long)q->stime, (unsigned long)q->rtime,
			   (unsigned long)q->ctime);
	}
	return 0;
}

SYSCTL(msgmax, msg_max, 0, INT_MAX)
SYSCTL(msgmnb, msg_mnb, 0, INT_MAX)
SYSCTL(msgmni, msg_mni, 0, SYSV_INDEX_MAX)

static int start(void)
{
	static const struct proc_node limits[] = {
		SYSCTL_FILE("msgmax", msgmax),
		SYSCTL_FILE("msgmnb", msgmnb),
		SYSCTL_FILE("msgmni", msgmni),
	};
	static const struct proc_node file = PROC_FILE("msg", show);

	sysv_proc_add(&file, limits, ARRAY_SIZE(limits));
	return 0;
}

SUBSYSTEM(sysv_msg, .name = "System V message queues", .start = start);
