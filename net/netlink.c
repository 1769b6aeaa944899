/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink.c: sockets to the kernel, netlink(7). There is NETLINK_ROUTE, which
 * answers questions; nothing is told unasked, so groups are refused.
 */
#include <posixen/ipc.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <asm/poll.h>
#include <linux/rtnetlink.h>
#include "netlink.h"

static struct list netlink_socks = LIST_INIT(netlink_socks);

static struct netlink_sock *netlink_of(const struct socket *s)
{
	return s->priv;
}

static bool port_taken(uint32_t port)
{
	list_for_each (pos, &netlink_socks)
		if (list_entry(pos, struct netlink_sock, link)->port == port)
			return true;
	return false;
}

/* The process's number, or for a second socket one that cannot be a process's.
 */
static void netlink_autobind(struct netlink_sock *n)
{
	uint32_t port = (uint32_t)current_process()->pid;

	if (n->port)
		return;
	for (uint32_t next = -4097u; port_taken(port); next--)
		port = next;
	n->port = port;
}

static int check_name(const struct sockaddr_storage_k *name, unsigned int len,
		      struct sockaddr_nl *nl)
{
	if (len < sizeof(*nl) || name->family != AF_NETLINK)
		return -EINVAL;
	memcpy(nl, name, sizeof(*nl));
	return 0;
}

static int netlink_bind(struct socket *s, const struct sockaddr_storage_k *name,
			unsigned int len)
{
	struct netlink_sock *n = netlink_of(s);
	struct sockaddr_nl nl;
	int err = check_name(name, len, &nl);

	if (err)
		return err;
	if (nl.nl_groups)
		return -EOPNOTSUPP;
	if (n->port && nl.nl_pid != n->port)
		return -EINVAL;
	if (!nl.nl_pid) {
		netlink_autobind(n);
		return 0;
	}
	if (!n->port && port_taken(nl.nl_pid))
		return -EADDRINUSE;
	n->port = nl.nl_pid;
	return 0;
}

/* The kernel is the only one to talk to. */
static int netlink_connect(struct socket *s,
			   const struct sockaddr_storage_k *name,
			   unsigned int len, bool nonblock)
{
	struct sockaddr_nl nl;
	int err;

	if (len < sizeof(name->family))
		return -EINVAL;
	if (name->family == AF_UNSPEC)
		return 0;
	err = check_name(name, len, &nl);
	if (err)
		return err;
	if (nl.nl_groups || nl.nl_pid)
		return -ECONNREFUSED;
	netlink_autobind(netlink_of(s));
	return 0;
}

static int netlink_getname(struct socket *s, struct sockaddr_storage_k *name,
			   bool peer)
{
	struct sockaddr_nl nl = {.nl_family = AF_NETLINK};

	if (!peer)
		nl.nl_pid = netlink_of(s)->port;
	memcpy(name, &nl, sizeof(nl));
	return sizeof(nl);
}

void *netlink_begin(struct netlink_reply *r, uint16_t type, uint16_t flags,
		    size_t n)
{
	size_t size = NLMSG_SPACE(n);

	/* No message of ours comes near the space that is left. */
	if (r->buf && r->buf->len > NETLINK_BUF_SIZE / 2)
		netlink_send(r);
	if (!r->buf) {
		/* Who asks and asks but does not read (SO_RCVBUF). */
		if (r->to->rx_bytes > (size_t)r->to->s->opt.rcvbuf) {
			r->err = -ENOBUFS;
			return NULL;
		}
		r->buf = kzalloc(sizeof(*r->buf) + NETLINK_BUF_SIZE);
		if (!r->buf) {
			r->err = -ENOBUFS;
			return NULL;
		}
		list_init(&r->buf->link);
	}
	r->msg = (struct nlmsghdr *)(r->buf->data + r->buf->len);
	*r->msg = (struct nlmsghdr){
		.nlmsg_len = NLMSG_LENGTH(n),
		.nlmsg_type = type,
		.nlmsg_flags = flags,
		.nlmsg_seq = r->request->nlmsg_seq,
		.nlmsg_pid = r->to->port,
	};
	r->buf->len += size;
	return NLMSG_DATA(r->msg);
}

void netlink_attr(struct netlink_reply *r, uint16_t type, const void *data,
		  size_t n)
{
	struct rtattr *a = (struct rtattr *)(r->buf->data + r->buf->len);

	if (r->buf->len + RTA_SPACE(n) > NETLINK_BUF_SIZE) {
		r->err = -ENOBUFS;
		return;
	}
	a->rta_type = type;
	a->rta_len = RTA_LENGTH(n);
	memcpy(RTA_DATA(a), data, n);
	r->buf->len += RTA_SPACE(n);
	r->msg->nlmsg_len =
		(uint32_t)(r->buf->data + r->buf->len - (char *)r->msg);
}

void netlink_send(struct netlink_reply *r)
{
	if (!r->buf)
		return;
	list_append(&r->to->rx, &r->buf->link);
	r->to->rx_bytes += r->buf->len;
	r->buf = NULL;
	socket_wake(r->to->s, POLLIN | POLLRDNORM);
}

/* NLMSG_ERROR: what went wrong (0: nothing) and the request that it was. */
static void acknowledge(struct netlink_reply *r, int err)
{
	const struct nlmsghdr *q = r->request;
	size_t n = err ? MIN((size_t)q->nlmsg_len, (size_t)1024) : sizeof(*q);
	struct nlmsgerr *e;

	e = netlink_begin(r, NLMSG_ERROR, err ? 0 : NLM_F_CAPPED,
			  sizeof(e->error) + n);
	if (!e)
		return;
	e->error = err;
	memcpy(&e->msg, q, n);
	netlink_send(r);
}

static void serve(struct netlink_sock *n, const struct nlmsghdr *q)
{
	struct netlink_reply r = {.to = n, .request = q};
	int err = 0;

	if (!(q->nlmsg_flags & NLM_F_REQUEST))
		return;
	if (q->nlmsg_type >= NLMSG_MIN_TYPE)
		err = netlink_route(&r);
	netlink_send(&r);
	if (err || (q->nlmsg_flags & NLM_F_ACK))
		acknowledge(&r, err);
	/* Linux tells of lost answers this way. */
	if (r.err)
		n->s->error = ENOBUFS;
}

static ssize_t netlink_sendmsg(struct socket *s, struct message *m)
{
	struct netlink_sock *n = netlink_of(s);
	size_t len = m->uio->left, at = 0;
	struct sockaddr_nl nl;
	char *buf;
	int err;

	if (m->flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (m->name_len) {
		err = check_name(&m->name, m->name_len, &nl);
		if (err)
			return err;
		if (nl.nl_pid || nl.nl_groups)
			return -ECONNREFUSED;
	}
	if (len > (size_t)s->opt.sndbuf - 32)
		return -EMSGSIZE;
	netlink_autobind(n);
	buf = kmalloc(len + 1);
	if (!buf)
		return -ENOBUFS;
	if (len && uio_read(buf, len, m->uio) != (ssize_t)len) {
		kfree(buf);
		return -EFAULT;
	}
	while (len - at >= NLMSG_HDRLEN) {
		struct nlmsghdr *q = (struct nlmsghdr *)(buf + at);

		if (q->nlmsg_len < NLMSG_HDRLEN || q->nlmsg_len > len - at)
			break;
		serve(n, q);
		at += MIN((size_t)NLMSG_ALIGN(q->nlmsg_len), len - at);
	}
	kfree(buf);
	return len;
}

static ssize_t netlink_recvmsg(struct socket *s, struct message *m)
{
	const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
	uint64_t deadline = socket_rcv_deadline(s);
	struct netlink_sock *n = netlink_of(s);
	struct netlink_buf *b;
	size_t len, take;
	int err;

	if (m->flags & MSG_OOB)
		return -EOPNOTSUPP;
	for (;;) {
		err = socket_take_error(s);
		if (!err && !list_empty(&n->rx))
			break;
		if (!err)
			err = m->flags & MSG_DONTWAIT
				      ? -EAGAIN
				      : socket_wait(s, POLLIN | POLLERR,
						    deadline);
		if (err)
			return err;
	}
	b = list_first(&n->rx, struct netlink_buf, link);
	len = b->len;
	take = MIN(len, m->uio->left);
	if (take < len)
		m->out_flags |= MSG_TRUNC;
	if (take && uio_write(b->data, take, m->uio) != (ssize_t)take)
		err = -EFAULT;
	memcpy(&m->name, &kernel, sizeof(kernel));
	m->name_len = sizeof(kernel);
	if (!(m->flags & MSG_PEEK)) {
		list_del(&b->link);
		n->rx_bytes -= len;
		kfree(b);
	}
	if (err)
		return err;
	return (ssize_t)(m->flags & MSG_TRUNC ? len : take);
}

static unsigned int netlink_poll(struct socket *s)
{
	unsigned int ev = POLLOUT | POLLWRNORM | POLLWRBAND;

	if (s->error)
		ev |= POLLERR;
	if (!list_empty(&netlink_of(s)->rx))
		ev |= POLLIN | POLLRDNORM;
	return ev;
}

static void netlink_release(struct socket *s)
{
	struct netlink_sock *n = netlink_of(s);

	while (!list_empty(&n->rx)) {
		struct netlink_buf *b =
			list_first(&n->rx, struct netlink_buf, link);

		list_del(&b->link);
		kfree(b);
	}
	list_del(&n->link);
	kfree(n);
}

static const struct socket_ops netlink_ops = {
	.bind = netlink_bind,
	.connect = netlink_connect,
	.getname = netlink_getname,
	.send = netlink_sendmsg,
	.recv = netlink_recvmsg,
	.poll = netlink_poll,
	.release = netlink_release,
};

/* For mq_notify(2). */
static void *tell_reserve(struct file *f, size_t n, char **data)
{
	struct socket *s = socket_of(f);
	struct netlink_buf *b;

	if (!s || s->ops != &netlink_ops)
		return err_ptr(s ? -EINVAL : -ENOTSOCK);
	b = kzalloc(sizeof(*b) + n);
	if (!b)
		return err_ptr(-ENOMEM);
	list_init(&b->link);
	b->len = n;
	*data = b->data;
	return b;
}

static void tell_deliver(struct file *f, void *msg)
{
	struct netlink_sock *n = netlink_of(socket_of(f));
	struct netlink_buf *b = msg;

	list_append(&n->rx, &b->link);
	n->rx_bytes += b->len;
	socket_wake(n->s, POLLIN | POLLRDNORM);
}

static const struct netlink_hooks hooks = {tell_reserve, tell_deliver};

static int netlink_create(struct socket *s)
{
	struct netlink_sock *n;

	/* What it tells of must be there. */
	SUBSYSTEM_REQUIRE(network);
	if (s->type != SOCK_RAW && s->type != SOCK_DGRAM)
		return -ESOCKTNOSUPPORT;
	if (s->protocol != NETLINK_ROUTE)
		return -EPROTONOSUPPORT;
	n = kzalloc(sizeof(*n));
	if (!n)
		return -ENOMEM;
	n->s = s;
	list_init(&n->rx);
	list_append(&netlink_socks, &n->link);
	s->ops = &netlink_ops;
	s->priv = n;
	netlink_hooks = &hooks;
	return 0;
}

const struct socket_family netlink_family = {
	.family = AF_NETLINK,
	.create = netlink_create,
};
