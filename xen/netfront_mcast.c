/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront_mcast.c: multicast addresses. A backend with multicast control
 * passes on only what we ask for, with requests that carry an address as extra
 * info and no data (xen/io/netif.h, "dummy transmit requests").
 */
#include <posixen/lib.h>
#include "netfront.h"

void netfront_mcast_start(struct netfront *nf)
{
	nf->mcast_pending = false;
	for (unsigned int i = 0; i < MCAST_MAX; i++) {
		nf->mcast[i].told = false;
		nf->mcast_pending |= nf->mcast[i].wanted;
	}
	if (!nf->mcast_control)
		nf->mcast_pending = false;
}

static void put_address(struct netfront *nf, const struct mcast *m)
{
	union netif_tx_sring_entry *ring = nf->tx_ring->ring;
	struct netif_tx_request r = {.flags = NETTXF_extra_info};
	struct netif_extra_info x = {
		.type = m->wanted ? XEN_NETIF_EXTRA_TYPE_MCAST_ADD
				  : XEN_NETIF_EXTRA_TYPE_MCAST_DEL,
	};

	memcpy(x.u.mcast.addr, m->mac, sizeof(m->mac));
	r.id = tx_id_take(&nf->ids, TX_DUMMY, NULL);
	ring[nf->tx.req_prod++ & (TX_SLOTS - 1)].req = r;
	memcpy(&ring[nf->tx.req_prod++ & (TX_SLOTS - 1)], &x, sizeof(x));
	nf->ids.extras++;
}

void netfront_mcast_send(struct netfront *nf)
{
	nf->mcast_pending = false;
	if (!nf->mcast_control)
		return;
	for (unsigned int i = 0; i < MCAST_MAX; i++) {
		struct mcast *m = &nf->mcast[i];

		if (m->wanted == m->told)
			continue;
		if (netfront_tx_room(nf) < 2) {
			nf->mcast_pending = true;
			return;
		}
		put_address(nf, m);
		m->told = m->wanted;
	}
}

int netfront_multicast(struct netdev *d, const uint8_t mac[6], bool on)
{
	struct netfront *nf = d->driver;
	struct mcast *m, *free = NULL;

	for (m = nf->mcast; m < nf->mcast + MCAST_MAX; m++) {
		if (!m->wanted && !m->told)
			free = m;
		else if (memcmp(m->mac, mac, sizeof(m->mac)) == 0)
			break;
	}
	if (m == nf->mcast + MCAST_MAX) {
		if (!on)
			return 0;
		if (!free)
			return -ENOSPC;
		m = free;
		memcpy(m->mac, mac, sizeof(m->mac));
	}
	m->wanted = on;
	nf->mcast_pending = nf->mcast_control;
	netfront_flush(d);
	return 0;
}
