/* SPDX-License-Identifier: BSD-2-Clause */
/* backend.c: a backend that keeps to the protocol, with as much choice as it
 * leaves. What it finds wrong in our requests fails a check. */
#include <string.h>
#include "netfront.h"

void back_attach(struct back *b)
{
	memset(b, 0, sizeof(*b));
	b->tx = pfn_to_virt(grants[keys.tx_ref].pfn);
	b->rx = pfn_to_virt(grants[keys.rx_ref].pfn);
	grant_map((grant_ref_t)keys.tx_ref);
	grant_map((grant_ref_t)keys.rx_ref);
}

void back_shift(struct back *b, struct netfront *nf, uint32_t by)
{
	struct ring_view *v[] = {&nf->tx, &nf->rx};

	MUST(by % TX_SLOTS == 0);
	for (int i = 0; i < 2; i++) {
		v[i]->req_prod += by;
		v[i]->pushed += by;
		v[i]->rsp_cons += by;
	}
	b->tx->req_prod += by;
	b->tx->req_event += by;
	b->tx->rsp_prod += by;
	b->tx->rsp_event += by;
	b->rx->req_prod += by;
	b->rx->req_event += by;
	b->rx->rsp_prod += by;
	b->rx->rsp_event += by;
	b->tx_cons += by;
	b->tx_rsp += by;
	b->rx_cons += by;
}

static struct netif_tx_request *tx_request(struct back *b)
{
	MUST(b->tx_cons != b->tx->req_prod);
	return &b->tx->ring[b->tx_cons++ & (TX_SLOTS - 1)].req;
}

static void owe(struct back *b, uint16_t id, bool extra)
{
	MUST(b->nr_owed < TX_SLOTS);
	/* No id twice. */
	for (unsigned int i = 0; !extra && i < b->nr_owed; i++)
		MUST(b->owed[i].extra || b->owed[i].id != id);
	b->owed[b->nr_owed].id = id;
	b->owed[b->nr_owed++].extra = extra;
}

/* Copy one slot's data: by its grant, which must be there and read-only. */
static void take_slot(struct sent *s, unsigned int at, grant_ref_t ref,
		      unsigned int off, unsigned int size)
{
	const struct grant *g = &grants[ref];

	MUST(ref < REFS && g->set && g->readonly && g->domid == bus.backend_id);
	MUST(size > 0 && off + size <= PAGE_SIZE && at + size <= s->len);
	memcpy(s->data + at, (char *)pfn_to_virt(g->pfn) + off, size);
}

static void take_extra(struct back *b, struct sent *s)
{
	struct netif_extra_info x;

	memcpy(&x, tx_request(b), sizeof(x));
	owe(b, 0, true);
	MUST(!(x.flags & XEN_NETIF_EXTRA_FLAG_MORE));
	if (x.type == XEN_NETIF_EXTRA_TYPE_GSO) {
		s->gso_size = x.u.gso.size;
		s->flags |= x.u.gso.type == XEN_NETIF_GSO_TYPE_TCPV4
				    ? NET_GSO_TCP4
				    : NET_GSO_TCP6;
		return;
	}
	MUST(x.type == XEN_NETIF_EXTRA_TYPE_MCAST_ADD ||
	     x.type == XEN_NETIF_EXTRA_TYPE_MCAST_DEL);
	memcpy(b->mcast[b->nr_mcast++], x.u.mcast.addr, 6);
}

static void take_one(struct back *b)
{
	struct netif_tx_request r = *tx_request(b), first = r;
	struct sent *s = &b->sent[b->nr_sent];
	unsigned int rest, at;

	*s = (struct sent){.len = r.size, .slots = 1};
	if (r.flags & NETTXF_csum_blank)
		s->flags |= NET_CSUM_BLANK;
	s->data = malloc(r.size + 1u);
	owe(b, r.id, false);
	if (r.flags & NETTXF_extra_info)
		take_extra(b, s);
	if (r.size == 0) {
		/* An address and no packet. */
		MUST(!(r.flags & NETTXF_more_data));
		free(s->data);
		return;
	}
	/* The first slot's size is what the others leave of the whole. */
	for (rest = r.size, at = b->tx_cons; r.flags & NETTXF_more_data; at++) {
		MUST(at != b->tx->req_prod);
		r = b->tx->ring[at & (TX_SLOTS - 1)].req;
		MUST(rest > r.size);
		rest -= r.size;
	}
	take_slot(s, 0, first.gref, first.offset, rest);
	for (at = rest, r = first; r.flags & NETTXF_more_data;) {
		r = *tx_request(b);
		owe(b, r.id, false);
		take_slot(s, at, r.gref, r.offset, r.size);
		at += r.size;
		s->slots++;
	}
	MUST(at == s->len && s->slots <= 18);
	b->nr_sent++;
}

void back_take_tx(struct back *b)
{
	MUST(b->tx->req_prod - b->tx_rsp <= TX_SLOTS);
	while (b->tx_cons != b->tx->req_prod && b->nr_sent < TX_SLOTS)
		take_one(b);
	b->tx->req_event = b->tx_cons + 1;
}

void back_answer_tx(struct back *b, unsigned int n)
{
	uint32_t old = b->tx_rsp;

	for (n = MIN(n, b->nr_owed); n > 0; n--) {
		unsigned int i = rnd(b->nr_owed);
		struct netif_tx_response *r =
			&b->tx->ring[b->tx_rsp++ & (TX_SLOTS - 1)].rsp;

		r->id = b->owed[i].extra ? 0xdead : b->owed[i].id;
		r->status = b->owed[i].extra ? NETIF_RSP_NULL : NETIF_RSP_OKAY;
		b->owed[i] = b->owed[--b->nr_owed];
	}
	b->tx->rsp_prod = b->tx_rsp;
	if (b->tx_rsp - b->tx->rsp_event < b->tx_rsp - old)
		fire(keys.tx_port);
}

unsigned int back_rx_room(struct back *b)
{
	unsigned int n = b->rx->req_prod - b->rx_cons;

	MUST(n <= RX_SLOTS);
	return n;
}

static struct netif_rx_request next_rx(struct back *b)
{
	return b->rx->ring[b->rx_cons & (RX_SLOTS - 1)].req;
}

static void put_extra(struct back *b, unsigned int type, unsigned int size,
		      unsigned int flags, bool more)
{
	struct netif_extra_info x = {.type = type};

	if (type == XEN_NETIF_EXTRA_TYPE_GSO) {
		x.u.gso.size = size;
		x.u.gso.type = flags & NET_GSO_TCP4 ? XEN_NETIF_GSO_TYPE_TCPV4
						    : XEN_NETIF_GSO_TYPE_TCPV6;
	} else {
		memset(&x.u, 0xa5, sizeof(x.u));
	}
	x.flags = more ? XEN_NETIF_EXTRA_FLAG_MORE : 0;
	memcpy(&b->rx->ring[b->rx_cons++ & (RX_SLOTS - 1)], &x, sizeof(x));
}

static void put_data(struct back *b, const uint8_t *data, unsigned int off,
		     unsigned int len, unsigned int flags)
{
	struct netif_rx_request q = next_rx(b);
	struct netif_rx_response r = {
		.id = q.id, .offset = off, .flags = flags, .status = len};
	const struct grant *g = &grants[q.gref];

	MUST(q.gref < REFS && g->set && !g->readonly);
	memcpy((char *)pfn_to_virt(g->pfn) + off, data, len);
	b->rx->ring[b->rx_cons++ & (RX_SLOTS - 1)].rsp = r;
}

bool back_put_rx(struct back *b, const struct rx_send *s)
{
	bool gso = s->flags & (NET_GSO_TCP4 | NET_GSO_TCP6);
	unsigned int extras = gso + s->junk, at = 0;
	unsigned int cut = rnd(2) ? PAGE_SIZE : 3700 + rnd(396);
	unsigned int off = rnd(PAGE_SIZE - cut + 1);

	if ((s->len + cut - 1) / cut + extras > back_rx_room(b))
		return false;
	while (at < s->len) {
		unsigned int n = MIN(s->len - at, cut), flags = 0;

		if (at == 0 && (s->flags & NET_CSUM_BLANK))
			flags |= NETRXF_csum_blank;
		if (at == 0 && (s->flags & NET_CSUM_VALID))
			flags |= NETRXF_data_validated;
		if (at == 0 && extras)
			flags |= NETRXF_extra_info;
		if (at + n < s->len)
			flags |= NETRXF_more_data;
		put_data(b, s->data + at, off, n, flags);
		if (at == 0) {
			for (unsigned int i = 0; i < s->junk; i++)
				put_extra(b, 2 + rnd(250), 0, 0,
					  gso || i + 1 < s->junk);
			if (gso)
				put_extra(b, XEN_NETIF_EXTRA_TYPE_GSO,
					  s->gso_size, s->flags, false);
		}
		at += n;
	}
	return true;
}

void back_push_rx(struct back *b)
{
	uint32_t old = b->rx->rsp_prod;

	b->rx->rsp_prod = b->rx_cons;
	if (b->rx_cons - b->rx->rsp_event < b->rx_cons - old)
		fire(keys.rx_port);
}

void back_clear(struct back *b)
{
	while (b->nr_sent > 0)
		free(b->sent[--b->nr_sent].data);
}
