/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront_rx.c: received packets (netfront.h).
 *
 * The backend copies into pages that we have shown it. The answer at a place of
 * the ring is about the page that was posted at that place (xen/io/netif.h
 * demands it of backends), so nothing of what the backend writes decides which
 * page is touched; its id is only compared.
 *
 * The page of a large packet is taken back from the backend, which is a write
 * to memory, and goes to the stack as it is; another takes its place, and when
 * there is none the packet is dropped: the number of pages posted does not
 * change. A small packet is copied by the stack, and its page is posted again
 * without ever having been taken back.
 */
#include <posixen/klog.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/rxpage.h>
#include "event.h"
#include "netfront.h"

/* Packets up to this are copied: taking a page back and showing another costs
 * more than so many bytes. */
#define COPY_MAX 512u
/* Pages posted: a 32nd of memory within these. A packet of 64 KB takes 18. */
#define RX_MIN 64u
/* Answers taken without a rest: two rings of them. A backend is as fast as we
 * are, and more; without this the program might never run again. */
#define BUDGET	 (2 * RX_SLOTS)
#define REST_MIN (50 * NSEC_PER_SEC / 1000000)

static void post(struct netfront *nf, struct rx_buf buf)
{
	uint16_t place = (uint16_t)(nf->rx.req_prod & (RX_SLOTS - 1));

	nf->rx_buf[place] = buf;
	nf->rx_ring->ring[place].req = (struct netif_rx_request){
		.id = place,
		.gref = buf.ref,
	};
	nf->rx.req_prod++;
}

/* A new page for the backend to write to. */
static bool post_new(struct netfront *nf)
{
	struct rx_buf buf = {.pfn = rxpage_alloc(nf->backend)};
	int ref;

	if (buf.pfn == PFN_NONE)
		return false;
	ref = grant_access(nf->backend, pfn_to_virt(buf.pfn), false);
	if (ref < 0) {
		rxpage_put(buf.pfn);
		return false;
	}
	buf.ref = (grant_ref_t)ref;
	post(nf, buf);
	return true;
}

static void refill(struct netfront *nf)
{
	while (ring_outstanding(&nf->rx) < nf->rx_target && post_new(nf))
		;
}

static void show_requests(struct netfront *nf)
{
	if (ring_push(&nf->rx, &nf->rx_ring->req_prod,
		      &nf->rx_ring->req_event)) {
		nf->rx_notified++;
		event_send(nf->rx_port);
	}
}

static void rested(struct timer *t)
{
	netfront_rx_event(container_of(t, struct netfront, rx_rest));
}

int netfront_rx_start(struct netfront *nf)
{
	uint32_t want = (uint32_t)(page_total() / 32);

	nf->rx = (struct ring_view){0};
	nf->rx_rest.fn = rested;
	nf->rx_target = MIN(MAX(want, RX_MIN), RX_SLOTS);
	refill(nf);
	if (ring_outstanding(&nf->rx) < PACKET_SLOTS + 2) {
		netfront_rx_stop(nf);
		return -ENOMEM;
	}
	ring_push(&nf->rx, &nf->rx_ring->req_prod, &nf->rx_ring->req_event);
	ring_store(&nf->rx_ring->rsp_event, 1);
	return 0;
}

void netfront_rx_stop(struct netfront *nf)
{
	timer_cancel(&nf->rx_rest);
	for (; ring_outstanding(&nf->rx) > 0; nf->rx.rsp_cons++) {
		struct rx_buf *buf =
			&nf->rx_buf[nf->rx.rsp_cons & (RX_SLOTS - 1)];

		grant_end_later(buf->ref, buf->pfn);
	}
}

/* Pass over the answers of p and post their pages again. */
static void recycle(struct netfront *nf, const struct rx_packet *p)
{
	for (unsigned int i = 0; i < p->slots; i++) {
		uint32_t place = nf->rx.rsp_cons++ & (RX_SLOTS - 1);

		post(nf, nf->rx_buf[place]);
	}
}

static unsigned int stack_flags(const struct rx_packet *p)
{
	unsigned int flags = 0;

	if (p->csum & NETRXF_csum_blank)
		flags |= NET_CSUM_BLANK;
	if (p->csum & NETRXF_data_validated)
		flags |= NET_CSUM_VALID;
	if (p->gso_type == XEN_NETIF_GSO_TYPE_TCPV4)
		flags |= NET_GSO_TCP4;
	if (p->gso_type == XEN_NETIF_GSO_TYPE_TCPV6)
		flags |= NET_GSO_TCP6;
	return flags;
}

static bool alloc_frames(domid_t backend, pfn_t *pfns, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		pfns[i] = rxpage_alloc(backend);
		if (pfns[i] != PFN_NONE)
			continue;
		while (i-- > 0)
			rxpage_put(pfns[i]);
		return false;
	}
	return true;
}

/* Take a page back and show the backend another. False: the backend is still at
 * it, against the protocol; then the page is given up. */
static bool exchange(struct netfront *nf, struct rx_buf buf, pfn_t other)
{
	bool ok = grant_clear(buf.ref);
	int ref = (int)buf.ref;

	if (!ok) {
		grant_end_later(buf.ref, buf.pfn);
		ref = grant_reserve();
	}
	if (ref < 0) {
		rxpage_put(other);
		return ok;
	}
	buf.ref = (grant_ref_t)ref;
	buf.pfn = other;
	grant_set(buf.ref, nf->backend, pfn_to_virt(other), false);
	post(nf, buf);
	return ok;
}

/* Take all answers of p; their data pages go into frags, exchanged for those in
 * other. Those that could be taken back: how many. */
static unsigned int take_pages(struct netfront *nf, const struct rx_packet *p,
			       const pfn_t *other, struct net_rx_frag *frags)
{
	unsigned int part = 0, nr = 0;

	for (unsigned int i = 0; i < p->slots; i++) {
		uint32_t at = nf->rx.rsp_cons++;
		struct rx_buf buf = nf->rx_buf[at & (RX_SLOTS - 1)];

		if (part == p->nr || at != p->part[part].index) {
			post(nf, buf);
			continue;
		}
		if (exchange(nf, buf, other[part]))
			frags[nr++] = (struct net_rx_frag){
				.pfn = buf.pfn,
				.off = p->part[part].off,
				.len = p->part[part].len,
			};
		part++;
	}
	return nr;
}

static void hand_up(struct netfront *nf, const struct rx_packet *p)
{
	struct net_rx_frag frags[PACKET_SLOTS];
	pfn_t other[PACKET_SLOTS];
	unsigned int nr;

	if (!alloc_frames(nf->backend, other, p->nr)) {
		nf->dev.stats.rx_dropped++;
		recycle(nf, p);
		return;
	}
	nr = take_pages(nf, p, other, frags);
	if (nr < p->nr) {
		nf->dev.stats.rx_errors++;
		while (nr-- > 0)
			rxpage_put(frags[nr].pfn);
		return;
	}
	nf->dev.stats.rx_packets++;
	nf->dev.stats.rx_bytes += p->len;
	netdev_rx(&nf->dev, frags, nr, stack_flags(p), p->gso_size);
}

static void copy_up(struct netfront *nf, const struct rx_packet *p)
{
	const struct rx_buf *buf =
		&nf->rx_buf[p->part[0].index & (RX_SLOTS - 1)];
	const char *page = pfn_to_virt(buf->pfn);

	nf->dev.stats.rx_packets++;
	nf->dev.stats.rx_bytes += p->len;
	netdev_rx_copy(&nf->dev, page + p->part[0].off, p->len, stack_flags(p));
	recycle(nf, p);
}

static void take_packet(struct netfront *nf, const struct rx_packet *p,
			bool good)
{
	if (!good) {
		nf->dev.stats.rx_errors++;
		recycle(nf, p);
	} else if (p->nr == 1 && p->len <= COPY_MAX && !p->gso_type) {
		copy_up(nf, p);
	} else {
		hand_up(nf, p);
	}
}

/* Take the packets that are complete before index prod. */
static void take_packets(struct netfront *nf, uint32_t prod)
{
	struct rx_packet p;
	enum rx_parsed parsed;

	while (nf->rx.rsp_cons != prod) {
		parsed = rx_parse(nf->rx_ring, nf->rx.rsp_cons, prod, &p);
		if (parsed == RX_PART) {
			/* What is missing must still be able to come: some page
			 * is with the backend, or will be again. */
			if (prod == nf->rx.req_prod)
				netfront_broken(nf, "a packet without end");
			return;
		}
		take_packet(nf, &p, parsed == RX_PACKET);
	}
}

/* Let others have half as long as packets have been taken since start. No event
 * is asked for, and one that comes all the same changes nothing. */
static void rest(struct netfront *nf, uint64_t start)
{
	uint64_t now = plat_monotonic_ns();

	timer_arm(&nf->rx_rest, now + MAX((now - start) / 2, REST_MIN));
}

void netfront_rx_event(struct netfront *nf)
{
	uint32_t prod, n, taken = 0;
	uint64_t start = 0;

	if (!nf->up || nf->broken || nf->rx_rest.deadline)
		return;
	do {
		/* One time round is the rule, and needs no clock. */
		if (taken && !start)
			start = plat_monotonic_ns();
		if (taken >= BUDGET) {
			rest(nf, start);
			return;
		}
		prod = ring_load(&nf->rx_ring->rsp_prod);
		/* The answers are read after the index that says they are
		 * there. */
		xen_rmb();
		if (!ring_answers(&nf->rx, prod, &n)) {
			netfront_broken(nf, "answers to pages never posted");
			return;
		}
		take_packets(nf, prod);
		if (nf->broken)
			return;
		refill(nf);
		show_requests(nf);
		netfront_tx_reclaim(nf);
		if (n)
			netdev_rx_done(&nf->dev);
		taken += n;
		if (nf->broken)
			return;
	} while (ring_ask_event(&nf->rx_ring->rsp_event, &nf->rx_ring->rsp_prod,
				prod + 1));
}
