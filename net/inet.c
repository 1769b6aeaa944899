/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet.c: the families AF_INET and AF_INET6: which kinds of sockets there are.
 */
#include <posixen/lib.h>
#include <posixen/process.h>
#include "inet.h"

void inet_init(struct inet *in, struct socket *s)
{
	in->s = s;
	list_init(&in->groups);
	in->ttl = in->hops = in->mcast_hops = -1;
	in->mcast_ttl = 1;
	in->mcast_loop = in->mcast_loop6 = true;
	in->mtu_discover = IP_PMTUDISC_WANT;
	in->mtu_discover6 = IPV6_PMTUDISC_WANT;
	in->uid = current_process()->cred.euid;
	inet_any(in, &in->local);
	inet_any(in, &in->remote);
}

/* ICMP on a SOCK_DGRAM is Linux's ping socket, which a group must be allowed
 * to use; by default none is (net.ipv4.ping_group_range). */
static int inet_create(struct socket *s)
{
	bool v4 = s->family == AF_INET;
	int proto = s->protocol;

	SUBSYSTEM_REQUIRE(network);
	if (proto < 0 || proto >= IPPROTO_MAX)
		return -EINVAL;
	switch (s->type) {
	case SOCK_STREAM:
		if (proto && proto != IPPROTO_TCP)
			return -EPROTONOSUPPORT;
		s->protocol = IPPROTO_TCP;
		return tcp_create(s);
	case SOCK_DGRAM:
		if (proto == (v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6))
			return -EACCES;
		if (proto && proto != IPPROTO_UDP)
			return -EPROTONOSUPPORT;
		s->protocol = IPPROTO_UDP;
		return udp_create(s);
	case SOCK_RAW:
		if (!cred_capable(&current_process()->cred))
			return -EPERM;
		if (!proto)
			return -EPROTONOSUPPORT;
		return raw_create(s);
	default:
		return -ESOCKTNOSUPPORT;
	}
}

const struct socket_family inet_family = {AF_INET, inet_create, NULL};
const struct socket_family inet6_family = {AF_INET6, inet_create, NULL};
