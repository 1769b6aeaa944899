/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_bind.c: bind(2) and the choice of ports for stream sockets. Linux's rules
 * of who may share a port are not lwIP's, so that its tcp_bind() is not used.
 */
#include <posixen/lib.h>
#include "demux.h"
#include "tcp.h"

/* In a pcb's so_options, which outlives its socket (TIME_WAIT): lwIP's own bit
 * for SO_REUSEADDR, which it only looks at in calls we do not make or want, and
 * one that it does not use. */
#define PCB_REUSEPORT 0x40

void tcp_mark_reuse(const struct tcp_sock *t, struct tcp_pcb *p)
{
	p->so_options &= (u8_t) ~(SOF_REUSEADDR | PCB_REUSEPORT);
	if (t->in.reuseaddr)
		p->so_options |= SOF_REUSEADDR;
	if (t->in.reuseport)
		p->so_options |= PCB_REUSEPORT;
}

/* The socket behind a pcb of any list, if it still has one. */
static struct tcp_sock *owner(struct tcp_pcb *p)
{
	if (p->state == LISTEN)
		return p->callback_arg;
	return tcp_ext_arg_get(p, 0);
}

/*
 * May t not have port at ip because p has it? As Linux's
 * inet_csk_bind_conflict(): two with SO_REUSEADDR share a port unless one
 * listens there; two with SO_REUSEPORT if they are one user's.
 */
static bool conflict(const struct tcp_sock *t, const ip_addr_t *ip,
		     struct tcp_pcb *p)
{
	struct tcp_sock *o = owner(p);
	bool v6only = o ? o->in.v6only : false;

	if (o == t || p->state == SYN_RCVD)
		return false;
	if (t->in.bound_if && p->netif_idx && t->in.bound_if != p->netif_idx)
		return false;
	if (t->in.s->opt.reuseaddr && (p->so_options & SOF_REUSEADDR) &&
	    p->state != LISTEN)
		return false;
	if (t->in.s->opt.reuseport && (p->so_options & PCB_REUSEPORT) &&
	    (!o || o->in.uid == t->in.uid))
		return false;
	return inet_overlap(ip, t->in.v6only, &p->local_ip, v6only);
}

static bool port_free(const struct tcp_sock *t, const ip_addr_t *ip,
		      uint16_t port)
{
	struct tcp_pcb *first = demux_port(port), *p = first;

	if (p)
		do
			if (conflict(t, ip, p))
				return false;
		while ((p = demux_port_next(p)) != first);
	return true;
}

/* Would a connection from ip:port to remote:rport be the only one of its name?
 * And could the port be had, if nobody but connections has it? */
static bool connection_free(const ip_addr_t *ip, uint16_t port,
			    const ip_addr_t *remote, uint16_t rport)
{
	struct tcp_pcb *first = demux_port(port), *p = first;

	if (demux_find(ip, port, remote, rport))
		return false;
	if (p)
		do
			if (p->state == LISTEN || p->state == CLOSED)
				return false;
		while ((p = demux_port_next(p)) != first);
	return true;
}

static void take(struct tcp_sock *t, const ip_addr_t *ip, uint16_t port)
{
	struct tcp_pcb *p = t->pcb;

	if (p->local_port)
		TCP_RMV(&tcp_bound_pcbs, p);
	ip_addr_copy(p->local_ip, *ip);
	p->local_port = port;
	t->in.reuseaddr = t->in.s->opt.reuseaddr;
	t->in.reuseport = t->in.s->opt.reuseport;
	tcp_mark_reuse(t, p);
	TCP_REG(&tcp_bound_pcbs, p);
	ip_addr_copy(t->in.local, *ip);
	t->in.lport = port;
}

#define PORTS (INET_PORT_LAST - INET_PORT_FIRST + 1)

/* Ports are tried from somewhere on; while few are in use, the first is
 * nobody's at all. So are those that bind(2) gives by itself. */
int tcp_autobind(struct tcp_sock *t, const ip_addr_t *remote, uint16_t rport)
{
	uint16_t port = inet_port_random();
	const ip_addr_t *ip = &t->in.local;

	if (t->pcb->local_port)
		return 0;
	for (int i = 0; i < PORTS; i++) {
		if (!demux_port(port)) {
			take(t, ip, port);
			return 0;
		}
		port = inet_port_next(port);
	}
	if (!remote)
		return -EADDRINUSE;
	for (int i = 0; i < PORTS; i++) {
		if (connection_free(ip, port, remote, rport)) {
			take(t, ip, port);
			return 0;
		}
		port = inet_port_next(port);
	}
	return -EADDRNOTAVAIL;
}

/* A port that nobody asked for is given back at the end of a connection, also
 * of one that failed, and the socket may bind another; only getsockname(2)
 * still tells the old one. */
static bool may_bind(const struct tcp_sock *t)
{
	if (t->lpcb || t->in.bound_port || (t->pcb && t->pcb->local_port))
		return false;
	return t->phase == TCP_UNCONNECTED ||
	       (t->phase == TCP_CONNECTING && t->dead);
}

int tcp_bind_op(struct socket *s, const struct sockaddr_storage_k *name,
		unsigned int len)
{
	struct tcp_sock *t = tcp_of(s);
	struct inet_name n;
	int err;

	err = inet_name_in(&t->in, INET_BIND, name, len, &n);
	if (err)
		return err;
	/* A stream's own address is never one of many machines. */
	if (!inet_is_local(&n.ip) && !t->in.freebind)
		return -EADDRNOTAVAIL;
	err = inet_port_allowed(n.port);
	if (err)
		return err;
	if (!may_bind(t))
		return -EINVAL;
	err = tcp_need_pcb(t);
	if (err)
		return err;
	if (ip_addr_isany(&n.ip) && IP_IS_V6(&n.ip))
		inet_any(&t->in, &n.ip); /* maybe IPv4 as well */
	if (n.port) {
		if (!port_free(t, &n.ip, n.port)) {
			/* Linux forgets what a connection had. */
			inet_any(&t->in, &t->in.local);
			return -EADDRINUSE;
		}
		take(t, &n.ip, n.port);
	} else {
		ip_addr_copy(t->in.local, n.ip);
		err = tcp_autobind(t, NULL, 0);
		if (err)
			return err;
	}
	t->in.bound_ip = !ip_addr_isany(&n.ip);
	t->in.bound_port = n.port;
	return 0;
}
