/* SPDX-License-Identifier: BSD-2-Clause */
/* interface.c: see interface.h. */
#include "interface.h"

#define INDEX_MAX 255 /* lwIP's indices are bytes */

struct netif *interface_next(unsigned int *index)
{
	for (; *index <= INDEX_MAX; ++*index) {
		struct netif *n = stack_netif_by_index(*index);

		if (n)
			return n;
	}
	return NULL;
}

bool interface_is_lo(const struct netif *n)
{
	return n->name[0] == 'l' && n->name[1] == 'o';
}

unsigned int interface_flags(const struct netif *n)
{
	unsigned int f = interface_is_lo(n) ? IFF_LOOPBACK
					    : IFF_BROADCAST | IFF_MULTICAST;

	if (netif_is_up(n))
		f |= IFF_UP;
	if (netif_is_up(n) && netif_is_link_up(n))
		f |= IFF_RUNNING | IFF_LOWER_UP;
	return f;
}

unsigned int interface_type(const struct netif *n)
{
	return interface_is_lo(n) ? ARPHRD_LOOPBACK : ARPHRD_ETHER;
}

unsigned int interface_mtu(const struct netif *n)
{
	return n->mtu;
}

unsigned int mask_bits(uint32_t mask)
{
	unsigned int n = 0;

	for (; mask; mask &= mask - 1)
		n++;
	return n;
}
