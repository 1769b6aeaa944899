/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gso.h: packets on their way to a device (gso.c): segments of one connection
 * that lwIP sends one after the other go out as one large packet, which the
 * device cuts. Kernel context, any; nothing blocks.
 */
#ifndef NET_GSO_H
#define NET_GSO_H

#include <lwip/pbuf.h>
#include <lwip/err.h>
#include <posixen/netdev.h>

/* Headers of Ethernet, IP (4 with options or 6) and TCP. */
#define GSO_HEADERS_MAX (14 + 60 + 60)
/* Segments in one packet at most. */
#define GSO_SEGMENTS 64

/* One packet for a device, and what must stay while it waits. */
struct gso_packet {
	struct gso_packet *next;
	struct net_tx tx;
	unsigned int nr;
	struct pbuf *held[GSO_SEGMENTS];
	/* Of a TCP packet that more may be added to: */
	bool open;
	unsigned int head_len, payload, l4;
	uint32_t next_seq;
	uint8_t head[GSO_HEADERS_MAX]; /* frags[0] */
};

struct gso {
	struct netdev *dev;
	struct gso_packet *now;		 /* may still grow; NULL: none */
	struct gso_packet *first, **end; /* wait for netdev_tx_ready() */
	unsigned int waiting;
	bool dirty;   /* the device was given something since gso_flush() */
	bool refused; /* a segment, for want of room */
};

void gso_init(struct gso *g, struct netdev *d);
/* Drop what waits: the device is gone. */
void gso_stop(struct gso *g);
/* Send an Ethernet frame, or hold it back until gso_flush(). The caller keeps
 * its reference; payload must lie in the pbuf itself or in txpages, else it
 * must not change until stack_flush(). ERR_MEM: too much waits. */
err_t gso_output(struct gso *g, struct pbuf *p);
/* The end of a burst. */
void gso_flush(struct gso *g);
/* The device has room again. */
void gso_ready(struct gso *g);

#endif
