/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront_tx.c: packets on their way out (netfront.h).
 *
 * Parts in txpages go by reference: the page is shown to the backend for good,
 * and a reference of it is held until the backend's answer. Everything else is
 * copied into bounce memory. So no packet costs a grant.
 *
 * Requests are shown to the backend at the end of a burst, and it is notified
 * when it asked to be, as it does only when it has run out of them. Its answers
 * are taken when a packet wants their place, or along with received packets; an
 * event for them is asked for only when there is no room.
 *
 * Linux's netback (6.1): drops packets of more than 18 slots and closes the
 * device of who sends 20; copies the first 128 bytes and maps the rest, so a
 * small packet is best in one slot; wants the size of the whole packet in the
 * first request and extra info behind it.
 */
#include <posixen/klog.h>
#include <posixen/mem.h>
#include <posixen/txpage.h>
#include "event.h"
#include "netfront.h"

/* Packets up to this are copied whole: a slot costs more than so many bytes. */
#define WHOLE_MAX 1024u
/* Without being pressed, answers are taken when so many requests are out. */
#define TX_LAZY 64u
/* Room that ends a wait for room. */
#define TX_WAKE 64u

/* One request to be. */
struct part {
	void *at;
	unsigned int len;
	grant_ref_t ref;
	enum tx_kind kind;
};

int netfront_tx_start(struct netfront *nf)
{
	size_t limit = MAX(page_total() / 64, (size_t)20);

	nf->bounce = bounce_create(
		nf->backend, (unsigned int)MIN(limit, (size_t)BOUNCE_PAGES));
	if (!nf->bounce)
		return -ENOMEM;
	nf->tx = (struct ring_view){0};
	tx_ids_init(&nf->ids);
	nf->tx_own_refs = netfront_own_txpages(nf->backend);
	return 0;
}

static void let_go(struct netfront *nf, enum tx_kind kind, void *at)
{
	if (kind == TX_PAGE)
		txpage_put(at);
	else if (kind == TX_BOUNCE)
		bounce_put(nf->bounce, at);
}

void netfront_tx_stop(struct netfront *nf)
{
	void *at;

	for (unsigned int i = 0; i < TX_SLOTS && nf->ids.used; i++) {
		enum tx_kind kind = tx_id_answered(&nf->ids, (uint16_t)i, &at);

		if (kind != TX_FREE)
			let_go(nf, kind, at);
	}
	if (nf->tx_own_refs)
		netfront_disown_txpages();
	nf->tx_own_refs = false;
	bounce_destroy(nf->bounce);
	nf->bounce = NULL;
}

unsigned int netfront_tx_room(const struct netfront *nf)
{
	return TX_SLOTS - ring_outstanding(&nf->tx);
}

/* The reference of a txpage for our backend; 0: it has none and cannot get one,
 * so what it holds is copied. */
static grant_ref_t show_page(struct netfront *nf, const void *data)
{
	uint32_t ref = txpage_cookie(data);
	int got;

	if (ref)
		return ref;
	got = grant_access(nf->backend,
			   (const void *)PAGE_DOWN((uintptr_t)data), true);
	if (got < 0)
		return 0;
	txpage_set_cookie(data, (uint32_t)got);
	return (grant_ref_t)got;
}

static grant_ref_t ref_of(struct netfront *nf, const void *data)
{
	if (!nf->tx_own_refs || !is_txpage(data))
		return 0;
	return show_page(nf, data);
}

/* Copy frags [i, end) into one piece. */
static bool copy_run(struct netfront *nf, const struct net_frag *f,
		     unsigned int n, unsigned int len, struct part *part)
{
	char *to = bounce_take(nf->bounce, nf->backend, len);

	if (!to)
		return false;
	*part = (struct part){.at = to,
			      .len = len,
			      .ref = bounce_ref(nf->bounce, to),
			      .kind = TX_BOUNCE};
	for (; n > 0; n--, f++) {
		memcpy(to, f->data, f->len);
		to += f->len;
	}
	return true;
}

/* Frags from i on that are copied into one piece together: how many. */
static unsigned int run_length(struct netfront *nf, const struct net_tx *p,
			       unsigned int i, unsigned int *len)
{
	unsigned int first = i;

	*len = 0;
	do
		*len += p->frags[i++].len;
	while (i < p->nr && *len + p->frags[i].len <= PAGE_SIZE &&
	       !ref_of(nf, p->frags[i].data));
	return i - first;
}

/* Make a packet into parts, one a slot. How many; 0: no memory to copy into
 * now, and nothing was taken. */
static unsigned int make_parts(struct netfront *nf, const struct net_tx *p,
			       struct part *parts)
{
	unsigned int nr = 0, i = 0, run, len;

	if (p->len <= WHOLE_MAX || !nf->sg)
		return copy_run(nf, p->frags, p->nr, p->len, parts);
	while (i < p->nr) {
		const struct net_frag *f = &p->frags[i];
		grant_ref_t ref = ref_of(nf, f->data);

		if (ref) {
			parts[nr++] = (struct part){.at = (void *)f->data,
						    .len = f->len,
						    .ref = ref,
						    .kind = TX_PAGE};
			i++;
			continue;
		}
		run = run_length(nf, p, i, &len);
		if (!copy_run(nf, f, run, len, &parts[nr])) {
			while (nr-- > 0)
				if (parts[nr].kind == TX_BOUNCE)
					bounce_put(nf->bounce, parts[nr].at);
			return 0;
		}
		nr++;
		i += run;
	}
	return nr;
}

static struct netif_tx_request *next_request(struct netfront *nf)
{
	return &nf->tx_ring->ring[nf->tx.req_prod++ & (TX_SLOTS - 1)].req;
}

static void put_gso(struct netfront *nf, const struct net_tx *p)
{
	struct netif_extra_info x = {.type = XEN_NETIF_EXTRA_TYPE_GSO};

	x.u.gso.size = (uint16_t)p->gso_size;
	x.u.gso.type = p->flags & NET_GSO_TCP4 ? XEN_NETIF_GSO_TYPE_TCPV4
					       : XEN_NETIF_GSO_TYPE_TCPV6;
	memcpy(next_request(nf), &x, sizeof(x));
	nf->ids.extras++;
}

static void put_requests(struct netfront *nf, const struct net_tx *p,
			 const struct part *parts, unsigned int nr)
{
	bool gso = p->flags & (NET_GSO_TCP4 | NET_GSO_TCP6);

	for (unsigned int i = 0; i < nr; i++) {
		struct netif_tx_request r = {
			.gref = parts[i].ref,
			.offset =
				(uint16_t)((uintptr_t)parts[i].at % PAGE_SIZE),
			.size = (uint16_t)(i ? parts[i].len : p->len),
		};

		if (i == 0 && (p->flags & NET_CSUM_BLANK))
			r.flags = NETTXF_csum_blank | NETTXF_data_validated;
		if (i == 0 && gso)
			r.flags |= NETTXF_extra_info;
		if (i + 1 < nr)
			r.flags |= NETTXF_more_data;
		if (parts[i].kind == TX_PAGE)
			txpage_get(parts[i].at);
		r.id = tx_id_take(&nf->ids, parts[i].kind, parts[i].at);
		*next_request(nf) = r;
		if (i == 0 && gso)
			put_gso(nf, p);
	}
}

/* Every part is within a page, and all are what they say together. */
static bool well_formed(const struct netdev *d, const struct net_tx *p)
{
	unsigned int len = 0;

	if (p->nr == 0 || p->nr > PACKET_SLOTS || p->len > NET_PACKET_MAX)
		return false;
	for (unsigned int i = 0; i < p->nr; i++) {
		uintptr_t off = (uintptr_t)p->frags[i].data % PAGE_SIZE;

		if (!p->frags[i].len || off + p->frags[i].len > PAGE_SIZE)
			return false;
		len += p->frags[i].len;
	}
	if (p->flags & ~d->features)
		return false;
	if (p->flags & (NET_GSO_TCP4 | NET_GSO_TCP6))
		return len == p->len && p->gso_size && p->gso_size < len;
	return len == p->len && len <= d->mtu + 14u + 4u;
}

/* There is no room: let the backend go on with what it has, and say when there
 * is. False: there is room now. Each time round at least half of what was
 * outstanding is answered, so there are at most eight. */
static bool wait_for_room(struct netfront *nf, unsigned int slots)
{
	uint32_t at;

	netfront_flush(&nf->dev);
	netfront_tx_reclaim(nf);
	while (!nf->broken && ring_outstanding(&nf->tx) > 0) {
		if (slots && netfront_tx_room(nf) >= slots)
			return false;
		at = nf->tx.rsp_cons + (ring_outstanding(&nf->tx) + 1) / 2;
		nf->tx_waiting = true;
		if (!ring_ask_event(&nf->tx_ring->rsp_event,
				    &nf->tx_ring->rsp_prod, at))
			return true;
		netfront_tx_reclaim(nf);
		if (!slots)
			return false;
	}
	return false;
}

static int drop(struct netdev *d, int err)
{
	d->stats.tx_dropped++;
	return err;
}

int netfront_xmit(struct netdev *d, const struct net_tx *p)
{
	struct netfront *nf = d->driver;
	struct part parts[PACKET_SLOTS];
	unsigned int slots = PACKET_SLOTS + 1, nr;

	if (!well_formed(d, p))
		return drop(d, -EMSGSIZE);
	if (!nf->up || !nf->connected || nf->broken)
		return drop(d, -ENETDOWN);
	if (ring_outstanding(&nf->tx) > TX_LAZY)
		netfront_tx_reclaim(nf);
	if (netfront_tx_room(nf) < slots && wait_for_room(nf, slots))
		return -EAGAIN;
	if (nf->broken)
		return drop(d, -ENETDOWN);
	nr = make_parts(nf, p, parts);
	if (!nr && wait_for_room(nf, 0))
		return -EAGAIN;
	/* Looked at again: requests about multicast may have gone out, and what
	 * the backend says of its answers can change at any time. */
	if (!nr && !nf->broken && netfront_tx_room(nf) >= slots)
		nr = make_parts(nf, p, parts);
	if (!nr)
		return drop(d, nf->broken ? -ENETDOWN : -ENOMEM);
	put_requests(nf, p, parts, nr);
	d->stats.tx_packets++;
	d->stats.tx_bytes += p->len;
	if (p->done)
		p->done(p->cookie);
	return 0;
}

void netfront_flush(struct netdev *d)
{
	struct netfront *nf = d->driver;

	if (!nf->up || nf->broken)
		return;
	if (nf->mcast_pending)
		netfront_mcast_send(nf);
	if (ring_push(&nf->tx, &nf->tx_ring->req_prod,
		      &nf->tx_ring->req_event)) {
		nf->tx_notified++;
		event_send(nf->tx_port);
	}
}

/* One answer. False: it makes no sense. */
static bool take_answer(struct netfront *nf, struct netif_tx_response r)
{
	enum tx_kind kind;
	void *at;

	if (r.status == NETIF_RSP_NULL) {
		if (!nf->ids.extras)
			return false;
		nf->ids.extras--;
		return true;
	}
	kind = tx_id_answered(&nf->ids, r.id, &at);
	if (kind == TX_FREE)
		return false;
	if (r.status != NETIF_RSP_OKAY)
		nf->dev.stats.tx_errors++;
	let_go(nf, kind, at);
	return true;
}

static void take_answers(struct netfront *nf)
{
	uint32_t prod = ring_load(&nf->tx_ring->rsp_prod), n;

	/* The answers are read after the index that says they are there. */
	xen_rmb();
	if (!ring_answers(&nf->tx, prod, &n)) {
		netfront_broken(nf, "answers to packets never sent");
		return;
	}
	for (; n > 0; n--) {
		struct netif_tx_response r =
			tx_answer(nf->tx_ring, nf->tx.rsp_cons);

		if (!take_answer(nf, r)) {
			netfront_broken(nf, "a wrong id for a sent packet");
			return;
		}
		nf->tx.rsp_cons++;
	}
}

void netfront_tx_reclaim(struct netfront *nf)
{
	if (!nf->up || nf->broken)
		return;
	take_answers(nf);
}

void netfront_tx_event(struct netfront *nf)
{
	netfront_tx_reclaim(nf);
	if (nf->broken || !nf->tx_waiting)
		return;
	if (netfront_tx_room(nf) < TX_WAKE && wait_for_room(nf, TX_WAKE))
		return;
	nf->tx_waiting = false;
	if (!nf->broken)
		netdev_tx_ready(&nf->dev);
}

bool netfront_tx_drain(struct netfront *nf)
{
	if (!nf->up || nf->broken)
		return false;
	netfront_flush(&nf->dev);
	netfront_tx_reclaim(nf);
	while (!nf->broken && nf->tx.rsp_cons != nf->tx.pushed) {
		if (!ring_ask_event(&nf->tx_ring->rsp_event,
				    &nf->tx_ring->rsp_prod, nf->tx.pushed))
			return true;
		netfront_tx_reclaim(nf);
	}
	return false;
}
