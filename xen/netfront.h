/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront.h: what the files of the network front end share. A device is a
 * struct netfront; while it is up, netfront_tx.c and netfront_rx.c own a ring
 * each, in kernel context, and netfront.c, in the xenbus thread, brings both up
 * and down.
 */
#ifndef XEN_NETFRONT_H
#define XEN_NETFRONT_H

#include <posixen/netdev.h>
#include <posixen/thread.h>
#include <posixen/waitq.h>
#include "grant.h"
#include "netfront_ring.h"
#include "store.h"
#include "xenbus.h"

/* Pages of our own that are shown to the backend read-only while the device is
 * up, in pieces of one size each (netfront_bounce.c). */
#define BOUNCE_PAGES   272u
#define BOUNCE_CLASSES 3u
struct bounce_page {
	char *data;
	grant_ref_t ref;
	uint16_t free; /* a bit per piece */
	uint8_t class; /* BOUNCE_CLASSES: no piece is out */
	uint16_t next, prev;
};

struct bounce {
	struct bounce_page page[BOUNCE_PAGES];
	uint16_t nr, limit;
	/* Pages with a free piece by class, and pages that are all free. */
	uint16_t head[BOUNCE_CLASSES + 1];
};

/* A page that the backend may write to. */
struct rx_buf {
	pfn_t pfn;
	grant_ref_t ref;
};

#define MCAST_MAX 64u /* Linux's netback takes as many */
struct mcast {
	uint8_t mac[6];
	bool wanted, told;
};

struct netfront {
	struct netdev dev;
	struct list link; /* of all */
	struct xenbus_device *bus;
	domid_t backend;

	bool up;	/* rings are there */
	bool connected; /* the backend has said so */
	bool broken;	/* it has been caught; nothing it says counts */
	bool closing;	/* a thread tells it */
	bool settled;	/* plat_net_start() need not wait for it */
	struct waitq changed;

	/* netfront_tx.c */
	struct netif_tx_sring *tx_ring;
	struct ring_view tx;
	struct tx_ids ids;
	struct bounce *bounce;
	bool sg;	  /* the backend takes packets of several slots */
	bool tx_waiting;  /* netdev_tx_ready() is owed */
	bool tx_own_refs; /* txpages are shown to this backend */

	/* netfront_rx.c */
	struct netif_rx_sring *rx_ring;
	struct ring_view rx;
	struct rx_buf rx_buf[RX_SLOTS]; /* by place in the ring */
	unsigned int rx_target;
	struct timer rx_rest; /* armed: packets wait until it fires */

	/* netfront_mcast.c */
	bool mcast_control;
	struct mcast mcast[MCAST_MAX];
	bool mcast_pending; /* the backend has not been told all */

	/* netfront_setup.c. Without split channels both are one port. */
	int tx_ring_ref, rx_ring_ref;
	int tx_port, rx_port;

	/* netfront.c */
	struct store_watch carrier;
	char carrier_path[160];
	bool carrier_watched, carrier_on;

	uint64_t tx_notified, tx_events, rx_notified, rx_events;
};

/* netfront.c: the backend did what it must not. Its device is closed; said
 * once. Any context. */
void netfront_broken(struct netfront *nf, const char *what);
extern struct list netfront_devices;
extern struct waitq netfront_progress; /* of any: plat_net_start() waits */
extern struct xenbus_driver netfront_driver;

/* netfront_setup.c: from what the backend offers to rings in the store, and
 * back; -errno and nothing done. Blocks. */
int netfront_set_up(struct netfront *nf);
/* Does not block. */
void netfront_tear_down(struct netfront *nf);

/* netfront_tx.c. nf->backend and nf->tx_ring are set; 0 or -ENOMEM. */
int netfront_tx_start(struct netfront *nf);
/* The backend is gone: what is in flight is taken back. */
void netfront_tx_stop(struct netfront *nf);
int netfront_xmit(struct netdev *d, const struct net_tx *p);
void netfront_flush(struct netdev *d);
/* Take the backend's answers; wakes who waited for room. */
void netfront_tx_reclaim(struct netfront *nf);
void netfront_tx_event(struct netfront *nf);
/* Slots that no request is in. */
unsigned int netfront_tx_room(const struct netfront *nf);
/* Ask for an event at the last answer to what is in flight. False: there is
 * none to come. */
bool netfront_tx_drain(struct netfront *nf);

/* netfront_owner.c: showing txpages. True: to domain backend, this device may
 * send txpages by their cookies. */
bool netfront_own_txpages(domid_t backend);
void netfront_disown_txpages(void);

/* netfront_rx.c. */
int netfront_rx_start(struct netfront *nf);
void netfront_rx_stop(struct netfront *nf);
void netfront_rx_event(struct netfront *nf);

/* netfront_mcast.c */
int netfront_multicast(struct netdev *d, const uint8_t mac[6], bool on);
/* A new connection: the backend knows no address. */
void netfront_mcast_start(struct netfront *nf);
/* Tell what it has not been told, as far as there is room. */
void netfront_mcast_send(struct netfront *nf);

/* netfront_bounce.c. limit pages at most, some of them at once: 0, -ENOMEM. */
struct bounce *bounce_create(domid_t backend, unsigned int limit);
/* Any may still be mapped by the backend. */
void bounce_destroy(struct bounce *b);
/* A piece of at least len bytes (up to PAGE_SIZE); NULL: all are out. */
void *bounce_take(struct bounce *b, domid_t backend, unsigned int len);
void bounce_put(struct bounce *b, void *piece);
grant_ref_t bounce_ref(const struct bounce *b, const void *piece);

#endif
