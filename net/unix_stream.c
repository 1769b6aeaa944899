/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_stream.c: sending to and receiving from local stream sockets. Bytes are
 * copied into messages and out of them; where one write ends and the next
 * begins does not show, except that what came with files or with other
 * credentials is not read together with what follows.
 */
#include <posixen/lib.h>
#include <asm/poll.h>
#include "unix.h"

/* Data in one message at most: with its head eight pages. */
#define CHUNK (32768 - sizeof(struct unix_msg))

/* A message with as much of u as one takes. */
static struct unix_msg *next_chunk(struct socket *s, struct uio *u)
{
	size_t half = (size_t)s->opt.sndbuf / 2 - 64;
	size_t n = MIN(MIN(u->left, half), CHUNK);
	struct unix_msg *msg = unix_msg_alloc(unix_of(s), n);

	if (!msg && n > PAGE_SIZE) {
		n = PAGE_SIZE - sizeof(*msg);
		msg = unix_msg_alloc(unix_of(s), n);
	}
	if (!msg)
		return err_ptr(-ENOBUFS);
	if (uio_read(msg->data, n, u) != (ssize_t)n) {
		unix_msg_free(msg);
		return err_ptr(-EFAULT);
	}
	return msg;
}

/* One message more, once there is room for it: its bytes or -errno. */
static ssize_t send_chunk(struct socket *s, struct message *m,
			  struct unix_scm *scm, uint64_t deadline)
{
	int err = unix_wait_sndbuf(s, m->flags, deadline);
	struct unix_sock *to = unix_of(s)->peer;
	struct unix_msg *msg;

	if (err)
		return err;
	msg = next_chunk(s, m->uio);
	if (is_err(msg))
		return ptr_err(msg);
	if (to->dead || to->shut_rd) {
		unix_msg_free(msg);
		return -EPIPE;
	}
	unix_scm_attach(scm, msg, s, to);
	unix_msg_queue(to, msg);
	return msg->len;
}

static ssize_t check_send(struct unix_sock *u, const struct message *m)
{
	if (m->flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (m->name_len)
		return u->state == UNIX_ESTABLISHED ? -EISCONN : -EOPNOTSUPP;
	if (!u->peer)
		return -ENOTCONN;
	return u->shut_wr ? -EPIPE : 0;
}

ssize_t unix_stream_send(struct socket *s, struct message *m)
{
	uint64_t deadline = socket_snd_deadline(s);
	struct unix_scm scm;
	ssize_t n, sent = 0;

	n = unix_scm_get(m, &scm);
	if (n)
		return n;
	n = check_send(unix_of(s), m);
	while (!n && m->uio->left) {
		n = send_chunk(s, m, &scm, deadline);
		if (n < 0)
			break;
		sent += n;
		n = 0;
	}
	unix_scm_put(&scm);
	return sent ? sent : n;
}

/* The first message that has not been peeked at yet. */
static struct unix_msg *next_msg(struct unix_sock *u, struct unix_msg *after)
{
	struct list *next = after ? after->link.next : u->rx.next;

	return next == &u->rx ? NULL : list_entry(next, struct unix_msg, link);
}

/* Nothing is there to read: 0 to look again, 1 at the end, or -errno. */
static int wait_data(struct socket *s, unsigned int flags, uint64_t deadline)
{
	int err = socket_take_error(s);

	if (err)
		return err;
	if (unix_of(s)->shut_rd)
		return 1;
	if (flags & MSG_DONTWAIT)
		return -EAGAIN;
	return socket_wait(s, POLLIN | POLLRDHUP | POLLHUP | POLLERR, deadline);
}

static bool same_cred(const struct unix_msg *a, const struct unix_scm *b)
{
	return !memcmp(&a->cred, &b->cred, sizeof(a->cred));
}

/* A read in progress. */
struct stream_read {
	struct socket *s;
	struct message *m;
	struct unix_scm scm;
	struct unix_msg *peeked; /* with MSG_PEEK: the last one seen */
	ssize_t done;
	bool begun;
};

/* Read from one message: 0 to go on, 1 to stop, -errno. */
static int read_msg(struct stream_read *r, struct unix_msg *msg)
{
	bool peek = r->m->flags & MSG_PEEK;
	size_t n = MIN((size_t)(msg->len - msg->off), r->m->uio->left);
	bool files = msg->rights;
	int err;

	if (!r->begun)
		unix_msg_name(r->m, msg->from);
	else if (r->s->opt.passcred && !same_cred(msg, &r->scm))
		return 1;
	if (n && uio_write(msg->data + msg->off, n, r->m->uio) != (ssize_t)n)
		return -EFAULT;
	r->done += n;
	if (!r->begun || files) {
		err = unix_scm_take(&r->scm, msg, peek);
		if (err)
			return err;
	}
	r->begun = true;
	if (peek) {
		r->peeked = msg;
	} else {
		msg->off += n;
		if (msg->off < msg->len)
			return 1;
		unix_msg_done(unix_of(r->s), msg);
	}
	return files;
}

/* At least this much is waited for. */
static ssize_t low_water(struct socket *s, const struct message *m)
{
	size_t n = m->uio->left;

	if (!(m->flags & MSG_WAITALL))
		n = MIN(n, (size_t)s->opt.rcvlowat);
	return n ? n : 1;
}

ssize_t unix_stream_recv(struct socket *s, struct message *m)
{
	uint64_t deadline = socket_rcv_deadline(s);
	struct stream_read r = {.s = s, .m = m};
	struct unix_sock *u = unix_of(s);
	ssize_t want = low_water(s, m);
	struct unix_msg *msg;
	int err = 0;

	if (u->state != UNIX_ESTABLISHED)
		return -EINVAL;
	if (m->flags & MSG_OOB)
		return -EOPNOTSUPP;
	do {
		msg = next_msg(u, r.peeked);
		if (msg) {
			err = read_msg(&r, msg);
		} else if (r.done >= want) {
			break;
		} else {
			/* What was peeked at may be gone after a sleep. */
			if (r.peeked)
				break;
			err = wait_data(s, m->flags, deadline);
		}
	} while (!err && (m->uio->left || (!msg && !r.begun)));
	if (err >= 0 || r.done)
		unix_scm_deliver(s, m, &r.scm);
	else
		unix_scm_put(&r.scm);
	return r.done || err > 0 ? r.done : err;
}
