/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet_mcast.c: which groups a socket has joined: IP_ADD_MEMBERSHIP of ip(7),
 * IPV6_ADD_MEMBERSHIP of ipv6(7), and the form for both of RFC 3678. lwIP
 * counts the members of a group on each interface.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <lwip/igmp.h>
#include <lwip/mld6.h>
#include <lwip/netif.h>
#include "inet.h"

struct membership {
	struct list link;
	ip_addr_t group;
	uint8_t index;
};

/* As Linux's net.ipv4.igmp_max_memberships. */
#define GROUPS_MAX 20

static struct membership *find(struct inet *in, const ip_addr_t *group,
			       unsigned int index)
{
	list_for_each (l, &in->groups) {
		struct membership *m = list_entry(l, struct membership, link);

		if (ip_addr_cmp_zoneless(&m->group, group) &&
		    (!index || m->index == index))
			return m;
	}
	return NULL;
}

static err_t tell(struct netif *nif, const ip_addr_t *group, bool join)
{
	if (IP_IS_V4(group))
		return join ? igmp_joingroup_netif(nif, ip_2_ip4(group))
			    : igmp_leavegroup_netif(nif, ip_2_ip4(group));
	return join ? mld6_joingroup_netif(nif, ip_2_ip6(group))
		    : mld6_leavegroup_netif(nif, ip_2_ip6(group));
}

static int join(struct inet *in, ip_addr_t *group, struct netif *nif)
{
	uint8_t index = netif_get_index(nif);
	struct membership *m;
	unsigned int n = 0;
	err_t err;

	if (find(in, group, index))
		return -EADDRINUSE;
	list_for_each (l, &in->groups)
		n++;
	if (n >= GROUPS_MAX)
		return -ENOBUFS;
	m = kzalloc(sizeof(*m));
	if (!m)
		return -ENOMEM;
	if (IP_IS_V6(group))
		ip6_addr_assign_zone(ip_2_ip6(group), IP6_MULTICAST, nif);
	ip_addr_copy(m->group, *group);
	m->index = index;
	err = tell(nif, group, true);
	if (err != ERR_OK) {
		kfree(m);
		return err == ERR_MEM ? -ENOMEM : -EINVAL;
	}
	list_append(&in->groups, &m->link);
	stack_flush();
	return 0;
}

static void leave(struct membership *m)
{
	struct netif *nif = stack_netif_by_index(m->index);

	if (nif)
		tell(nif, &m->group, false);
	list_del(&m->link);
	kfree(m);
}

void inet_leave_all(struct inet *in)
{
	while (!list_empty(&in->groups))
		leave(list_first(&in->groups, struct membership, link));
}

/* What a request names: a group, and an interface by index or address. */
struct request {
	ip_addr_t group;
	unsigned int index;
	uint32_t addr;
};

static void set_v4(ip_addr_t *ip, uint32_t addr)
{
	memset(ip, 0, sizeof(*ip));
	IP_SET_TYPE(ip, IPADDR_TYPE_V4);
	ip_2_ip4(ip)->addr = addr;
}

static void set_v6(ip_addr_t *ip, const void *addr)
{
	memset(ip, 0, sizeof(*ip));
	IP_SET_TYPE(ip, IPADDR_TYPE_V6);
	memcpy(ip_2_ip6(ip)->addr, addr, 16);
}

static int read_group_req(int level, const void *val, unsigned int len,
			  struct request *r)
{
	const struct sockaddr_in6 *sin6;
	const struct sockaddr_in *sin;
	struct group_req g;

	if (len < sizeof(g))
		return -EINVAL;
	memcpy(&g, val, sizeof(g));
	r->index = g.gr_interface;
	sin = (const void *)&g.gr_group;
	sin6 = (const void *)&g.gr_group;
	if (level == IPPROTO_IP) {
		if (sin->sin_family != AF_INET)
			return -EINVAL;
		set_v4(&r->group, sin->sin_addr.s_addr);
	} else {
		if (sin6->sin6_family != AF_INET6)
			return -EADDRNOTAVAIL;
		set_v6(&r->group, &sin6->sin6_addr);
	}
	return 0;
}

static int read_request(int level, int name, const void *val, unsigned int len,
			struct request *r)
{
	struct ip_mreqn v4 = {};
	struct ipv6_mreq v6;

	memset(r, 0, sizeof(*r));
	if (name == MCAST_JOIN_GROUP || name == MCAST_LEAVE_GROUP)
		return read_group_req(level, val, len, r);
	if (level == IPPROTO_IPV6) {
		if (len < sizeof(v6))
			return -EINVAL;
		memcpy(&v6, val, sizeof(v6));
		r->index = (unsigned int)v6.ipv6mr_ifindex;
		set_v6(&r->group, &v6.ipv6mr_multiaddr);
		return 0;
	}
	if (len < sizeof(struct ip_mreq))
		return -EINVAL;
	memcpy(&v4, val,
	       len >= sizeof(v4) ? sizeof(v4) : sizeof(struct ip_mreq));
	set_v4(&r->group, v4.imr_multiaddr.s_addr);
	r->index = (unsigned int)v4.imr_ifindex;
	r->addr = v4.imr_address.s_addr;
	return 0;
}

static struct netif *find_netif(const struct inet *in, const struct request *r)
{
	struct netif *nif;

	if (r->index)
		return stack_netif_by_index(r->index);
	if (!r->addr)
		return inet_route(in, &r->group);
	NETIF_FOREACH(nif)
	if (netif_ip4_addr(nif)->addr == r->addr)
		return nif;
	return NULL;
}

int inet_member(struct inet *in, int level, int name, const void *val,
		unsigned int len)
{
	bool joins = name == MCAST_JOIN_GROUP ||
		     (level == IPPROTO_IP ? name == IP_ADD_MEMBERSHIP
					  : name == IPV6_ADD_MEMBERSHIP);
	struct membership *m;
	struct netif *nif;
	struct request r;
	int err = read_request(level, name, val, len, &r);

	if (err)
		return err;
	if (!ip_addr_ismulticast(&r.group))
		return -EINVAL;
	if (joins) {
		nif = find_netif(in, &r);
		return nif ? join(in, &r.group, nif) : -ENODEV;
	}
	nif = r.index || r.addr ? find_netif(in, &r) : NULL;
	if ((r.index || r.addr) && !nif)
		return -ENODEV;
	m = find(in, &r.group, nif ? netif_get_index(nif) : 0);
	if (!m)
		return -EADDRNOTAVAIL;
	leave(m);
	stack_flush();
	return 0;
}
