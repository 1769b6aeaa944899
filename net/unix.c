/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix.c: AF_UNIX (unix(7)): the life of a socket, connections, readiness. See
 * unix.h for the other files.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <asm/ioctls.h>
#include <asm/poll.h>
#include <asm/socket.h>
#include <linux/sockios.h>
#include "unix.h"

#define IN_EVENTS  (POLLIN | POLLRDNORM)
#define OUT_EVENTS (POLLOUT | POLLWRNORM | POLLWRBAND)
#define ALL_EVENTS (IN_EVENTS | OUT_EVENTS | POLLRDHUP | POLLHUP | POLLERR)

struct list unix_all = LIST_INIT(unix_all);

static struct unix_sock *sock_alloc(int type)
{
	struct unix_sock *u = kzalloc(sizeof(*u));

	if (!u)
		return NULL;
	u->refs = 1;
	u->type = type;
	u->backlog = UNIX_DGRAM_QLEN;
	u->peercred = (struct ucred){0, -1u, -1u};
	list_init(&u->rx);
	list_init(&u->accept_link);
	list_init(&u->fans);
	list_init(&u->fan_link);
	waitq_init(&u->room);
	list_append(&unix_all, &u->link);
	return u;
}

void unix_get(struct unix_sock *u)
{
	u->refs++;
}

void unix_put(struct unix_sock *u)
{
	if (--u->refs)
		return;
	list_del(&u->link);
	if (u->addr)
		unix_addr_put(u->addr);
	kfree(u);
}

void unix_wake(struct unix_sock *u, unsigned int mask)
{
	if (u->s)
		socket_wake(u->s, mask);
}

int unix_wait_room(struct unix_sock *other, uint64_t deadline)
{
	int err;

	if (!deadline)
		return -EAGAIN;
	err = waitq_sleep(&other->room, POLLOUT, deadline);
	if (err == -ETIMEDOUT)
		return -EAGAIN;
	return err == -EINTR ? socket_interrupted(deadline) : err;
}

void unix_room(struct unix_sock *u)
{
	if (unix_full(u))
		return;
	waitq_wake_all(&u->room, POLLOUT);
	/* It was full until now: who polls a connected socket waits, too. */
	if (u->rx_nr == u->backlog)
		list_for_each (pos, &u->fans)
			unix_wake(list_entry(pos, struct unix_sock, fan_link),
				  OUT_EVENTS);
}

static bool is_dgram(const struct unix_sock *u)
{
	return u->type == SOCK_DGRAM;
}

/* Streams and sequenced packets: the other side learns of it. */
static void hang_up_peer(struct unix_sock *u)
{
	struct unix_sock *p = u->peer;

	p->shut_rd = p->shut_wr = true;
	if ((!list_empty(&u->rx) || u->embryo) && p->s)
		p->s->error = ECONNRESET;
	unix_wake(p, ALL_EVENTS);
	/* p still has u as its peer: its name can be asked for. */
	u->peer = NULL;
	unix_put(p);
}

static void dgram_leave(struct unix_sock *u)
{
	struct unix_sock *old = u->peer;

	u->peer = NULL;
	list_del(&u->fan_link);
	u->state = UNIX_CLOSE;
	unix_put(old);
}

/* Close u; takes the owner's reference. */
static void close_sock(struct unix_sock *u)
{
	struct unix_sock *e;

	u->dead = u->shut_rd = u->shut_wr = true;
	u->s = NULL;
	if (u->addr && u->addr->sock == u)
		unix_addr_free(u->addr);
	if (u->peer && is_dgram(u))
		dgram_leave(u);
	else if (u->peer)
		hang_up_peer(u);
	waitq_wake_all(&u->room, ~0u);
	list_for_each (pos, &u->fans)
		unix_wake(list_entry(pos, struct unix_sock, fan_link),
			  ALL_EVENTS);
	if (u->state != UNIX_LISTEN)
		unix_msg_purge(u);
	while (!list_empty(&u->rx)) {
		e = list_first(&u->rx, struct unix_sock, accept_link);
		list_del(&e->accept_link);
		close_sock(e);
	}
	u->state = UNIX_CLOSE;
	unix_put(u);
}

static void unix_release(struct socket *s)
{
	struct unix_sock *u = unix_of(s);

	if (!u)
		return;
	close_sock(u);
	if (unix_inflight)
		unix_gc(NULL);
}

/* One of perhaps several descriptors of it: what holds it from now on may be
 * messages in its own queue only. */
static void unix_flush(struct socket *s)
{
	if (unix_inflight)
		unix_gc(s->file);
}

static int unix_create(struct socket *s)
{
	struct unix_sock *u;

	if (s->protocol && s->protocol != AF_UNIX)
		return -EPROTONOSUPPORT;
	switch (s->type) {
	case SOCK_STREAM:
		s->ops = &unix_stream_ops;
		break;
	case SOCK_RAW: /* Linux takes it for this one */
		s->type = SOCK_DGRAM;
		/* fallthrough */
	case SOCK_DGRAM:
		s->ops = &unix_dgram_ops;
		break;
	case SOCK_SEQPACKET:
		s->ops = &unix_seqpacket_ops;
		break;
	default:
		return -ESOCKTNOSUPPORT;
	}
	u = sock_alloc(s->type);
	if (!u)
		return -ENOMEM;
	u->s = s;
	s->protocol = 0;
	s->priv = u;
	return 0;
}

static void dgram_set_peer(struct unix_sock *u, struct unix_sock *other)
{
	unix_get(other);
	u->peer = other;
	list_append(&other->fans, &u->fan_link);
	u->state = other->state = UNIX_ESTABLISHED;
}

static int unix_pair(struct socket *a, struct socket *b)
{
	struct unix_sock *ua = unix_of(a), *ub = unix_of(b);

	ua->peercred = ub->peercred = unix_own_cred(true);
	if (is_dgram(ua)) {
		dgram_set_peer(ua, ub);
		dgram_set_peer(ub, ua);
		return 0;
	}
	unix_get(ua);
	unix_get(ub);
	ua->peer = ub;
	ub->peer = ua;
	ua->state = ub->state = UNIX_ESTABLISHED;
	return 0;
}

static int unix_listen(struct socket *s, int backlog)
{
	struct unix_sock *u = unix_of(s);

	if (is_dgram(u))
		return -EOPNOTSUPP;
	if (!u->addr || u->state == UNIX_ESTABLISHED)
		return -EINVAL;
	if ((unsigned int)backlog > u->backlog)
		waitq_wake_all(&u->room, POLLOUT);
	u->backlog = backlog;
	u->state = UNIX_LISTEN;
	u->peercred = unix_own_cred(true);
	s->listening = true;
	return 0;
}

/* A listener that has room, referenced. May block. */
static int find_listener(struct unix_sock *u,
			 const struct sockaddr_storage_k *name,
			 unsigned int len, uint64_t deadline,
			 struct unix_sock **out)
{
	struct unix_sock *l;
	int err;

	for (;;) {
		err = unix_find(name, len, u->type, &l);
		if (err)
			return err;
		if (l->state != UNIX_LISTEN || l->shut_rd)
			err = -ECONNREFUSED;
		else if (!unix_full(l))
			break;
		else
			err = unix_wait_room(l, deadline);
		unix_put(l);
		if (err)
			return err;
	}
	*out = l;
	return 0;
}

/* Make e what accept(2) on l will give, with u on the other side. */
static void join(struct unix_sock *u, struct unix_sock *l, struct unix_sock *e)
{
	unix_get(u);
	e->peer = u;
	unix_get(e);
	u->peer = e;
	e->state = u->state = UNIX_ESTABLISHED;
	e->peercred = unix_own_cred(true);
	u->peercred = l->peercred;
	unix_addr_get(l->addr);
	e->addr = l->addr;
	e->embryo = true;
	list_append(&l->rx, &e->accept_link);
	l->rx_nr++;
	unix_wake(l, IN_EVENTS);
}

static int stream_connect(struct socket *s,
			  const struct sockaddr_storage_k *name,
			  unsigned int len, bool nonblock)
{
	uint64_t deadline = nonblock ? 0 : socket_snd_deadline(s);
	struct unix_sock *u = unix_of(s), *l, *e;
	int err = unix_check_name(name, len);

	if (!err && s->opt.passcred)
		err = unix_autobind(u);
	if (err)
		return err;
	e = sock_alloc(u->type);
	if (!e)
		return -ENOMEM;
	err = find_listener(u, name, len, deadline, &l);
	if (!err) {
		if (u->state == UNIX_CLOSE && !u->peer)
			join(u, l, e);
		else
			err = u->state == UNIX_LISTEN ? -EINVAL : -EISCONN;
		unix_put(l);
	}
	if (err)
		unix_put(e);
	return err;
}

static int unix_accept(struct socket *s, struct socket *fresh, bool nonblock)
{
	struct unix_sock *u = unix_of(s), *e;
	uint64_t deadline = socket_rcv_deadline(s);
	int err;

	if (is_dgram(u))
		return -EOPNOTSUPP;
	if (u->state != UNIX_LISTEN)
		return -EINVAL;
	while (list_empty(&u->rx)) {
		/* Linux looks at the shutdown only when it would wait. */
		if (nonblock)
			return -EAGAIN;
		if (u->shut_rd)
			return -EINVAL;
		err = socket_wait(s, ALL_EVENTS & ~OUT_EVENTS, deadline);
		if (err)
			return err;
	}
	e = list_first(&u->rx, struct unix_sock, accept_link);
	list_del(&e->accept_link);
	u->rx_nr--;
	unix_room(u);
	e->embryo = false;
	e->s = fresh;
	fresh->priv = e;
	fresh->opt.passcred = s->opt.passcred;
	return 0;
}

/*
 * What came from the old peer is lost; and if that had u as its peer it is
 * told, as Linux does when one end of a pair turns away. Not u itself, which
 * may be its own peer.
 */
void unix_dgram_disconnect(struct unix_sock *u)
{
	struct unix_sock *old = u->peer;

	if (u->rx_nr) {
		unix_msg_purge(u);
		waitq_wake_all(&u->room, POLLOUT);
		if (old != u && !old->dead && old->peer == u) {
			old->s->error = ECONNRESET;
			unix_wake(old, POLLERR);
		}
	}
	dgram_leave(u);
}

static int dgram_connect(struct socket *s,
			 const struct sockaddr_storage_k *name,
			 unsigned int len, bool nonblock)
{
	struct unix_sock *u = unix_of(s), *other;
	int err;

	if (len < UNIX_NAME_HEAD)
		return -EINVAL;
	if (name->family == AF_UNSPEC) {
		if (u->peer)
			unix_dgram_disconnect(u);
		u->state = UNIX_CLOSE;
		return 0;
	}
	err = unix_check_name(name, len);
	if (!err && s->opt.passcred)
		err = unix_autobind(u);
	if (!err)
		err = unix_find(name, len, u->type, &other);
	if (err)
		return err;
	if (other->peer && other->peer != u) {
		unix_put(other);
		return -EPERM;
	}
	if (u->peer && u->peer != other)
		unix_dgram_disconnect(u);
	if (!u->peer)
		dgram_set_peer(u, other);
	unix_wake(u, OUT_EVENTS);
	unix_put(other);
	return 0;
}

static int unix_shutdown(struct socket *s, int how)
{
	struct unix_sock *u = unix_of(s), *p = is_dgram(u) ? NULL : u->peer;
	bool rd = how != SHUT_WR, wr = how != SHUT_RD;

	u->shut_rd |= rd;
	u->shut_wr |= wr;
	if (p) {
		p->shut_wr |= rd;
		p->shut_rd |= wr;
		unix_wake(p, ALL_EVENTS);
	}
	unix_wake(u, ALL_EVENTS);
	waitq_wake_all(&u->room, POLLOUT);
	return 0;
}

/* What all types have in common. */
static unsigned int poll_common(const struct unix_sock *u)
{
	unsigned int ev = 0;

	if (u->s->error)
		ev |= POLLERR;
	if (u->shut_rd)
		ev |= POLLRDHUP | IN_EVENTS;
	if (u->shut_rd && u->shut_wr)
		ev |= POLLHUP;
	if (!list_empty(&u->rx))
		ev |= IN_EVENTS;
	if (!is_dgram(u) && u->state == UNIX_CLOSE)
		ev |= POLLHUP;
	return ev;
}

static unsigned int stream_poll(struct socket *s)
{
	struct unix_sock *u = unix_of(s);

	return poll_common(u) | (unix_writable(u) ? OUT_EVENTS : 0);
}

static unsigned int dgram_poll(struct socket *s)
{
	struct unix_sock *u = unix_of(s), *p = u->peer;
	bool room = !p || p->peer == u || !unix_full(p);

	return poll_common(u) | (unix_writable(u) && room ? OUT_EVENTS : 0);
}

/* FIONREAD: of datagrams the next one only. */
static long bytes_waiting(const struct unix_sock *u)
{
	long n = 0;

	list_for_each (pos, &u->rx) {
		const struct unix_msg *m =
			list_entry(pos, struct unix_msg, link);

		n += m->len - m->off;
		if (is_dgram(u))
			break;
	}
	return n;
}

static long unix_ioctl(struct socket *s, unsigned int cmd, unsigned long arg)
{
	struct unix_sock *u = unix_of(s);
	int n;

	if (cmd != SIOCOUTQ && cmd != FIONREAD)
		return -ENOTTY;
	if (u->state == UNIX_LISTEN)
		return -EINVAL;
	n = (int)(cmd == SIOCOUTQ ? (long)u->tx_used : bytes_waiting(u));
	return copy_out_obj((int *)arg, &n);
}

static int unix_getopt(struct socket *s, int level, int name, void *val,
		       unsigned int *len)
{
	if (level != SOL_SOCKET)
		return -EOPNOTSUPP;
	if (name != SO_PEERCRED)
		return -ENOPROTOOPT;
	memcpy(val, &unix_of(s)->peercred, sizeof(struct ucred));
	*len = sizeof(struct ucred);
	return 0;
}

static void unix_option_changed(struct socket *s, int name)
{
	if (unix_writable(unix_of(s)))
		socket_wake(s, OUT_EVENTS);
}

const struct socket_ops unix_stream_ops = {
	.bind = unix_bind,
	.connect = stream_connect,
	.listen = unix_listen,
	.accept = unix_accept,
	.getname = unix_getname,
	.send = unix_stream_send,
	.recv = unix_stream_recv,
	.shutdown = unix_shutdown,
	.poll = stream_poll,
	.getopt = unix_getopt,
	.option_changed = unix_option_changed,
	.ioctl = unix_ioctl,
	.flush = unix_flush,
	.release = unix_release,
};

const struct socket_ops unix_dgram_ops = {
	.bind = unix_bind,
	.connect = dgram_connect,
	.listen = unix_listen,
	.accept = unix_accept,
	.getname = unix_getname,
	.send = unix_dgram_send,
	.recv = unix_dgram_recv,
	.shutdown = unix_shutdown,
	.poll = dgram_poll,
	.getopt = unix_getopt,
	.option_changed = unix_option_changed,
	.ioctl = unix_ioctl,
	.flush = unix_flush,
	.release = unix_release,
};

const struct socket_ops unix_seqpacket_ops = {
	.bind = unix_bind,
	.connect = stream_connect,
	.listen = unix_listen,
	.accept = unix_accept,
	.getname = unix_getname,
	.send = unix_seqpacket_send,
	.recv = unix_seqpacket_recv,
	.shutdown = unix_shutdown,
	.poll = dgram_poll,
	.getopt = unix_getopt,
	.option_changed = unix_option_changed,
	.ioctl = unix_ioctl,
	.flush = unix_flush,
	.release = unix_release,
};

const struct socket_family unix_family = {
	.family = AF_UNIX,
	.create = unix_create,
	.pair = unix_pair,
};
