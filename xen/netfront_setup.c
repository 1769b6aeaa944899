/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront_setup.c: a connection of a network device: what the backend offers
 * and we ask for (xen/io/netif.h), the rings, the event channels, and all that
 * back again.
 */
#include <posixen/klog.h>
#include <posixen/mem.h>
#include "event.h"
#include "netfront.h"

#define NO_PORT (-1)
#define MTU_MAX (NET_PACKET_MAX - 14u)

static unsigned int offer(struct netfront *nf, const char *leaf)
{
	unsigned int value;

	if (store_read_uint(STORE_NO_TRANSACTION, nf->bus->backend, leaf,
			    &value))
		return 0;
	return value;
}

static unsigned int read_mtu(struct netfront *nf)
{
	unsigned int mtu;

	if (store_read_uint(STORE_NO_TRANSACTION, nf->bus->node, "mtu", &mtu) ||
	    mtu < 68)
		mtu = 1500;
	return MIN(mtu, nf->sg ? MTU_MAX : 1500u);
}

static int read_offers(struct netfront *nf)
{
	unsigned int f = 0;

	if (!offer(nf, "feature-rx-copy"))
		return -EOPNOTSUPP;
	nf->sg = offer(nf, "feature-sg");
	/* There is one flag for both versions of IP, so both or neither. */
	if (!offer(nf, "feature-no-csum-offload") &&
	    offer(nf, "feature-ipv6-csum-offload"))
		f |= NET_CSUM_BLANK;
	if (f && nf->sg && offer(nf, "feature-gso-tcpv4"))
		f |= NET_GSO_TCP4;
	if (f && nf->sg && offer(nf, "feature-gso-tcpv6"))
		f |= NET_GSO_TCP6;
	nf->dev.features = f;
	nf->dev.mtu = read_mtu(nf);
	nf->mcast_control = offer(nf, "feature-multicast-control") ||
			    offer(nf, "feature-dynamic-multicast-control");
	return 0;
}

static void tx_event(void *arg)
{
	struct netfront *nf = arg;

	nf->tx_events++;
	netfront_tx_event(nf);
}

static void rx_event(void *arg)
{
	struct netfront *nf = arg;

	nf->rx_events++;
	netfront_rx_event(nf);
}

static void both_event(void *arg)
{
	rx_event(arg);
	netfront_tx_event(arg);
}

static int make_channels(struct netfront *nf)
{
	bool split = offer(nf, "feature-split-event-channels");

	nf->rx_port = event_alloc_unbound(nf->backend,
					  split ? rx_event : both_event, nf);
	if (nf->rx_port < 0 || !split) {
		nf->tx_port = nf->rx_port;
		return MIN(nf->rx_port, 0);
	}
	nf->tx_port = event_alloc_unbound(nf->backend, tx_event, nf);
	return MIN(nf->tx_port, 0);
}

static void close_channels(struct netfront *nf)
{
	if (nf->tx_port >= 0)
		event_unbind((evtchn_port_t)nf->tx_port);
	if (nf->rx_port >= 0 && nf->rx_port != nf->tx_port)
		event_unbind((evtchn_port_t)nf->rx_port);
	nf->tx_port = nf->rx_port = NO_PORT;
}

/* A zeroed page that the backend may write to. */
static void *make_ring(struct netfront *nf, int *ref)
{
	pfn_t pfn = page_zalloc(PAGE_KERNEL);

	if (pfn == PFN_NONE)
		return NULL;
	*ref = grant_access(nf->backend, pfn_to_virt(pfn), false);
	if (*ref >= 0)
		return pfn_to_virt(pfn);
	page_put(pfn);
	return NULL;
}

static int make_rings(struct netfront *nf)
{
	nf->tx_ring = make_ring(nf, &nf->tx_ring_ref);
	nf->rx_ring = make_ring(nf, &nf->rx_ring_ref);
	if (!nf->tx_ring || !nf->rx_ring)
		return -ENOMEM;
	nf->tx_ring->req_event = 1;
	nf->rx_ring->req_event = 1;
	return 0;
}

static void drop_ring(void *ring, int ref)
{
	if (ring)
		grant_end_later((grant_ref_t)ref, virt_to_pfn(ring));
}

static int write_channels(struct netfront *nf)
{
	const uint32_t t = STORE_NO_TRANSACTION;
	const char *node = nf->bus->node;
	int err;

	if (nf->tx_port == nf->rx_port)
		return store_printf(t, node, "event-channel", "%d",
				    nf->tx_port);
	err = store_printf(t, node, "event-channel-tx", "%d", nf->tx_port);
	if (!err)
		err = store_printf(t, node, "event-channel-rx", "%d",
				   nf->rx_port);
	return err;
}

/* The backend reads these once our state is Connected, and not before: no
 * transaction is needed, which costs time at every start. */
static int write_keys(struct netfront *nf)
{
	const uint32_t t = STORE_NO_TRANSACTION;
	static const char *const asked[] = {
		"request-rx-copy",   "feature-rx-notify",
		"feature-sg",	     "feature-gso-tcpv4",
		"feature-gso-tcpv6", "feature-ipv6-csum-offload",
	};
	const char *node = nf->bus->node;
	int err = write_channels(nf);

	if (!err)
		err = store_printf(t, node, "tx-ring-ref", "%d",
				   nf->tx_ring_ref);
	if (!err)
		err = store_printf(t, node, "rx-ring-ref", "%d",
				   nf->rx_ring_ref);
	for (unsigned int i = 0; !err && i < ARRAY_SIZE(asked); i++)
		err = store_write(t, node, asked[i], "1");
	if (!err && nf->mcast_control)
		err = store_write(t, node, "request-multicast-control", "1");
	return err;
}

/* Everything that does not block, or nothing. */
static int make_all(struct netfront *nf)
{
	int err = make_rings(nf);

	if (!err)
		err = netfront_tx_start(nf);
	if (!err)
		err = netfront_rx_start(nf);
	return err;
}

int netfront_set_up(struct netfront *nf)
{
	int err;

	nf->tx_port = nf->rx_port = NO_PORT;
	nf->tx_waiting = false;
	nf->backend = nf->bus->backend_id;
	err = read_offers(nf);
	if (!err)
		err = make_channels(nf);
	if (!err)
		err = make_all(nf);
	if (!err) {
		nf->up = true;
		netfront_mcast_start(nf);
		err = write_keys(nf);
	}
	if (err)
		netfront_tear_down(nf);
	return err;
}

void netfront_tear_down(struct netfront *nf)
{
	nf->up = false;
	close_channels(nf);
	netfront_rx_stop(nf);
	if (nf->bounce)
		netfront_tx_stop(nf);
	drop_ring(nf->tx_ring, nf->tx_ring_ref);
	drop_ring(nf->rx_ring, nf->rx_ring_ref);
	nf->tx_ring = NULL;
	nf->rx_ring = NULL;
}
