/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet_options.c: the options of ip(7) and ipv6(7) that all kinds of sockets
 * share. An option that is not kept is refused with ENOPROTOOPT. Membership of
 * groups is inet_mcast.c's.
 */
#include <posixen/lib.h>
#include <posixen/process.h>
#include <asm/socket.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <lwip/netif.h>
#include "inet.h"

int opt_int(const void *val, unsigned int len, int *n)
{
	if (len >= sizeof(*n))
		memcpy(n, val, sizeof(*n));
	else if (len)
		*n = *(const uint8_t *)val;
	else
		return -EINVAL;
	return 0;
}

/* ip(7): who asks for less than an int gets a byte, if it fits in one. */
int opt_give_int(void *val, unsigned int *len, int n)
{
	if (*len < sizeof(n) && *len > 0 && n >= 0 && n <= 255) {
		*(uint8_t *)val = (uint8_t)n;
		*len = 1;
		return 0;
	}
	*len = MIN(*len, (unsigned int)sizeof(n));
	memcpy(val, &n, *len);
	return 0;
}

/* The name of an interface, not always terminated; "": any. */
static int bind_device(struct inet *in, const char *val, unsigned int len)
{
	struct netif *nif;
	char name[16];

	len = MIN(len, (unsigned int)sizeof(name) - 1);
	memcpy(name, val, len);
	name[len] = 0;
	if (in->bound_if && !cred_capable(&current_process()->cred))
		return -EPERM;
	if (!*name) {
		in->bound_if = 0;
		return 0;
	}
	nif = stack_netif_by_name(name);
	if (!nif)
		return -ENODEV;
	in->bound_if = netif_get_index(nif);
	return 0;
}

static int set_flag(bool *flag, int n)
{
	*flag = n;
	return 0;
}

static int set_short(short *opt, int n, int min, int max)
{
	if (n < min || n > max)
		return -EINVAL;
	*opt = (short)n;
	return 0;
}

/* By an address of it, by struct ip_mreqn's index, or none: 0. */
static int set_mcast_if(struct inet *in, const void *val, unsigned int len)
{
	struct ip_mreqn r = {};
	struct netif *nif;

	if (len >= sizeof(r))
		memcpy(&r, val, sizeof(r));
	else if (len >= sizeof(struct ip_mreq))
		memcpy(&r, val, sizeof(struct ip_mreq));
	else if (len >= sizeof(struct in_addr))
		memcpy(&r.imr_address, val, sizeof(struct in_addr));
	else
		return -EINVAL;
	if (r.imr_ifindex) {
		if (!stack_netif_by_index((unsigned int)r.imr_ifindex))
			return -EADDRNOTAVAIL;
		in->mcast_if = (unsigned int)r.imr_ifindex;
		return 0;
	}
	if (!r.imr_address.s_addr) {
		in->mcast_if = 0;
		return 0;
	}
	NETIF_FOREACH(nif)
	if (netif_ip4_addr(nif)->addr == r.imr_address.s_addr) {
		in->mcast_if = netif_get_index(nif);
		return 0;
	}
	return -EADDRNOTAVAIL;
}

/* lwIP never sets "don't fragment" and finds no path MTU. IPV6_PMTUDISC_ are
 * the same numbers. */
static int set_mtu_discover(uint8_t *to, int n)
{
	if (n < IP_PMTUDISC_DONT || n > IP_PMTUDISC_OMIT)
		return -EINVAL;
	if (n != IP_PMTUDISC_DONT && n != IP_PMTUDISC_WANT)
		return -ENOPROTOOPT;
	*to = (uint8_t)n;
	return 0;
}

static int set_ip(struct inet *in, int name, const void *val, unsigned int len)
{
	bool stream = in->tcp;
	int n, err;

	switch (name) {
	case IP_MULTICAST_IF:
		return stream ? -EINVAL : set_mcast_if(in, val, len);
	case IP_ADD_MEMBERSHIP:
	case IP_DROP_MEMBERSHIP:
	case MCAST_JOIN_GROUP:
	case MCAST_LEAVE_GROUP:
		return stream ? -EPROTO
			      : inet_member(in, IPPROTO_IP, name, val, len);
	}
	err = opt_int(val, len, &n);
	if (err)
		return err;
	switch (name) {
	case IP_TOS:
		/* The two bits of ECN are a stream's own affair. */
		in->tos = stream ? (in->tos & 3) | (n & 0xfc) : n & 0xff;
		return 0;
	case IP_TTL:
		if (n == 0)
			return -EINVAL;
		return set_short(&in->ttl, n, -1, 255);
	case IP_MULTICAST_TTL:
		if (stream)
			return -EINVAL;
		return set_short(&in->mcast_ttl, n == -1 ? 1 : n, 0, 255);
	case IP_MULTICAST_LOOP:
		return set_flag(&in->mcast_loop, n);
	case IP_PKTINFO:
		return set_flag(&in->recv_pktinfo, n);
	case IP_RECVTTL:
		return set_flag(&in->recv_ttl, n);
	case IP_RECVTOS:
		return set_flag(&in->recv_tos, n);
	case IP_FREEBIND:
		return set_flag(&in->freebind, n);
	case IP_BIND_ADDRESS_NO_PORT:
		return set_flag(&in->late_port, n);
	case IP_MTU_DISCOVER:
		return set_mtu_discover(&in->mtu_discover, n);
	default:
		return -ENOPROTOOPT;
	}
}

static int set_v6only(struct inet *in, int n)
{
	if (in->lport)
		return -EINVAL;
	in->v6only = n;
	if (ip_addr_isany(&in->local))
		inet_any(in, &in->local);
	inet_any(in, &in->remote);
	return 0;
}

static int set_ip6(struct inet *in, int name, const void *val, unsigned int len)
{
	bool stream = in->tcp;
	int n;

	switch (name) {
	case IPV6_ADD_MEMBERSHIP:
	case IPV6_DROP_MEMBERSHIP:
	case MCAST_JOIN_GROUP:
	case MCAST_LEAVE_GROUP:
		return stream ? -EPROTO
			      : inet_member(in, IPPROTO_IPV6, name, val, len);
	}
	if (len < sizeof(n))
		return -EINVAL;
	memcpy(&n, val, sizeof(n));
	switch (name) {
	case IPV6_V6ONLY:
		return set_v6only(in, n);
	case IPV6_UNICAST_HOPS:
		return set_short(&in->hops, n, -1, 255);
	case IPV6_MULTICAST_HOPS:
		if (stream)
			return -ENOPROTOOPT;
		return set_short(&in->mcast_hops, n, -1, 255);
	case IPV6_MULTICAST_LOOP:
		if (n < 0 || n > 1)
			return -EINVAL;
		return set_flag(&in->mcast_loop6, n);
	case IPV6_MULTICAST_IF:
		if (stream)
			return -ENOPROTOOPT;
		if (n && !stack_netif_by_index((unsigned int)n))
			return -ENODEV;
		in->mcast_if6 = (unsigned int)n;
		return 0;
	case IPV6_TCLASS:
		if (n < -1 || n > 255)
			return -EINVAL;
		in->tclass = n == -1 ? 0 : (uint8_t)n;
		return 0;
	case IPV6_RECVPKTINFO:
		return set_flag(&in->recv_pktinfo6, n);
	case IPV6_RECVHOPLIMIT:
		return set_flag(&in->recv_hops6, n);
	case IPV6_RECVTCLASS:
		return set_flag(&in->recv_tclass6, n);
	case IPV6_MTU_DISCOVER:
		return set_mtu_discover(&in->mtu_discover6, n);
	default:
		return -ENOPROTOOPT;
	}
}

int inet_setopt(struct inet *in, int level, int name, const void *val,
		unsigned int len)
{
	if (level == SOL_SOCKET && name == SO_BINDTODEVICE)
		return bind_device(in, val, len);
	if (level == IPPROTO_IP)
		return set_ip(in, name, val, len);
	if (level == IPPROTO_IPV6 && in->s->family == AF_INET6)
		return set_ip6(in, name, val, len);
	return -ENOPROTOOPT;
}

static int get_mtu(const struct inet *in)
{
	struct netif *nif;

	if (!in->rport)
		return -ENOTCONN;
	nif = inet_route(in, &in->remote);
	return nif ? nif->mtu : -ENOTCONN;
}

static int get_mcast_addr(const struct inet *in, void *val, unsigned int *len)
{
	struct netif *nif = stack_netif_by_index(in->mcast_if);
	uint32_t addr = in->mcast_if && nif ? netif_ip4_addr(nif)->addr : 0;

	*len = MIN(*len, (unsigned int)sizeof(addr));
	memcpy(val, &addr, *len);
	return 0;
}

static int get_ip(struct inet *in, int name, void *val, unsigned int *len)
{
	int n;

	switch (name) {
	case IP_TOS:
		n = in->tos;
		break;
	case IP_TTL:
		n = inet_ttl(in);
		break;
	case IP_MULTICAST_TTL:
		n = in->mcast_ttl;
		break;
	case IP_MULTICAST_LOOP:
		n = in->mcast_loop;
		break;
	case IP_MULTICAST_IF:
		return get_mcast_addr(in, val, len);
	case IP_PKTINFO:
		n = in->recv_pktinfo;
		break;
	case IP_RECVTTL:
		n = in->recv_ttl;
		break;
	case IP_RECVTOS:
		n = in->recv_tos;
		break;
	case IP_FREEBIND:
		n = in->freebind;
		break;
	case IP_BIND_ADDRESS_NO_PORT:
		n = in->late_port;
		break;
	case IP_MTU_DISCOVER:
		n = in->mtu_discover;
		break;
	case IP_MTU:
		n = get_mtu(in);
		if (n < 0)
			return n;
		break;
	default:
		return -ENOPROTOOPT;
	}
	return opt_give_int(val, len, n);
}

static int get_ip6(struct inet *in, int name, void *val, unsigned int *len)
{
	int n;

	switch (name) {
	case IPV6_V6ONLY:
		n = in->v6only;
		break;
	case IPV6_UNICAST_HOPS:
		n = inet_hops(in);
		break;
	case IPV6_MULTICAST_HOPS:
		n = in->mcast_hops < 0 ? 1 : in->mcast_hops;
		break;
	case IPV6_MULTICAST_LOOP:
		n = in->mcast_loop6;
		break;
	case IPV6_MULTICAST_IF:
		n = (int)in->mcast_if6;
		break;
	case IPV6_TCLASS:
		n = in->tclass;
		break;
	case IPV6_RECVPKTINFO:
		n = in->recv_pktinfo6;
		break;
	case IPV6_RECVHOPLIMIT:
		n = in->recv_hops6;
		break;
	case IPV6_RECVTCLASS:
		n = in->recv_tclass6;
		break;
	case IPV6_MTU_DISCOVER:
		n = in->mtu_discover6;
		break;
	case IPV6_MTU:
		n = get_mtu(in);
		if (n < 0)
			return n;
		break;
	default:
		return -ENOPROTOOPT;
	}
	*len = MIN(*len, (unsigned int)sizeof(n));
	memcpy(val, &n, *len);
	return 0;
}

static int get_device(struct inet *in, void *val, unsigned int *len)
{
	struct netif *nif = stack_netif_by_index(in->bound_if);
	char name[16];

	if (!in->bound_if || !nif) {
		*len = 0;
		return 0;
	}
	if (*len < sizeof(name))
		return -EINVAL;
	stack_netif_name(nif, name);
	*len = (unsigned int)strlen(name) + 1;
	memcpy(val, name, *len);
	return 0;
}

int inet_getopt(struct inet *in, int level, int name, void *val,
		unsigned int *len)
{
	if (level == SOL_SOCKET && name == SO_BINDTODEVICE)
		return get_device(in, val, len);
	if (level == IPPROTO_IP)
		return get_ip(in, name, val, len);
	if (level == IPPROTO_IPV6 && in->s->family == AF_INET6)
		return get_ip6(in, name, val, len);
	/* Linux: another error than setsockopt(2)'s. */
	return level != SOL_SOCKET && in->s->family == AF_INET ? -EOPNOTSUPP
							       : -ENOPROTOOPT;
}
