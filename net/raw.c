/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * raw.c: raw sockets: raw(7), ICMP_FILTER and IP_HDRINCL, and their IPv6 form
 * (RFC 3542).
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <asm/socket.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <lwip/inet_chksum.h>
#include <lwip/prot/ip4.h>
#include <lwip/raw.h>
#include "dgram.h"
#include "framebuf.h"
#include "proc_net.h"

/* <linux/icmp.h> wants a C library. */
#define SOL_RAW	      255
#define ICMP_FILTER   1
#define SOL_ICMPV6    58
#define ICMPV6_FILTER 1

struct raw_sock {
	struct dgram_sock d; /* first */
	struct list link;    /* of all */
	struct raw_pcb *pcb;
	bool hdrincl;
	uint32_t filter;     /* of ICMP types: a set bit hides it */
	uint32_t filter6[8]; /* the same for ICMPv6 */
	int checksum_at;     /* IPV6_CHECKSUM; -1: none */
};

static const struct socket_ops raw_ops;

static struct list all = LIST_INIT(all);

void raw_each(void (*fn)(void *arg, const struct dgram_sock *d), void *arg)
{
	list_for_each (pos, &all)
		fn(arg, &list_entry(pos, struct raw_sock, link)->d);
}

static struct raw_sock *raw_of(struct socket *s)
{
	return s->priv;
}

static bool hidden(const struct raw_sock *r, struct pbuf *p, unsigned int at)
{
	int type;

	if (r->d.in.s->protocol != IPPROTO_ICMP &&
	    r->d.in.s->protocol != IPPROTO_ICMPV6)
		return false;
	type = pbuf_try_get_at(p, (u16_t)at);
	if (type < 0)
		return true;
	if (r->d.in.s->family == AF_INET)
		return type < 32 && r->filter & 1u << type;
	return r->filter6[type / 32] & 1u << type % 32;
}

/* p begins with the IP header, which only IPv4's raw sockets see. lwIP goes on
 * with the packet, so this is a copy. */
static u8_t on_recv(void *arg, struct raw_pcb *pcb, struct pbuf *p,
		    const ip_addr_t *from)
{
	unsigned int at = ip_current_header_tot_len();
	struct raw_sock *r = arg;
	struct pbuf *copy;

	if ((r->d.in.s->family == AF_INET) == ip_current_is_v6() ||
	    hidden(r, p, at))
		return 0;
	copy = framebuf_clone(p);
	if (copy)
		dgram_put(&r->d, copy, ip_current_is_v6() ? at : 0, 0);
	return 0;
}

static void apply(struct raw_sock *r)
{
	struct raw_pcb *p = r->pcb;

	ip_addr_copy(p->local_ip, r->d.in.local);
	ip_addr_copy(p->remote_ip, r->d.in.remote);
	p->netif_idx = r->d.in.bound_if;
	p->so_options |= SOF_BROADCAST; /* dgram_route() has seen to it */
	if (r->d.connected)
		raw_set_flags(p, RAW_FLAGS_CONNECTED);
	else
		raw_clear_flags(p, RAW_FLAGS_CONNECTED);
	if (r->hdrincl)
		raw_set_flags(p, RAW_FLAGS_HDRINCL);
	else
		raw_clear_flags(p, RAW_FLAGS_HDRINCL);
	p->chksum_reqd = r->checksum_at >= 0;
	p->chksum_offset = p->chksum_reqd ? (u16_t)r->checksum_at : 0;
}

int raw_create(struct socket *s)
{
	bool v4 = s->family == AF_INET;
	struct raw_sock *r;

	/* lwIP's pcbs hold eight bits. */
	if (s->protocol > 255)
		return -EPROTONOSUPPORT;
	r = kzalloc(sizeof(*r));
	if (!r)
		return -ENOMEM;
	r->pcb = raw_new_ip_type(v4 ? IPADDR_TYPE_V4 : IPADDR_TYPE_V6,
				 (u8_t)s->protocol);
	if (!r->pcb) {
		kfree(r);
		return -ENOMEM;
	}
	dgram_init(&r->d, s);
	list_append(&all, &r->link);
	r->d.in.v6only = true; /* no IPv4 through an IPv6 raw socket */
	inet_any(&r->d.in, &r->d.in.local);
	inet_any(&r->d.in, &r->d.in.remote);
	r->checksum_at = s->protocol == IPPROTO_ICMPV6 ? 2 : -1;
	r->hdrincl = s->protocol == IPPROTO_RAW;
	/* raw(7): IPPROTO_RAW only sends. */
	if (s->protocol != IPPROTO_RAW)
		raw_recv(r->pcb, on_recv, r);
	r->d.in.lport = (uint16_t)s->protocol;
	s->ops = &raw_ops;
	s->priv = r;
	apply(r);
	return 0;
}

static int raw_bind_op(struct socket *s, const struct sockaddr_storage_k *name,
		       unsigned int len)
{
	struct raw_sock *r = raw_of(s);
	struct inet_name n;
	int err = inet_name_in(&r->d.in, INET_BIND, name, len, &n);

	if (err)
		return err;
	if (!inet_is_local(&n.ip) && !ip_addr_ismulticast(&n.ip) &&
	    !r->d.in.freebind)
		return -EADDRNOTAVAIL;
	if (r->d.connected)
		return -EINVAL;
	ip_addr_copy(r->d.in.local, n.ip);
	r->d.in.bound_ip = !ip_addr_isany(&n.ip);
	apply(r);
	return 0;
}

static int raw_connect_op(struct socket *s,
			  const struct sockaddr_storage_k *name,
			  unsigned int len, bool nonblock)
{
	struct raw_sock *r = raw_of(s);
	struct inet_name n;
	int err = inet_name_in(&r->d.in, INET_CONNECT, name, len, &n);

	if (err)
		return err;
	if (n.unspec) {
		dgram_disconnect(&r->d);
	} else {
		err = dgram_connect(&r->d, &n);
		r->d.in.rport = 0;
	}
	r->d.in.lport = (uint16_t)s->protocol;
	if (!err)
		apply(r);
	return err;
}

/* raw(7): what the kernel fills in of a header that the program made. */
static int complete_header(struct pbuf *p, const struct dgram_route *route)
{
	static uint16_t id;
	struct ip_hdr *ip = p->payload;

	if (p->len < IP_HLEN || IPH_HL_BYTES(ip) < IP_HLEN ||
	    IPH_HL_BYTES(ip) > p->len)
		return -EINVAL;
	IPH_LEN_SET(ip, lwip_htons(p->tot_len));
	if (!ip->src.addr)
		ip->src.addr = ip_2_ip4(&route->src)->addr;
	if (!IPH_ID(ip))
		IPH_ID_SET(ip, lwip_htons(++id));
	IPH_CHKSUM_SET(ip, 0);
	IPH_CHKSUM_SET(ip, inet_chksum(ip, IPH_HL_BYTES(ip)));
	return 0;
}

static int send_pbuf(struct raw_sock *r, struct message *m, struct pbuf *p,
		     const struct inet_name *to)
{
	struct raw_pcb *pcb = r->pcb;
	struct dgram_route route;
	int err;

	err = dgram_route(&r->d, m, &to->ip, &route);
	if (!err && r->hdrincl && IP_IS_V4(&to->ip))
		err = p->tot_len > route.nif->mtu ? -EMSGSIZE
						  : complete_header(p, &route);
	/* lwIP writes it without a look at where the message ends. */
	if (!err && IP_IS_V6(&to->ip) && r->checksum_at >= 0 &&
	    (unsigned int)r->checksum_at + 2 > p->len)
		err = -EINVAL;
	if (err)
		return err;
	pcb->ttl = pcb->mcast_ttl = route.ttl;
	pcb->tos = route.tos;
	if (IP_IS_V4(&to->ip) ? r->d.in.mcast_loop : r->d.in.mcast_loop6)
		raw_set_flags(pcb, RAW_FLAGS_MULTICAST_LOOP);
	else
		raw_clear_flags(pcb, RAW_FLAGS_MULTICAST_LOOP);
	err = stack_errno(
		raw_sendto_if_src(pcb, p, &to->ip, route.nif, &route.src));
	stack_flush();
	return err == -ENOMEM ? -ENOBUFS : err;
}

static ssize_t raw_send_op(struct socket *s, struct message *m)
{
	struct raw_sock *r = raw_of(s);
	size_t n = m->uio->left;
	struct inet_name to;
	struct pbuf *p;
	int err;

	if (n > 0xffff - (r->hdrincl ? 0 : s->family == AF_INET ? 20 : 40))
		return -EMSGSIZE;
	if (m->flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (m->name_len) {
		err = inet_name_in(&r->d.in, INET_SEND, &m->name, m->name_len,
				   &to);
		if (err)
			return err;
	} else if (r->d.connected) {
		ip_addr_copy(to.ip, r->d.in.remote);
	} else {
		return -EDESTADDRREQ;
	}
	if (s->error)
		return socket_take_error(s);
	if (s->shut_wr)
		return -EPIPE;
	p = dgram_copy_in(m->uio);
	if (is_err(p))
		return ptr_err(p) == -ENOMEM ? -ENOBUFS : ptr_err(p);
	err = send_pbuf(r, m, p, &to);
	pbuf_free(p);
	return err ? err : (ssize_t)n;
}

static int set_checksum(struct raw_sock *r, int n)
{
	/* Linux: that of ICMPv6 is always made, and an odd place is no place.
	 */
	if (r->d.in.s->protocol == IPPROTO_ICMPV6 || (n > 0 && n & 1))
		return -EINVAL;
	r->checksum_at = n < 0 ? -1 : n;
	return 0;
}

static int raw_setopt(struct socket *s, int level, int name, const void *val,
		      unsigned int len)
{
	struct raw_sock *r = raw_of(s);
	int n, err;

	if (level == SOL_RAW && name == ICMP_FILTER) {
		if (s->protocol != IPPROTO_ICMP)
			return -EOPNOTSUPP;
		memcpy(&r->filter, val, MIN(len, sizeof(r->filter)));
		return 0;
	}
	if (level == SOL_ICMPV6 && name == ICMPV6_FILTER) {
		if (s->protocol != IPPROTO_ICMPV6)
			return -EOPNOTSUPP;
		memcpy(r->filter6, val, MIN(len, sizeof(r->filter6)));
		return 0;
	}
	if ((level == IPPROTO_IP && name == IP_HDRINCL) ||
	    (level == IPPROTO_IPV6 && name == IPV6_CHECKSUM)) {
		err = opt_int(val, len, &n);
		if (err)
			return err;
		if (level == IPPROTO_IPV6)
			err = set_checksum(r, n);
		else if (s->family == AF_INET)
			r->hdrincl = n;
		else
			err = -ENOPROTOOPT;
	} else {
		err = inet_setopt(&r->d.in, level, name, val, len);
	}
	if (!err)
		apply(r);
	return err;
}

static int give(void *val, unsigned int *len, const void *from, size_t n)
{
	*len = MIN(*len, (unsigned int)n);
	memcpy(val, from, *len);
	return 0;
}

static int raw_getopt(struct socket *s, int level, int name, void *val,
		      unsigned int *len)
{
	struct raw_sock *r = raw_of(s);

	if (level == SOL_RAW && name == ICMP_FILTER) {
		if (s->protocol != IPPROTO_ICMP)
			return -EOPNOTSUPP;
		return give(val, len, &r->filter, sizeof(r->filter));
	}
	if (level == SOL_ICMPV6 && name == ICMPV6_FILTER)
		return give(val, len, r->filter6, sizeof(r->filter6));
	if (level == IPPROTO_IP && name == IP_HDRINCL)
		return opt_give_int(val, len, r->hdrincl);
	if (level == IPPROTO_IPV6 && name == IPV6_CHECKSUM)
		return give(val, len, &r->checksum_at, sizeof(r->checksum_at));
	return inet_getopt(&r->d.in, level, name, val, len);
}

static void raw_release(struct socket *s)
{
	struct raw_sock *r = raw_of(s);

	inet_leave_all(&r->d.in);
	dgram_clear(&r->d);
	list_del(&r->link);
	raw_remove(r->pcb);
	kfree(r);
}

static const struct socket_ops raw_ops = {
	.bind = raw_bind_op,
	.connect = raw_connect_op,
	.getname = dgram_getname,
	.send = raw_send_op,
	.recv = dgram_recv,
	.shutdown = dgram_shutdown,
	.poll = dgram_poll,
	.setopt = raw_setopt,
	.getopt = raw_getopt,
	.ioctl = dgram_ioctl,
	.release = raw_release,
};
