/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet_addr.c: between the names of ip(7) and ipv6(7) and lwIP's addresses,
 * and what an address or a port may be used for.
 */
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/random.h>
#include <lwip/netif.h>
#include "inet.h"

/* Up to here, sockaddr_in6 had no scope (RFC 2133), and Linux takes that. */
#define SIN6_SHORT 24

static void v4_from(ip_addr_t *ip, const void *bytes)
{
	memset(ip, 0, sizeof(*ip));
	IP_SET_TYPE(ip, IPADDR_TYPE_V4);
	memcpy(&ip_2_ip4(ip)->addr, bytes, 4);
}

static bool is_mapped(const struct in6_addr *a)
{
	static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};

	return !memcmp(a, prefix, sizeof(prefix));
}

/* A link-local address belongs to a link, which the scope names. */
static int v6_from(ip_addr_t *ip, const struct sockaddr_in6 *sin6,
		   unsigned int len, const struct inet *in)
{
	unsigned int scope = 0;

	memset(ip, 0, sizeof(*ip));
	IP_SET_TYPE(ip, IPADDR_TYPE_V6);
	memcpy(ip_2_ip6(ip)->addr, &sin6->sin6_addr, 16);
	if (!ip6_addr_islinklocal(ip_2_ip6(ip)) &&
	    !ip6_addr_ismulticast_linklocal(ip_2_ip6(ip)))
		return 0;
	if (len >= sizeof(*sin6))
		scope = sin6->sin6_scope_id;
	if (!scope)
		scope = in->bound_if;
	if (!scope && ip6_addr_ismulticast(ip_2_ip6(ip)))
		scope = in->mcast_if6;
	if (in->bound_if && scope != in->bound_if)
		return -EINVAL;
	if (scope && !stack_netif_by_index(scope))
		return -ENODEV;
	if (!scope && !ip6_addr_ismulticast(ip_2_ip6(ip)))
		return -EINVAL;
	ip6_addr_set_zone(ip_2_ip6(ip), (uint8_t)scope);
	return 0;
}

static int name_v4(const struct inet *in, enum inet_use use,
		   const struct sockaddr_in *sin, unsigned int len,
		   struct inet_name *n)
{
	if (len < sizeof(*sin))
		return -EINVAL;
	if (sin->sin_family != AF_INET &&
	    (sin->sin_family != AF_UNSPEC || use == INET_CONNECT ||
	     (use == INET_BIND && sin->sin_addr.s_addr)))
		return -EAFNOSUPPORT;
	v4_from(&n->ip, &sin->sin_addr);
	n->port = lwip_ntohs(sin->sin_port);
	return 0;
}

static int name_v6(const struct inet *in, enum inet_use use,
		   const struct sockaddr_in6 *sin6, unsigned int len,
		   struct inet_name *n)
{
	if (use != INET_BIND && !in->tcp && sin6->sin6_family == AF_INET) {
		/* udp(7) over IPv6 may be given a name of IPv4. */
		if (in->v6only)
			return use == INET_SEND ? -ENETUNREACH : -EAFNOSUPPORT;
		return name_v4(in, use, (const void *)sin6, len, n);
	}
	if (len < SIN6_SHORT)
		return -EINVAL;
	if (sin6->sin6_family != AF_INET6)
		return use == INET_SEND ? -EINVAL : -EAFNOSUPPORT;
	n->port = lwip_ntohs(sin6->sin6_port);
	if (!is_mapped(&sin6->sin6_addr))
		return v6_from(&n->ip, sin6, len, in);
	if (in->v6only)
		return use == INET_BIND ? -EINVAL : -ENETUNREACH;
	v4_from(&n->ip, &sin6->sin6_addr.s6_addr[12]);
	return 0;
}

int inet_name_in(const struct inet *in, enum inet_use use,
		 const struct sockaddr_storage_k *name, unsigned int len,
		 struct inet_name *n)
{
	int err;

	n->unspec = false;
	if (use == INET_CONNECT) {
		if (len < sizeof(name->family))
			return -EINVAL;
		n->unspec = name->family == AF_UNSPEC;
		if (n->unspec)
			return 0;
	}
	if (in->s->family == AF_INET)
		err = name_v4(in, use, (const void *)name, len, n);
	else
		err = name_v6(in, use, (const void *)name, len, n);
	if (err || use == INET_BIND)
		return err;
	/* "Any address" as a destination is this machine. */
	if (ip_addr_isany(&n->ip)) {
		if (IP_IS_V4(&n->ip))
			ip_addr_set_loopback(false, &n->ip);
		else
			ip_addr_set_loopback(true, &n->ip);
	}
	return 0;
}

unsigned int inet_name_out(const struct inet *in, const ip_addr_t *ip,
			   uint16_t port, struct sockaddr_storage_k *name)
{
	struct sockaddr_in6 *sin6 = (void *)name;
	struct sockaddr_in *sin = (void *)name;

	if (in->s->family == AF_INET) {
		memset(sin, 0, sizeof(*sin));
		sin->sin_family = AF_INET;
		sin->sin_port = lwip_htons(port);
		sin->sin_addr.s_addr = IP_IS_V4(ip) ? ip_2_ip4(ip)->addr : 0;
		return sizeof(*sin);
	}
	memset(sin6, 0, sizeof(*sin6));
	sin6->sin6_family = AF_INET6;
	sin6->sin6_port = lwip_htons(port);
	if (IP_IS_V6(ip)) {
		memcpy(&sin6->sin6_addr, ip_2_ip6(ip)->addr, 16);
		if (ip6_addr_islinklocal(ip_2_ip6(ip)))
			sin6->sin6_scope_id = ip6_addr_zone(ip_2_ip6(ip));
	} else if (IP_IS_V4_VAL(*ip)) {
		sin6->sin6_addr.s6_addr[10] = 0xff;
		sin6->sin6_addr.s6_addr[11] = 0xff;
		memcpy(&sin6->sin6_addr.s6_addr[12], &ip_2_ip4(ip)->addr, 4);
	}
	return sizeof(*sin6);
}

static bool netif_has(const struct netif *nif, const ip_addr_t *ip)
{
	if (IP_IS_V4(ip))
		return ip4_addr_cmp(netif_ip4_addr(nif), ip_2_ip4(ip)) ||
		       (ip4_addr_isloopback(netif_ip4_addr(nif)) &&
			ip4_addr_isloopback(ip_2_ip4(ip)));
	for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
		if (ip6_addr_isvalid(netif_ip6_addr_state(nif, i)) &&
		    ip6_addr_cmp_zoneless(netif_ip6_addr(nif, i), ip_2_ip6(ip)))
			return true;
	return false;
}

bool inet_is_local(const ip_addr_t *ip)
{
	struct netif *nif;

	if (ip_addr_isany(ip))
		return true;
	NETIF_FOREACH(nif)
	if (netif_has(nif, ip))
		return true;
	return false;
}

bool inet_overlap(const ip_addr_t *a, bool a_v6only, const ip_addr_t *b,
		  bool b_v6only)
{
	bool a_any = ip_addr_isany(a), b_any = ip_addr_isany(b);
	bool a4 = IP_IS_V4_VAL(*a), b4 = IP_IS_V4_VAL(*b);

	/* :: takes IPv4 as well, unless it is told not to. */
	if (a4 != b4) {
		if (a4)
			return b_any && !b_v6only;
		return a_any && !a_v6only;
	}
	return a_any || b_any || ip_addr_cmp_zoneless(a, b);
}

int inet_port_allowed(uint16_t port)
{
	/* net.ipv4.ip_unprivileged_port_start */
	if (port && port < 1024 && !cred_capable(&current_process()->cred))
		return -EACCES;
	return 0;
}

uint16_t inet_port_random(void)
{
	static uint32_t state;

	/* Where the last search ended says nothing about the next one. */
	if (!state)
		random_bytes(&state, sizeof(state));
	state = state * 1664525 + 1013904223;
	return INET_PORT_FIRST +
	       (state >> 8) % (INET_PORT_LAST - INET_PORT_FIRST + 1);
}

uint16_t inet_port_next(uint16_t port)
{
	return port == INET_PORT_LAST ? INET_PORT_FIRST : port + 1;
}

void inet_any(const struct inet *in, ip_addr_t *ip)
{
	memset(ip, 0, sizeof(*ip));
	IP_SET_TYPE(ip, in->s->family == AF_INET ? IPADDR_TYPE_V4
			: in->v6only		 ? IPADDR_TYPE_V6
						 : IPADDR_TYPE_ANY);
}

/* lwIP takes lo for what it knows no way to, if there is nothing else. */
struct netif *inet_route_from(const ip_addr_t *src, const ip_addr_t *dst)
{
	struct netif *nif = ip_route(src, dst);

	if (nif && IP_IS_V6(dst) && !(nif->flags & NETIF_FLAG_ETHERNET) &&
	    !ip_addr_ismulticast(dst) && !inet_is_local(dst))
		return NULL;
	return nif;
}

struct netif *inet_route(const struct inet *in, const ip_addr_t *dst)
{
	if (in->bound_if)
		return netif_get_by_index(in->bound_if);
	return inet_route_from(&in->local, dst);
}
