/* SPDX-License-Identifier: BSD-2-Clause */
/* netfront_ring.c: see netfront_ring.h. */
#include <posixen/netdev.h>
#include "netfront_ring.h"

/* Extra info follows the first answer; of types we do not know nothing but
 * their length is believed. False: the end is not there yet. */
static bool parse_extras(const struct netif_rx_sring *s, uint32_t *i,
			 uint32_t prod, struct rx_packet *p, bool *bad)
{
	struct netif_extra_info x;

	do {
		if (*i == prod)
			return false;
		x = rx_extra(s, (*i)++);
		if (x.type == XEN_NETIF_EXTRA_TYPE_GSO) {
			p->gso_type = x.u.gso.type;
			p->gso_size = x.u.gso.size;
			if (!p->gso_size ||
			    (p->gso_type != XEN_NETIF_GSO_TYPE_TCPV4 &&
			     p->gso_type != XEN_NETIF_GSO_TYPE_TCPV6))
				*bad = true;
		}
	} while (x.flags & XEN_NETIF_EXTRA_FLAG_MORE);
	return true;
}

enum rx_parsed rx_parse(const struct netif_rx_sring *s, uint32_t from,
			uint32_t prod, struct rx_packet *p)
{
	uint32_t i = from;
	bool bad = false, more;

	p->slots = p->nr = p->len = p->csum = p->gso_type = p->gso_size = 0;
	do {
		struct netif_rx_response r;

		if (i == prod)
			return RX_PART;
		r = rx_answer(s, i);
		if (rx_answer_ok(&r, i) && p->nr < PACKET_SLOTS) {
			p->part[p->nr].index = i;
			p->part[p->nr].off = r.offset;
			p->part[p->nr].len = (uint16_t)r.status;
			p->nr++;
			p->len += (unsigned int)r.status;
		} else {
			bad = true;
		}
		more = r.flags & NETRXF_more_data;
		if (i++ == from) {
			p->csum = r.flags &
				  (NETRXF_csum_blank | NETRXF_data_validated);
			if ((r.flags & NETRXF_extra_info) &&
			    !parse_extras(s, &i, prod, p, &bad))
				return RX_PART;
		}
	} while (more);
	p->slots = i - from;
	return bad || p->len > NET_PACKET_MAX ? RX_BAD : RX_PACKET;
}

void tx_ids_init(struct tx_ids *t)
{
	memset(t, 0, sizeof(*t));
	for (unsigned int i = 0; i < TX_SLOTS; i++)
		t->id[i].next = (uint16_t)(i + 1);
}

uint16_t tx_id_take(struct tx_ids *t, enum tx_kind kind, void *at)
{
	uint16_t id = t->first;

	t->first = t->id[id].next;
	t->id[id].kind = (uint8_t)kind;
	t->id[id].at = at;
	t->used++;
	return id;
}

enum tx_kind tx_id_answered(struct tx_ids *t, uint16_t id, void **at)
{
	enum tx_kind kind;

	if (id >= TX_SLOTS || t->id[id].kind == TX_FREE)
		return TX_FREE;
	kind = t->id[id].kind;
	*at = t->id[id].at;
	t->id[id].kind = TX_FREE;
	t->id[id].next = t->first;
	t->first = id;
	t->used--;
	return kind;
}
