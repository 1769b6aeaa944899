/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interface_ioctl.c: what ioctl(2) on any socket tells of interfaces:
 * netdevice(7). Nothing can be changed this way.
 */
#include <posixen/lib.h>
#include <linux/sockios.h>
#include "core.h"
#include "interface.h"

/* struct ifreq and struct ifconf of netdevice(7). */
struct ifreq_abi {
	char name[16];
	union {
		struct {
			uint16_t family, port;
			uint32_t addr;
		} in;
		struct {
			uint16_t family;
			uint8_t addr[6];
		} hw;
		short flags;
		int number;
		char space[24];
	};
};

struct ifconf_abi {
	int len;
	struct ifreq_abi *req;
};

/* The addresses, which only a socket of the family asks for. */
static int get_addr(const struct netif *n, unsigned int cmd,
		    struct ifreq_abi *r)
{
	uint32_t addr = netif_ip4_addr(n)->addr;
	uint32_t mask = netif_ip4_netmask(n)->addr;

	if (!addr)
		return -EADDRNOTAVAIL;
	if (cmd == SIOCGIFNETMASK)
		addr = mask;
	else if (cmd == SIOCGIFBRDADDR)
		addr = interface_is_lo(n) ? 0 : addr | ~mask;
	memset(r->space, 0, sizeof(r->space));
	r->in.family = AF_INET;
	r->in.addr = addr;
	return 0;
}

static int get_one(struct socket *s, const struct netif *n, unsigned int cmd,
		   struct ifreq_abi *r)
{
	switch (cmd) {
	case SIOCGIFINDEX:
		r->number = netif_get_index(n);
		return 0;
	case SIOCGIFFLAGS:
		r->flags = (short)interface_flags(n);
		return 0;
	case SIOCGIFMTU:
		r->number = (int)interface_mtu(n);
		return 0;
	case SIOCGIFMETRIC:
		r->number = 0;
		return 0;
	case SIOCGIFHWADDR:
		memset(r->space, 0, sizeof(r->space));
		r->hw.family = (uint16_t)interface_type(n);
		if (!interface_is_lo(n))
			memcpy(r->hw.addr, n->hwaddr, sizeof(r->hw.addr));
		return 0;
	case SIOCGIFADDR:
	case SIOCGIFDSTADDR:
	case SIOCGIFBRDADDR:
	case SIOCGIFNETMASK:
		return s->family == AF_INET ? get_addr(n, cmd, r) : -ENOTTY;
	default:
		return -ENOTTY;
	}
}

/* Those with an IPv4 address; without a buffer, how much room they need. */
static long get_list(unsigned long arg)
{
	struct ifconf_abi c;
	struct netif *n;
	int room, used = 0;

	if (copy_in_obj(&c, (const struct ifconf_abi *)arg))
		return -EFAULT;
	room = c.req ? c.len : INT_MAX;
	for (unsigned int i = 1; (n = interface_next(&i)); i++) {
		struct ifreq_abi r = {.number = 0};

		if (get_addr(n, SIOCGIFADDR, &r))
			continue;
		if (room - used < (int)sizeof(r))
			break;
		stack_netif_name(n, r.name);
		if (c.req &&
		    copy_out_obj((struct ifreq_abi *)((char *)c.req + used),
				 &r))
			return -EFAULT;
		used += sizeof(r);
	}
	c.len = used;
	return copy_out_obj((struct ifconf_abi *)arg, &c);
}

long interface_ioctl(struct socket *s, unsigned int cmd, unsigned long arg)
{
	struct ifreq_abi r;
	struct netif *n;
	int err;

	if (cmd == SIOCGIFCONF)
		return get_list(arg);
	/* Numbers of this kind only. */
	if (cmd < SIOCGIFNAME || cmd > SIOCGIFINDEX)
		return -ENOTTY;
	if (copy_in_obj(&r, (const struct ifreq_abi *)arg))
		return -EFAULT;
	r.name[sizeof(r.name) - 1] = '\0';
	n = cmd == SIOCGIFNAME ? stack_netif_by_index((unsigned int)r.number)
			       : stack_netif_by_name(r.name);
	if (!n)
		return -ENODEV;
	err = 0;
	if (cmd == SIOCGIFNAME)
		stack_netif_name(n, r.name);
	else
		err = get_one(s, n, cmd, &r);
	return err ? err : copy_out_obj((struct ifreq_abi *)arg, &r);
}
