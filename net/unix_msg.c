/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_msg.c: messages in the queues of local sockets. What is sent is charged
 * to the sender (SO_SNDBUF) until the receiver has read it; datagrams are
 * counted against the receiver, too.
 */
#include <posixen/mem.h>
#include <asm/poll.h>
#include "unix.h"

#define OUT_EVENTS (POLLOUT | POLLWRNORM | POLLWRBAND)

/*
 * What Linux charges for len bytes: its own structures, the first part rounded
 * up as its allocator does, and whole pages of the rest. So a program meets the
 * limit about where it does there.
 */
static size_t charge_of(size_t len)
{
	const size_t head_max = PAGE_SIZE - 320;
	size_t rest = len > head_max ? PAGE_UP(len - head_max) : 0;
	size_t head = len > rest ? len - rest : 0, size = 512;

	while (size < head + 320)
		size *= 2;
	return 256 + size + rest;
}

struct unix_msg *unix_msg_alloc(struct unix_sock *u, size_t len)
{
	struct unix_msg *msg = kmalloc(sizeof(*msg) + len);

	if (!msg)
		return NULL;
	unix_get(u);
	*msg = (struct unix_msg){
		.from = u,
		.charge = charge_of(len),
		.len = (uint32_t)len,
	};
	list_init(&msg->link);
	u->tx_used += msg->charge;
	return msg;
}

bool unix_writable(const struct unix_sock *u)
{
	return u->state != UNIX_LISTEN &&
	       u->tx_used * 4 <= (size_t)u->s->opt.sndbuf;
}

void unix_msg_free(struct unix_msg *msg)
{
	struct unix_sock *from = msg->from;

	from->tx_used -= msg->charge;
	if (from->s && unix_writable(from))
		unix_wake(from, OUT_EVENTS);
	unix_put(from);
	if (msg->rights) {
		unix_rights_sent(msg->rights, -1);
		unix_rights_put(msg->rights);
	}
	kfree(msg);
}

void unix_msg_queue(struct unix_sock *to, struct unix_msg *msg)
{
	list_append(&to->rx, &msg->link);
	to->rx_nr++;
	unix_wake(to, POLLIN | POLLRDNORM);
}

struct unix_msg *unix_msg_first(struct unix_sock *u)
{
	return list_empty(&u->rx) ? NULL
				  : list_first(&u->rx, struct unix_msg, link);
}

void unix_msg_done(struct unix_sock *u, struct unix_msg *msg)
{
	list_del(&msg->link);
	u->rx_nr--;
	unix_msg_free(msg);
}

void unix_msg_purge(struct unix_sock *u)
{
	while (!list_empty(&u->rx))
		unix_msg_done(u, unix_msg_first(u));
}

int unix_wait_sndbuf(struct socket *s, unsigned int flags, uint64_t deadline)
{
	struct unix_sock *u = unix_of(s);
	int err;

	for (;;) {
		err = socket_take_error(s);
		if (err)
			return err;
		if (u->shut_wr)
			return -EPIPE;
		if (u->tx_used < (size_t)s->opt.sndbuf)
			return 0;
		if (flags & MSG_DONTWAIT)
			return -EAGAIN;
		err = socket_wait(s, OUT_EVENTS | POLLERR | POLLHUP, deadline);
		if (err)
			return err;
	}
}
