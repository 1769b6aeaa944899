/* SPDX-License-Identifier: BSD-2-Clause */
/* netdev.h: interfaces that are devices (netdev.c). Kernel context, any. */
#ifndef NET_NETDEV_H
#define NET_NETDEV_H

#include <lwip/netif.h>
#include <posixen/list.h>
#include <posixen/netdev.h>
#include "gso.h"
#include "lease.h"

struct config; /* config.c */

struct iface {
	struct netif netif; /* first */
	struct netdev *dev;
	struct gso gso;
	struct list link; /* ifaces */
	struct config *config;
	struct lease lease;
};

extern struct list ifaces; /* in the order in which they came */

static inline struct iface *netif_iface(struct netif *n)
{
	return n->flags & NETIF_FLAG_ETHERNET ? (struct iface *)n : NULL;
}

/* Does this interface's device cut TCP's segments to the MSS? */
bool netdev_cuts_tcp(const struct netif *n, bool v6);

/* Called when a packet may have let p send more than what lwIP has of the
 * stream: a duplicate acknowledgement in recovery (RFC 5681, 3.2, step 4) or an
 * update of the window. lwIP tells nobody of these. */
struct tcp_pcb;
extern void (*netdev_tcp_room)(struct tcp_pcb *p);

/* The end of a burst, for all devices. */
void netdev_flush(void);

#endif
