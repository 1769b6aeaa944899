/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * udp.c: datagram sockets: udp(7). lwIP finds the socket of what comes in; who
 * may bind what is decided here, by Linux's rules.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <asm/poll.h>
#include <asm/socket.h>
#include <linux/udp.h>
#include <lwip/udp.h>
#include "dgram.h"
#include "proc_net.h"

struct udp_sock {
	struct dgram_sock d; /* first */
	struct udp_pcb *pcb;
	bool linked; /* in udp_pcbs */
};

/* With their headers they fill 65,535 bytes, which is what lwIP's lengths
 * hold. */
#define MAX_V4 (65535U - 20 - UDP_HLEN)
#define MAX_V6 (65535U - 40 - UDP_HLEN)

static struct udp_sock *udp_of(struct socket *s)
{
	return s->priv;
}

static struct udp_sock *behind(const struct udp_pcb *p);

/* Sockets that share a port by SO_REUSEPORT share what comes to it, each peer
 * being served by one of them. */
static struct udp_sock *choose(struct udp_sock *u, uint16_t port)
{
	struct udp_sock *best = u;
	uint32_t most = 0;

	if (!u->d.in.reuseport || u->d.connected)
		return u;
	for (struct udp_pcb *p = udp_pcbs; p; p = p->next) {
		struct udp_sock *o = behind(p);
		uint32_t h;

		if (!o || o->d.connected || !o->d.in.reuseport ||
		    o->d.in.lport != u->d.in.lport ||
		    IP_GET_TYPE(&o->d.in.local) !=
			    IP_GET_TYPE(&u->d.in.local) ||
		    !ip_addr_cmp(&o->d.in.local, &u->d.in.local))
			continue;
		/* The highest of each pair's hashes wins: no order needed. */
		h = (uint32_t)o->d.in.s->ino * 0x9e3779b1u ^ port * 0x85ebca6bu;
		h ^= ip_current_is_v6() ? ip6_current_src_addr()->addr[3]
					: ip4_current_src_addr()->addr;
		h *= 0xc2b2ae35u;
		h ^= h >> 15;
		if (h >= most) {
			most = h;
			best = o;
		}
	}
	return best;
}

static void on_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p,
		    const ip_addr_t *from, u16_t port)
{
	struct udp_sock *u = arg;

	if (!ip_addr_ismulticast(ip_current_dest_addr()))
		u = choose(u, port);
	dgram_put(&u->d, p, 0, port);
}

static struct udp_sock *behind(const struct udp_pcb *p)
{
	return p->recv == on_recv ? p->recv_arg : NULL;
}

const struct dgram_sock *udp_dgram(const struct udp_pcb *p)
{
	const struct udp_sock *u = behind(p);

	return u ? &u->d : NULL;
}

/* Bring names and options into the pcb. */
static void apply(struct udp_sock *u)
{
	struct udp_pcb *p = u->pcb;

	ip_addr_copy(p->local_ip, u->d.in.local);
	ip_addr_copy(p->remote_ip, u->d.in.remote);
	p->local_port = u->d.in.lport;
	p->remote_port = u->d.in.rport;
	p->netif_idx = u->d.in.bound_if;
	if (u->d.connected)
		udp_set_flags(p, UDP_FLAGS_CONNECTED);
	else
		udp_clear_flags(p, UDP_FLAGS_CONNECTED);
	/* lwIP then passes what is for many to all that match; and it asks for
	 * a leave to broadcast that dgram_route() has seen to. */
	p->so_options |= SOF_REUSEADDR | SOF_BROADCAST;
	if (p->local_port && !u->linked) {
		p->next = udp_pcbs;
		udp_pcbs = p;
		u->linked = true;
	}
}

static void unlink_pcb(struct udp_sock *u)
{
	struct udp_pcb **p = &udp_pcbs;

	if (!u->linked)
		return;
	while (*p != u->pcb)
		p = &(*p)->next;
	*p = u->pcb->next;
	u->linked = false;
}

static const struct socket_ops udp_ops;

int udp_create(struct socket *s)
{
	struct udp_sock *u = kzalloc(sizeof(*u));

	if (!u)
		return -ENOMEM;
	u->pcb = udp_new();
	if (!u->pcb) {
		kfree(u);
		return -ENOMEM;
	}
	dgram_init(&u->d, s);
	udp_recv(u->pcb, on_recv, u);
	s->ops = &udp_ops;
	s->priv = u;
	apply(u);
	return 0;
}

static bool conflict(const struct udp_sock *u, const ip_addr_t *ip,
		     const struct udp_pcb *p)
{
	const struct socket_options *opt = &u->d.in.s->opt;
	const struct udp_sock *o = behind(p);

	if (o == u)
		return false;
	if (o && u->d.in.bound_if && o->d.in.bound_if &&
	    u->d.in.bound_if != o->d.in.bound_if)
		return false;
	if (o && opt->reuseaddr && o->d.in.s->opt.reuseaddr)
		return false;
	if (o && opt->reuseport && o->d.in.s->opt.reuseport &&
	    o->d.in.uid == u->d.in.uid)
		return false;
	return inet_overlap(ip, u->d.in.v6only, &p->local_ip,
			    o ? o->d.in.v6only : false);
}

static bool port_free(const struct udp_sock *u, const ip_addr_t *ip,
		      uint16_t port, bool alone)
{
	for (struct udp_pcb *p = udp_pcbs; p; p = p->next)
		if (p->local_port == port && (alone || conflict(u, ip, p)))
			return false;
	return true;
}

static int autobind(struct udp_sock *u)
{
	uint16_t port = inet_port_random();

	for (int i = INET_PORT_FIRST; i <= INET_PORT_LAST; i++) {
		if (port_free(u, &u->d.in.local, port, true)) {
			u->d.in.lport = port;
			apply(u);
			return 0;
		}
		port = inet_port_next(port);
	}
	return -EAGAIN;
}

static int udp_bind_op(struct socket *s, const struct sockaddr_storage_k *name,
		       unsigned int len)
{
	struct udp_sock *u = udp_of(s);
	struct inet *in = &u->d.in;
	struct inet_name n;
	struct netif *nif;
	bool many;
	int err;

	err = inet_name_in(in, INET_BIND, name, len, &n);
	if (err)
		return err;
	many = ip_addr_ismulticast(&n.ip);
	NETIF_FOREACH(nif)
	many |= ip_addr_isbroadcast(&n.ip, nif);
	if (!many && !inet_is_local(&n.ip) && !in->freebind)
		return -EADDRNOTAVAIL;
	err = inet_port_allowed(n.port);
	if (err)
		return err;
	if (in->lport || u->d.connected)
		return -EINVAL;
	if (ip_addr_isany(&n.ip) && IP_IS_V6(&n.ip))
		inet_any(in, &n.ip);
	if (n.port && !port_free(u, &n.ip, n.port, false))
		return -EADDRINUSE;
	in->reuseaddr = s->opt.reuseaddr;
	in->reuseport = s->opt.reuseport;
	ip_addr_copy(in->local, n.ip);
	in->bound_ip = !ip_addr_isany(&n.ip);
	in->bound_port = n.port;
	if (!n.port && !in->late_port) {
		err = autobind(u);
		if (err)
			inet_any(in, &in->local);
		return err ? -EADDRINUSE : 0;
	}
	in->lport = n.port;
	apply(u);
	return 0;
}

static int disconnect(struct udp_sock *u)
{
	dgram_disconnect(&u->d);
	if (!u->d.in.lport)
		unlink_pcb(u);
	apply(u);
	return 0;
}

static int udp_connect_op(struct socket *s,
			  const struct sockaddr_storage_k *name,
			  unsigned int len, bool nonblock)
{
	struct udp_sock *u = udp_of(s);
	struct inet_name n;
	int err;

	err = inet_name_in(&u->d.in, INET_CONNECT, name, len, &n);
	if (err)
		return err;
	if (n.unspec)
		return disconnect(u);
	err = icmp_errors_start();
	if (!err && !u->d.in.lport)
		err = autobind(u);
	if (!err)
		err = dgram_connect(&u->d, &n);
	if (!err)
		apply(u);
	return err;
}

static int send_pbuf(struct udp_sock *u, struct message *m, struct pbuf *p,
		     const struct inet_name *to)
{
	struct udp_pcb *pcb = u->pcb;
	struct dgram_route r;
	int err;

	err = dgram_route(&u->d, m, &to->ip, &r);
	if (err)
		return err;
	pcb->ttl = pcb->mcast_ttl = r.ttl;
	pcb->tos = r.tos;
	if (IP_IS_V4(&to->ip) ? u->d.in.mcast_loop : u->d.in.mcast_loop6)
		udp_set_flags(pcb, UDP_FLAGS_MULTICAST_LOOP);
	else
		udp_clear_flags(pcb, UDP_FLAGS_MULTICAST_LOOP);
	err = stack_errno(
		udp_sendto_if_src(pcb, p, &to->ip, to->port, r.nif, &r.src));
	stack_flush();
	return err == -ENOMEM ? -ENOBUFS : err;
}

/* Where m goes. */
static int target(struct udp_sock *u, struct message *m, struct inet_name *to)
{
	int err;

	if (u->d.pending) {
		*to = u->d.pending_to;
		return 0;
	}
	if (m->name_len) {
		err = inet_name_in(&u->d.in, INET_SEND, &m->name, m->name_len,
				   to);
		if (err)
			return err;
		return to->port ? 0 : -EINVAL;
	}
	if (!u->d.connected)
		return -EDESTADDRREQ;
	ip_addr_copy(to->ip, u->d.in.remote);
	to->port = u->d.in.rport;
	return 0;
}

static ssize_t udp_send_op(struct socket *s, struct message *m)
{
	struct udp_sock *u = udp_of(s);
	size_t n = m->uio->left;
	struct inet_name to;
	struct pbuf *p;
	unsigned int max;
	int err;

	/* Linux chooses a port before it looks at anything else. */
	if (!u->d.in.lport) {
		err = autobind(u);
		if (err)
			return err;
	}
	if (n > 0xffff)
		return -EMSGSIZE;
	/* Linux: nothing to ipv6(7). */
	if (m->flags & MSG_OOB && s->family == AF_INET)
		return -EOPNOTSUPP;
	err = target(u, m, &to);
	if (err)
		return err;
	if (m->flags & MSG_OOB && IP_IS_V4(&to.ip))
		return -EOPNOTSUPP;
	if (s->error)
		return socket_take_error(s);
	if (s->shut_wr)
		return -EPIPE;
	max = IP_IS_V4(&to.ip) ? MAX_V4 : MAX_V6;
	if (n + (u->d.pending ? u->d.pending->tot_len : 0) > max)
		return -EMSGSIZE;
	p = dgram_copy_in(m->uio);
	if (is_err(p))
		return ptr_err(p) == -ENOMEM ? -ENOBUFS : ptr_err(p);
	if (u->d.pending) {
		pbuf_cat(u->d.pending, p);
		p = u->d.pending;
		u->d.pending = NULL;
	}
	if (m->flags & MSG_MORE) {
		u->d.pending = p;
		u->d.pending_to = to;
		return (ssize_t)n;
	}
	err = send_pbuf(u, m, p, &to);
	pbuf_free(p);
	return err ? err : (ssize_t)n;
}

static int udp_setopt(struct socket *s, int level, int name, const void *val,
		      unsigned int len)
{
	struct udp_sock *u = udp_of(s);
	int err;

	if (level == IPPROTO_UDP)
		return -ENOPROTOOPT;
	err = errqueue_setopt(s, level, name, val, len);
	if (err == -ENOPROTOOPT)
		err = inet_setopt(&u->d.in, level, name, val, len);
	if (!err)
		apply(u);
	return err;
}

static int udp_getopt(struct socket *s, int level, int name, void *val,
		      unsigned int *len)
{
	int err;

	if (level == IPPROTO_UDP)
		return -ENOPROTOOPT;
	err = errqueue_getopt(s, level, name, val, len);
	return err != -ENOPROTOOPT
		       ? err
		       : inet_getopt(&udp_of(s)->d.in, level, name, val, len);
}

static void udp_release(struct socket *s)
{
	struct udp_sock *u = udp_of(s);

	inet_leave_all(&u->d.in);
	unlink_pcb(u);
	dgram_clear(&u->d);
	udp_remove(u->pcb);
	kfree(u);
}

/* Does u's address, if it has one, agree with the packet's? */
static bool from_here(const struct udp_sock *u, const ip_addr_t *local)
{
	const ip_addr_t *own = &u->d.in.local;

	if (ip_addr_isany(own))
		return IP_IS_ANY_TYPE_VAL(*own) ||
		       IP_GET_TYPE(own) == IP_GET_TYPE(local);
	return ip_addr_cmp(own, local);
}

/* Who sent it: a socket with that peer, else one that has none. */
static struct udp_sock *sender(const struct icmp_said *e)
{
	struct udp_sock *best = NULL;

	for (struct udp_pcb *p = udp_pcbs; p; p = p->next) {
		struct udp_sock *u = behind(p);

		if (!u || u->d.in.lport != e->lport || !from_here(u, e->local))
			continue;
		if (!u->d.connected)
			best = u;
		else if (u->d.in.rport == e->rport &&
			 ip_addr_cmp(&u->d.in.remote, e->remote))
			return u;
	}
	return best;
}

void udp_unreachable(const struct icmp_said *e)
{
	struct udp_sock *u = sender(e);

	if (!u)
		return;
	if (errqueue_wants(&u->d, e))
		errqueue_put(&u->d, e);
	else if (!e->hard || !u->d.connected)
		return;
	u->d.in.s->error = e->error;
	socket_wake(u->d.in.s, POLLERR | POLLIN | POLLOUT);
}

static const struct socket_ops udp_ops = {
	.bind = udp_bind_op,
	.connect = udp_connect_op,
	.getname = dgram_getname,
	.send = udp_send_op,
	.recv = dgram_recv,
	.shutdown = dgram_shutdown,
	.poll = dgram_poll,
	.setopt = udp_setopt,
	.getopt = udp_getopt,
	.ioctl = dgram_ioctl,
	.release = udp_release,
};
