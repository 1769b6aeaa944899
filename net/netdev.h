/* SPDX-License-Identifier: BSD-2-Clause */
/* netdev.h: interfaces that are devices (netdev.c). Kernel context, any. */
#ifndef NET_NETDEV_H
#define NET_NETDEV_H

#include <lwip/netif.h>
#include <posixen/list.h>
#include <posixen/netdev.h>
#include "gso.h"

struct config; /* config.c */

struct iface {
	struct netif netif; /* first */
	struct netdev *dev;
	struct gso gso;
	struct list link; /* ifaces */
	struct config *config;
};

extern struct list ifaces; /* in the order in which they came */

static inline struct iface *netif_iface(struct netif *n)
{
	return n->flags & NETIF_FLAG_ETHERNET ? (struct iface *)n : NULL;
}

/* Does this interface's device cut TCP's segments to the MSS? */
bool netdev_cuts_tcp(const struct netif *n, bool v6);
/* The end of a burst, for all devices. */
void netdev_flush(void);

#endif
