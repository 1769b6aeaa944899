/* SPDX-License-Identifier: BSD-2-Clause */
/* unix_dgram.c: sending and receiving local datagrams and sequenced packets. */
#include <posixen/lib.h>
#include <asm/poll.h>
#include "unix.h"

/* The socket that m goes to, referenced. */
static int destination(struct unix_sock *u, const struct message *m,
		       struct unix_sock **to)
{
	if (m->name_len)
		return unix_find(&m->name, m->name_len, u->type, to);
	if (!u->peer)
		return -ECONNRESET;
	unix_get(u->peer);
	*to = u->peer;
	return 0;
}

/* May u send to it: 0; -EAGAIN: its queue is full. */
static int check_receiver(struct unix_sock *u, struct unix_sock *to)
{
	/* One that is connected hears only its peer. */
	if (to->peer && to->peer != u)
		return -EPERM;
	if (to->dead) {
		if (u->type == SOCK_SEQPACKET)
			return -EPIPE;
		if (u->peer != to)
			return -ECONNREFUSED;
		unix_dgram_disconnect(u);
		return -ECONNREFUSED;
	}
	if (to->shut_rd)
		return -EPIPE;
	if (to != u && to->peer != u && unix_full(to))
		return -EAGAIN;
	return 0;
}

/* Wait until the receiver has room: it, referenced, in *to. */
static int find_receiver(struct socket *s, const struct message *m,
			 uint64_t deadline, struct unix_sock **to)
{
	struct unix_sock *u = unix_of(s);
	int err;

	if (m->flags & MSG_DONTWAIT)
		deadline = 0;
	for (;;) {
		err = destination(u, m, to);
		if (err)
			return err;
		err = check_receiver(u, *to);
		if (!err)
			return 0;
		if (err == -EAGAIN)
			err = unix_wait_room(*to, deadline);
		unix_put(*to);
		if (err)
			return err;
	}
}

/* Checks in Linux's order: before the bytes are looked at. */
static int check_send(struct socket *s, const struct message *m)
{
	struct unix_sock *u = unix_of(s);
	int err = 0;

	if (m->flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (m->name_len)
		err = unix_check_name(&m->name, m->name_len);
	else if (!u->peer)
		err = -ENOTCONN;
	if (!err && s->opt.passcred)
		err = unix_autobind(u);
	if (!err && m->uio->left > (size_t)s->opt.sndbuf - 32)
		err = -EMSGSIZE;
	return err;
}

static ssize_t send_one(struct socket *s, struct message *m,
			struct unix_scm *scm)
{
	uint64_t deadline = socket_snd_deadline(s);
	size_t n = m->uio->left;
	struct unix_sock *to;
	struct unix_msg *msg;
	int err = check_send(s, m);

	if (!err)
		err = unix_wait_sndbuf(s, m->flags, deadline);
	if (err)
		return err;
	msg = unix_msg_alloc(unix_of(s), n);
	if (!msg)
		return -ENOBUFS;
	if (n && uio_read(msg->data, n, m->uio) != (ssize_t)n)
		err = -EFAULT;
	else
		err = find_receiver(s, m, deadline, &to);
	if (err) {
		unix_msg_free(msg);
		return err;
	}
	unix_scm_attach(scm, msg, s, to);
	unix_msg_queue(to, msg);
	unix_put(to);
	return n;
}

ssize_t unix_dgram_send(struct socket *s, struct message *m)
{
	struct unix_scm scm;
	ssize_t n = unix_scm_get(m, &scm);

	if (n)
		return n;
	n = send_one(s, m, &scm);
	unix_scm_put(&scm);
	return n;
}

/* Wait for a message: 1 at the end. */
static int wait_msg(struct socket *s, unsigned int flags, uint64_t deadline)
{
	struct unix_sock *u = unix_of(s);
	int err;

	for (;;) {
		err = socket_take_error(s);
		if (err || unix_msg_first(u))
			return err;
		/* What does not wait does not see a datagram socket's end. */
		if (u->shut_rd &&
		    (!(flags & MSG_DONTWAIT) || u->type == SOCK_SEQPACKET))
			return 1;
		if (flags & MSG_DONTWAIT)
			return -EAGAIN;
		err = socket_wait(s, POLLIN | POLLRDHUP | POLLHUP | POLLERR,
				  deadline);
		if (err)
			return err;
	}
}

ssize_t unix_dgram_recv(struct socket *s, struct message *m)
{
	uint64_t deadline = socket_rcv_deadline(s);
	struct unix_sock *u = unix_of(s);
	struct unix_scm scm = {.rights = NULL};
	struct unix_msg *msg;
	size_t n, len;
	int err;

	if (m->flags & MSG_OOB)
		return -EOPNOTSUPP;
	err = wait_msg(s, m->flags, deadline);
	if (err)
		return err > 0 ? 0 : err;
	msg = unix_msg_first(u);
	len = msg->len;
	n = MIN(len, m->uio->left);
	if (n < len)
		m->out_flags |= MSG_TRUNC;
	unix_msg_name(m, msg->from);
	if (n && uio_write(msg->data, n, m->uio) != (ssize_t)n)
		err = -EFAULT;
	else
		err = unix_scm_take(&scm, msg, m->flags & MSG_PEEK);
	/* It is gone even if the program cannot have it. */
	if (!(m->flags & MSG_PEEK)) {
		unix_msg_done(u, msg);
		unix_room(u);
	}
	if (err) {
		unix_scm_put(&scm);
		return err;
	}
	unix_scm_deliver(s, m, &scm);
	return m->flags & MSG_TRUNC ? len : n;
}

ssize_t unix_seqpacket_send(struct socket *s, struct message *m)
{
	int err = socket_take_error(s);

	if (err)
		return err;
	if (unix_of(s)->state != UNIX_ESTABLISHED)
		return -ENOTCONN;
	/* A name is passed over. */
	m->name_len = 0;
	return unix_dgram_send(s, m);
}

ssize_t unix_seqpacket_recv(struct socket *s, struct message *m)
{
	if (unix_of(s)->state != UNIX_ESTABLISHED)
		return -ENOTCONN;
	return unix_dgram_recv(s, m);
}
