/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dgram.c: what datagram and raw sockets share: dgram.h.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <asm/ioctls.h>
#include <asm/poll.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <linux/sockios.h>
#include <lwip/netif.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/ip6.h>
#include "dgram.h"
#include "framebuf.h"

struct dgram {
	struct list link;
	struct pbuf *p;
	ip_addr_t src, dst;
	unsigned int off, len;
	unsigned int charge;
	uint16_t port;
	uint8_t ttl, tos, index;
};

/* Linux counts the buffer's own bookkeeping against SO_RCVBUF, too. */
#define CHARGE(n) (ALIGN_UP((n), 256U) + 512)
/* Up to here the bytes are copied behind their headers' room; beyond, they get
 * frames of their own. */
#define SMALL 2000U

void dgram_init(struct dgram_sock *d, struct socket *s)
{
	inet_init(&d->in, s);
	list_init(&d->queue);
	errqueue_init(&d->errors);
}

static void drop(struct dgram_sock *d, struct dgram *g)
{
	d->queued -= g->charge;
	list_del(&g->link);
	pbuf_free(g->p);
	kfree(g);
}

void dgram_clear(struct dgram_sock *d)
{
	while (!list_empty(&d->queue))
		drop(d, list_first(&d->queue, struct dgram, link));
	errqueue_clear(d);
	if (d->pending)
		pbuf_free(d->pending);
	d->pending = NULL;
}

void dgram_put(struct dgram_sock *d, struct pbuf *p, unsigned int off,
	       uint16_t port)
{
	struct socket *s = d->in.s;
	struct dgram *g;

	if (d->queued > (unsigned int)s->opt.rcvbuf || !page_plenty(16))
		goto refuse;
	g = kmalloc(sizeof(*g));
	if (!g)
		goto refuse;
	g->p = p;
	g->off = off;
	g->len = p->tot_len - off;
	g->port = port;
	ip_addr_copy(g->src, *ip_current_src_addr());
	ip_addr_copy(g->dst, *ip_current_dest_addr());
	g->index = netif_get_index(ip_current_input_netif());
	if (ip_current_is_v6()) {
		g->ttl = IP6H_HOPLIM(ip6_current_header());
		g->tos = IP6H_TC(ip6_current_header());
	} else {
		g->ttl = IPH_TTL(ip4_current_header());
		g->tos = IPH_TOS(ip4_current_header());
	}
	g->charge = CHARGE(p->tot_len);
	d->queued += g->charge;
	list_append(&d->queue, &g->link);
	socket_wake(s, POLLIN | POLLRDNORM);
	return;
refuse:
	pbuf_free(p);
}

static void put_v4(struct message *m, const struct inet *in,
		   const struct dgram *g)
{
	struct netif *nif = netif_get_by_index(g->index);
	struct in_pktinfo info = {
		.ipi_ifindex = g->index,
		.ipi_addr.s_addr = ip_2_ip4(&g->dst)->addr,
		.ipi_spec_dst.s_addr = ip_2_ip4(&g->dst)->addr,
	};
	int ttl = g->ttl;

	/* The address to answer from: for what came to many, the interface's.
	 */
	if (nif &&
	    (ip_addr_ismulticast(&g->dst) || ip_addr_isbroadcast(&g->dst, nif)))
		info.ipi_spec_dst.s_addr = netif_ip4_addr(nif)->addr;
	if (in->recv_pktinfo)
		control_put(m, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info));
	if (in->recv_ttl)
		control_put(m, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl));
	if (in->recv_tos)
		control_put(m, IPPROTO_IP, IP_TOS, &g->tos, sizeof(g->tos));
}

static void put_v6(struct message *m, const struct inet *in,
		   const struct dgram *g)
{
	struct sockaddr_storage_k name;
	struct in6_pktinfo info = {.ipi6_ifindex = g->index};
	int hops = g->ttl, tclass = g->tos;

	inet_name_out(in, &g->dst, 0, &name);
	info.ipi6_addr = ((struct sockaddr_in6 *)&name)->sin6_addr;
	if (in->recv_pktinfo6)
		control_put(m, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof(info));
	if (in->recv_hops6)
		control_put(m, IPPROTO_IPV6, IPV6_HOPLIMIT, &hops,
			    sizeof(hops));
	if (in->recv_tclass6)
		control_put(m, IPPROTO_IPV6, IPV6_TCLASS, &tclass,
			    sizeof(tclass));
}

static void put_control(struct message *m, const struct inet *in,
			const struct dgram *g)
{
	if (!m->control_out)
		return;
	if (in->s->family == AF_INET6)
		put_v6(m, in, g);
	if (IP_IS_V4_VAL(g->dst))
		put_v4(m, in, g);
}

/* 0 when there is a datagram. */
static int wait_dgram(struct socket *s, bool nonblock)
{
	struct dgram_sock *d = dgram_of(s);
	uint64_t deadline = socket_rcv_deadline(s);
	int err;

	for (;;) {
		if (s->error)
			return socket_take_error(s);
		if (!list_empty(&d->queue))
			return 0;
		/* Linux looks at the shutdown only when it would wait. */
		if (nonblock)
			return -EAGAIN;
		if (s->shut_rd)
			return 1;
		err = socket_wait(s, POLLIN | POLLERR | POLLHUP, deadline);
		if (err)
			return err;
	}
}

static ssize_t copy_pbuf(const struct pbuf *p, size_t off, size_t n,
			 struct uio *u)
{
	for (; p && n; p = p->next) {
		size_t part;
		ssize_t got;

		if (off >= p->len) {
			off -= p->len;
			continue;
		}
		part = MIN(n, p->len - off);
		got = uio_write((const char *)p->payload + off, part, u);
		if (got != (ssize_t)part)
			return -EFAULT;
		n -= part;
		off = 0;
	}
	return 0;
}

ssize_t dgram_recv(struct socket *s, struct message *m)
{
	struct dgram_sock *d = dgram_of(s);
	struct dgram *g;
	size_t room;
	ssize_t n;
	int err;

	if (m->flags & MSG_OOB && s->type == SOCK_RAW)
		return -EOPNOTSUPP;
	if (m->flags & MSG_ERRQUEUE)
		return errqueue_recv(s, m);
	err = wait_dgram(s, m->flags & MSG_DONTWAIT);
	if (err)
		return err < 0 ? err : 0;
	g = list_first(&d->queue, struct dgram, link);
	room = MIN(m->uio->left, (size_t)g->len);
	n = copy_pbuf(g->p, g->off, room, m->uio);
	if (!n) {
		n = m->flags & MSG_TRUNC ? g->len : room;
		if (room < g->len)
			m->out_flags |= MSG_TRUNC;
		m->name_len = inet_name_out(&d->in, &g->src, g->port, &m->name);
		put_control(m, &d->in, g);
	}
	if (!(m->flags & MSG_PEEK))
		drop(d, g);
	return n;
}

unsigned int dgram_poll(struct socket *s)
{
	struct dgram_sock *d = dgram_of(s);
	unsigned int ev = POLLOUT | POLLWRNORM | POLLWRBAND;

	if (s->error || !list_empty(&d->errors.said))
		ev |= POLLERR;
	if (s->shut_rd)
		ev |= POLLRDHUP | POLLIN | POLLRDNORM;
	if (s->shut_rd && s->shut_wr)
		ev |= POLLHUP;
	if (!list_empty(&d->queue))
		ev |= POLLIN | POLLRDNORM;
	return ev;
}

int dgram_shutdown(struct socket *s, int how)
{
	if (how != SHUT_WR)
		s->shut_rd = true;
	if (how != SHUT_RD)
		s->shut_wr = true;
	socket_wake(s, POLLIN | POLLOUT | POLLRDHUP | POLLHUP);
	return dgram_of(s)->connected ? 0 : -ENOTCONN;
}

int dgram_getname(struct socket *s, struct sockaddr_storage_k *name, bool peer)
{
	struct dgram_sock *d = dgram_of(s);

	if (!peer)
		return (int)inet_name_out(&d->in, &d->in.local, d->in.lport,
					  name);
	if (!d->connected)
		return -ENOTCONN;
	return (int)inet_name_out(&d->in, &d->in.remote, d->in.rport, name);
}

long dgram_ioctl(struct socket *s, unsigned int cmd, unsigned long arg)
{
	struct dgram_sock *d = dgram_of(s);
	int n = 0;

	switch (cmd) {
	case FIONREAD:
		if (!list_empty(&d->queue))
			n = (int)list_first(&d->queue, struct dgram, link)->len;
		break;
	case SIOCOUTQ:
		break; /* what is sent is gone */
	default:
		return -ENOTTY;
	}
	return copy_out_obj((int *)arg, &n);
}

/* A large one: a chain of whole frames. */
static struct pbuf *copy_in_frames(struct uio *u)
{
	struct pbuf *head = NULL, *p;
	ssize_t got;

	while (u->left) {
		size_t n = MIN(u->left, PAGE_SIZE);
		pfn_t pfn = page_alloc(PAGE_KERNEL, 0);

		p = pfn == PFN_NONE ? NULL : framebuf_wrap(pfn, 0, n);
		if (!p) {
			if (pfn != PFN_NONE)
				page_put(pfn);
			got = -ENOMEM;
			goto fail;
		}
		got = uio_read(p->payload, n, u);
		if (head)
			pbuf_cat(head, p);
		else
			head = p;
		if (got != (ssize_t)n) {
			got = -EFAULT;
			goto fail;
		}
	}
	return head;
fail:
	if (head)
		pbuf_free(head);
	return err_ptr(got);
}

struct pbuf *dgram_copy_in(struct uio *u)
{
	size_t n = u->left;
	struct pbuf *p;

	if (n > SMALL)
		return copy_in_frames(u);
	p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)n, PBUF_RAM);
	if (!p)
		return err_ptr(-ENOMEM);
	if (!n || uio_read(p->payload, n, u) == (ssize_t)n)
		return p;
	pbuf_free(p);
	return err_ptr(-EFAULT);
}

static void from_v4(ip_addr_t *ip, struct in_addr a)
{
	memset(ip, 0, sizeof(*ip));
	IP_SET_TYPE(ip, IPADDR_TYPE_V4);
	ip_2_ip4(ip)->addr = a.s_addr;
}

static int use_netif(struct dgram_route *r, unsigned int index)
{
	if (!index)
		return 0;
	r->nif = stack_netif_by_index(index);
	return r->nif ? 0 : -ENODEV;
}

static int use_pktinfo6(struct dgram_route *r, const struct in6_pktinfo *info)
{
	static const struct in6_addr none;

	if (memcmp(&info->ipi6_addr, &none, sizeof(none))) {
		memset(&r->src, 0, sizeof(r->src));
		IP_SET_TYPE(&r->src, IPADDR_TYPE_V6);
		memcpy(ip_2_ip6(&r->src)->addr, &info->ipi6_addr, 16);
		if (!inet_is_local(&r->src))
			return -EINVAL;
	}
	return use_netif(r, (unsigned int)info->ipi6_ifindex);
}

static int use_number(uint8_t *opt, const void *data, size_t len, int least)
{
	int n;

	if (len != sizeof(n))
		return -EINVAL;
	memcpy(&n, data, sizeof(n));
	if (n < least || n > 255)
		return -EINVAL;
	*opt = (uint8_t)n;
	return 0;
}

static int use_v4(struct dgram_route *r, int type, const void *data, size_t len)
{
	const struct in_pktinfo *info = data;

	switch (type) {
	case IP_PKTINFO:
		if (len < sizeof(*info))
			return -EINVAL;
		if (info->ipi_spec_dst.s_addr)
			from_v4(&r->src, info->ipi_spec_dst);
		return use_netif(r, (unsigned int)info->ipi_ifindex);
	case IP_TTL:
		return use_number(&r->ttl, data, len, 1);
	case IP_TOS:
		if (len == 1) {
			r->tos = *(const uint8_t *)data;
			return 0;
		}
		return use_number(&r->tos, data, len, 0);
	default:
		return -EINVAL;
	}
}

/* -1 is what the socket has (RFC 3542, 6.3 and 6.5). */
static int use_number6(uint8_t *opt, const void *data, size_t len)
{
	static const int own = -1;

	if (len == sizeof(own) && !memcmp(data, &own, sizeof(own)))
		return 0;
	return use_number(opt, data, len, 0);
}

static int use_v6(struct dgram_route *r, int type, const void *data, size_t len)
{
	switch (type) {
	case IPV6_PKTINFO:
		return len < sizeof(struct in6_pktinfo) ? -EINVAL
							: use_pktinfo6(r, data);
	case IPV6_HOPLIMIT:
		return use_number6(&r->ttl, data, len);
	case IPV6_TCLASS:
		return use_number6(&r->tos, data, len);
	default:
		return -EINVAL;
	}
}

static int use_control(const struct message *m, bool v4, struct dgram_route *r)
{
	int level, type, err = 0;
	const void *data;
	size_t pos = 0, len;

	while (control_next(m, &pos, &level, &type, &data, &len, &err)) {
		if (level == IPPROTO_IP && v4)
			err = use_v4(r, type, data, len);
		else if (level == IPPROTO_IPV6 && !v4)
			err = use_v6(r, type, data, len);
		else if (level == 1) /* SOL_SOCKET */
			err = -EINVAL;
		if (err)
			return err;
	}
	return err;
}

static void defaults(struct inet *in, const ip_addr_t *to,
		     struct dgram_route *r)
{
	bool many = ip_addr_ismulticast(to);

	r->nif = in->bound_if ? netif_get_by_index(in->bound_if) : NULL;
	ip_addr_copy(r->src, in->local);
	if (IP_IS_V4(to)) {
		r->tos = in->tos;
		r->ttl = many ? in->mcast_ttl : inet_ttl(in);
		if (many && !r->nif && in->mcast_if)
			r->nif = stack_netif_by_index(in->mcast_if);
		return;
	}
	r->tos = in->tclass;
	r->ttl = many ? (in->mcast_hops < 0 ? 1 : in->mcast_hops)
		      : inet_hops(in);
	if (many && !r->nif && in->mcast_if6)
		r->nif = stack_netif_by_index(in->mcast_if6);
}

int dgram_route(struct dgram_sock *d, const struct message *m,
		const ip_addr_t *to, struct dgram_route *r)
{
	const ip_addr_t *src;
	int err = 0;

	defaults(&d->in, to, r);
	if (!ip_addr_isany(&r->src) && IP_IS_V4_VAL(r->src) != IP_IS_V4(to))
		return IP_IS_V4(to) ? -ENETUNREACH : -EINVAL;
	if (m && m->control_len)
		err = use_control(m, IP_IS_V4(to), r);
	if (err)
		return err;
	if (IP_IS_V4(to) && ip_2_ip4(to)->addr == IPADDR_BROADCAST &&
	    !d->in.s->opt.broadcast)
		return -EACCES;
	if (!r->nif)
		r->nif = inet_route_from(&r->src, to);
	if (!r->nif)
		return -ENETUNREACH;
	if (ip_addr_isbroadcast(to, r->nif) && !d->in.s->opt.broadcast)
		return -EACCES;
	if (ip_addr_isany(&r->src) || ip_addr_ismulticast(&r->src)) {
		src = ip_netif_get_local_ip(r->nif, to);
		if (!src || (IP_IS_V4(to) && ip_addr_isany(src) &&
			     !ip_addr_isbroadcast(to, r->nif)))
			return -ENETUNREACH;
		ip_addr_copy(r->src, *src);
	}
	return 0;
}

int dgram_connect(struct dgram_sock *d, const struct inet_name *n)
{
	struct dgram_route r;
	int err;

	if (!d->in.bound_ip)
		inet_any(&d->in, &d->in.local);
	err = dgram_route(d, NULL, &n->ip, &r);
	if (err)
		return err;
	ip_addr_copy(d->in.local, r.src);
	ip_addr_copy(d->in.remote, n->ip);
	d->in.rport = n->port;
	d->connected = true;
	return 0;
}

void dgram_disconnect(struct dgram_sock *d)
{
	d->connected = false;
	inet_any(&d->in, &d->in.remote);
	d->in.rport = 0;
	if (!d->in.bound_ip)
		inet_any(&d->in, &d->in.local);
	if (!d->in.bound_port)
		d->in.lport = 0;
}
