/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netdev.h: between a driver of network interfaces (xen/netfront*.c,
 * host/tap.c) and the network stack (net/). A driver never sees a pbuf, the
 * stack never a ring.
 *
 * Packets are Ethernet frames without checksum of the frame. Everything is
 * kernel context, most of it event context: nothing blocks, except where said.
 */
#ifndef POSIXEN_NETDEV_H
#define POSIXEN_NETDEV_H

#include <posixen/types.h>

struct netdev;

/* The transport checksum field holds the sum of the pseudo-header only (sent:
 * the device, or in the end nobody, completes it; received: the packet never
 * left this machine and is to be taken as correct). */
#define NET_CSUM_BLANK 1u
/* Received: the transport checksum has been checked by the other side. */
#define NET_CSUM_VALID 2u
/* Larger than the MTU: to be (sent) or that was (received) one TCP segment per
 * gso_size bytes of payload. */
#define NET_GSO_TCP4 4u
#define NET_GSO_TCP6 8u

/* Bytes in one packet at most, whatever the MTU: 64 KB with its headers. */
#define NET_PACKET_MAX 65535
/* Parts of one packet at most, each within one page. */
#define NET_FRAGS_MAX 18

struct net_frag {
	const void *data; /* direct map; does not cross a page boundary */
	uint32_t len;
};

struct net_tx {
	struct net_frag frags[NET_FRAGS_MAX];
	unsigned int nr;
	unsigned int len; /* of all */
	unsigned int flags;
	unsigned int gso_size;
	/* What the driver does not copy (parts in txpages, which it references
	 * by itself) is left alone until done(cookie): called in event context
	 * once, or from within xmit. NULL: parts outside txpages must be copied
	 * before xmit returns. */
	void (*done)(void *cookie);
	void *cookie;
};

struct net_rx_frag {
	pfn_t pfn; /* of page_alloc(PAGE_KERNEL, 0) or of rxpage_alloc() */
	uint16_t off, len;
};

struct netdev_ops {
	/* Send one packet. 0; -EAGAIN: the ring is full, netdev_tx_ready() will
	 * be called; -EMSGSIZE, -ENETDOWN: dropped (done is not called). What
	 * is sent may wait for flush(). */
	int (*xmit)(struct netdev *d, const struct net_tx *p);
	/* The end of a burst: tell the other side if it wants to be told. */
	void (*flush)(struct netdev *d);
	/* Take (or no longer) frames to this multicast address. NULL: the
	 * device passes all of them. */
	int (*multicast)(struct netdev *d, const uint8_t mac[6], bool on);
};

struct netdev_stats {
	uint64_t rx_packets, rx_bytes, rx_dropped, rx_errors;
	uint64_t tx_packets, tx_bytes, tx_dropped, tx_errors;
};

struct netdev {
	const struct netdev_ops *ops;
	unsigned int index; /* eth<index>: 0, 1, ... as the host numbers them */
	uint8_t mac[6];
	unsigned int mtu; /* at most 65,535 - 14 */
	/* NET_CSUM_BLANK, NET_GSO_*: what xmit takes. May change while the link
	 * is down. */
	unsigned int features;
	bool link;
	struct netdev_stats stats; /* the driver counts */
	void *driver;		   /* the driver's own */
	void *stack;		   /* net/'s own */
};

/* Up-calls: net/netdev.c. */
/* A new interface, its link maybe still down. 0 or -ENOMEM. */
int netdev_register(struct netdev *d);
/* It is gone: on return the stack does not know it any more. */
void netdev_unregister(struct netdev *d);
/* d->link has changed. */
void netdev_link_changed(struct netdev *d);
/* A packet came, in frames that are the stack's from here on (it frees them
 * with rxpage_put()), and that nobody outside can write any more. */
void netdev_rx(struct netdev *d, const struct net_rx_frag *frags,
	       unsigned int nr, unsigned int flags, unsigned int gso_size);
/* A packet came; the stack copies it before it looks at it, because the other
 * side may still write there. */
void netdev_rx_copy(struct netdev *d, const void *data, size_t len,
		    unsigned int flags);
/* The end of a burst of packets: the stack answers now. */
void netdev_rx_done(struct netdev *d);
void netdev_tx_ready(struct netdev *d);

/*
 * The platform (xen/netfront.c, host/tap.c): find the interfaces, register
 * them, go on doing so as they come and go. May block (in the first thread)
 * until those that are there at start are connected or their time is over.
 * 0, also when there are none; -errno.
 */
int plat_net_start(void);
/* The domain goes down: what is queued has been handed to the other side when
 * this returns, or its time is over. May block. */
void plat_net_stop(void);

#endif
