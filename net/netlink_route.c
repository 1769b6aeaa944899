/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink_route.c: rtnetlink(7): interfaces, their addresses and the routes, as
 * getifaddrs(3), if_nameindex(3) and ip(8) ask for them. Nothing can be changed
 * this way: EOPNOTSUPP.
 */
#include <posixen/lib.h>
#include <posixen/process.h>
#include <lwip/ip4_addr.h>
#include <lwip/ip6_addr.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include "config.h"
#include "interface.h"
#include "netlink.h"

static void put_link(struct netlink_reply *r, struct netif *n, uint16_t flags)
{
	static const uint8_t all_ones[8] = {0xff, 0xff, 0xff, 0xff,
					    0xff, 0xff, 0xff, 0xff};
	static const uint8_t none[6];
	bool lo = interface_is_lo(n);
	size_t hw = lo ? 6 : MIN((size_t)n->hwaddr_len, sizeof(all_ones));
	uint32_t mtu = interface_mtu(n);
	struct ifinfomsg *i;
	char name[16];

	i = netlink_begin(r, RTM_NEWLINK, flags, sizeof(*i));
	if (!i)
		return;
	i->ifi_type = (unsigned short)interface_type(n);
	i->ifi_index = netif_get_index(n);
	i->ifi_flags = interface_flags(n);
	stack_netif_name(n, name);
	netlink_attr(r, IFLA_IFNAME, name, strlen(name) + 1);
	netlink_attr(r, IFLA_MTU, &mtu, sizeof(mtu));
	netlink_attr(r, IFLA_ADDRESS, lo ? none : n->hwaddr, hw);
	netlink_attr(r, IFLA_BROADCAST, lo ? none : all_ones, hw);
}

static void put_addr4(struct netlink_reply *r, struct netif *n)
{
	uint32_t addr = netif_ip4_addr(n)->addr;
	uint32_t mask = netif_ip4_netmask(n)->addr;
	uint32_t broadcast = addr | ~mask;
	struct ifaddrmsg *a;
	char name[16];

	if (!addr)
		return;
	a = netlink_begin(r, RTM_NEWADDR, NLM_F_MULTI, sizeof(*a));
	if (!a)
		return;
	a->ifa_family = AF_INET;
	a->ifa_prefixlen = (uint8_t)mask_bits(mask);
	a->ifa_flags = IFA_F_PERMANENT;
	a->ifa_scope = interface_is_lo(n) ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
	a->ifa_index = netif_get_index(n);
	stack_netif_name(n, name);
	netlink_attr(r, IFA_ADDRESS, &addr, sizeof(addr));
	netlink_attr(r, IFA_LOCAL, &addr, sizeof(addr));
	if (!interface_is_lo(n))
		netlink_attr(r, IFA_BROADCAST, &broadcast, sizeof(broadcast));
	netlink_attr(r, IFA_LABEL, name, strlen(name) + 1);
}

static void put_addr6(struct netlink_reply *r, struct netif *n, int slot)
{
	const ip6_addr_t *addr = netif_ip6_addr(n, slot);
	struct ifaddrmsg *a;

	if (!ip6_addr_isvalid(netif_ip6_addr_state(n, slot)) &&
	    !ip6_addr_istentative(netif_ip6_addr_state(n, slot)))
		return;
	a = netlink_begin(r, RTM_NEWADDR, NLM_F_MULTI, sizeof(*a));
	if (!a)
		return;
	a->ifa_family = AF_INET6;
	a->ifa_prefixlen = (uint8_t)config_ip6_len(n, slot);
	if (config_ip6_given(n, slot))
		a->ifa_flags |= IFA_F_PERMANENT;
	if (ip6_addr_istentative(netif_ip6_addr_state(n, slot)))
		a->ifa_flags |= IFA_F_TENTATIVE;
	a->ifa_scope = ip6_addr_isloopback(addr)    ? RT_SCOPE_HOST
		       : ip6_addr_islinklocal(addr) ? RT_SCOPE_LINK
						    : RT_SCOPE_UNIVERSE;
	a->ifa_index = netif_get_index(n);
	netlink_attr(r, IFA_ADDRESS, addr->addr, 16);
}

/* A route to dst/bits (bits 0: to everywhere) through n, perhaps by gw. */
static void put_route4(struct netlink_reply *r, struct netif *n, uint32_t dst,
		       unsigned int bits, uint32_t gw)
{
	uint32_t table = RT_TABLE_MAIN, src = netif_ip4_addr(n)->addr;
	uint32_t index = netif_get_index(n);
	struct rtmsg *m;

	m = netlink_begin(r, RTM_NEWROUTE, NLM_F_MULTI, sizeof(*m));
	if (!m)
		return;
	m->rtm_family = AF_INET;
	m->rtm_dst_len = (uint8_t)bits;
	m->rtm_table = RT_TABLE_MAIN;
	m->rtm_protocol = gw ? RTPROT_BOOT : RTPROT_KERNEL;
	m->rtm_scope = gw ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
	m->rtm_type = RTN_UNICAST;
	netlink_attr(r, RTA_TABLE, &table, sizeof(table));
	if (bits)
		netlink_attr(r, RTA_DST, &dst, sizeof(dst));
	if (gw)
		netlink_attr(r, RTA_GATEWAY, &gw, sizeof(gw));
	else
		netlink_attr(r, RTA_PREFSRC, &src, sizeof(src));
	netlink_attr(r, RTA_OIF, &index, sizeof(index));
}

static void put_routes4(struct netlink_reply *r, struct netif *n)
{
	uint32_t addr = netif_ip4_addr(n)->addr;
	uint32_t mask = netif_ip4_netmask(n)->addr;

	if (interface_is_lo(n) || !addr || !netif_is_up(n))
		return;
	if (n == netif_default && netif_ip4_gw(n)->addr)
		put_route4(r, n, 0, 0, netif_ip4_gw(n)->addr);
	put_route4(r, n, addr & mask, mask_bits(mask), 0);
}

static void put_one(struct netlink_reply *r, struct netif *n, int family)
{
	bool v4 = family == AF_INET || family == AF_UNSPEC;
	bool v6 = family == AF_INET6 || family == AF_UNSPEC;

	switch (r->request->nlmsg_type) {
	case RTM_GETLINK:
		put_link(r, n, NLM_F_MULTI);
		break;
	case RTM_GETADDR:
		if (v4)
			put_addr4(r, n);
		for (int i = 0; v6 && i < LWIP_IPV6_NUM_ADDRESSES; i++)
			put_addr6(r, n, i);
		break;
	case RTM_GETROUTE:
		if (v4)
			put_routes4(r, n);
		break;
	}
}

static void dump(struct netlink_reply *r, int family)
{
	struct netif *n;
	int *err;

	for (unsigned int i = 1; (n = interface_next(&i)); i++)
		put_one(r, n, family);
	netlink_send(r);
	err = netlink_begin(r, NLMSG_DONE, NLM_F_MULTI, sizeof(*err));
	if (err)
		*err = 0;
}

/* One interface, by index or by name. */
static int get_link(struct netlink_reply *r)
{
	const struct nlmsghdr *q = r->request;
	const struct ifinfomsg *i = NLMSG_DATA(q);
	struct netif *n = NULL;
	struct rtattr *a;
	char name[16] = "";
	int left;

	if (q->nlmsg_len < NLMSG_LENGTH(sizeof(*i)))
		return -EINVAL;
	if (i->ifi_index > 0)
		n = stack_netif_by_index((unsigned int)i->ifi_index);
	a = (struct rtattr *)((char *)i + NLMSG_ALIGN(sizeof(*i)));
	left = (int)(q->nlmsg_len - NLMSG_SPACE(sizeof(*i)));
	for (; !n && RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		if (a->rta_type != IFLA_IFNAME)
			continue;
		memset(name, 0, sizeof(name));
		memcpy(name, RTA_DATA(a),
		       MIN((size_t)RTA_PAYLOAD(a), sizeof(name) - 1));
		n = stack_netif_by_name(name);
	}
	if (!n)
		return i->ifi_index > 0 || name[0] ? -ENODEV : -EINVAL;
	put_link(r, n, 0);
	return 0;
}

int netlink_route(struct netlink_reply *r)
{
	const struct nlmsghdr *q = r->request;
	const struct rtgenmsg *g = NLMSG_DATA(q);
	bool get = (q->nlmsg_type & 3) == 2;

	if (q->nlmsg_type < RTM_BASE || q->nlmsg_type > RTM_MAX)
		return -EOPNOTSUPP;
	if (q->nlmsg_len < NLMSG_LENGTH(sizeof(*g)))
		return 0;
	if (!get && !cred_capable(&current_process()->cred))
		return -EPERM;
	if (q->nlmsg_type != RTM_GETLINK && q->nlmsg_type != RTM_GETADDR &&
	    q->nlmsg_type != RTM_GETROUTE)
		return -EOPNOTSUPP;
	if ((q->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP) {
		dump(r, g->rtgen_family);
		return 0;
	}
	return q->nlmsg_type == RTM_GETLINK ? get_link(r) : -EOPNOTSUPP;
}
