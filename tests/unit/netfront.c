/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The network front end between a stack and a backend that are both this
 * test's: first one that keeps to the protocol, where every byte must arrive
 * and every event that is needed must come; then one that does not, where
 * nothing must break. After each connection every frame, grant and id is back.
 */
#include "unit.h"
#include "netfront/netfront.h"

static uint64_t seed = 88172645463325252u;

uint32_t rnd(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 33) % below;
}

static void fill(uint8_t *p, unsigned int n)
{
	uint32_t a = rnd(0xffffffff), step = rnd(0xffffffff) | 1;

	for (; n > 0; n--, a += step)
		*p++ = a >> 24;
}

static struct back back;

/* Plug a device in and connect it; NULL when memory was short, on purpose. */
static struct netfront *start(uint32_t shift)
{
	struct netfront *nf;

	offers.split = rnd(2);
	offers.mcast = rnd(2);
	offers.carrier = 1;
	offers.copy = 1;
	total_frames = rnd(2) ? 1024 : FRAMES;
	nf = plug();
	if (!nf)
		return NULL;
	store_error_in = fail_alloc ? rnd(40) : 0;
	backend_says(XenbusStateInitWait);
	store_error_in = 0;
	if (bus.state != XenbusStateConnected) {
		unplug();
		return NULL;
	}
	back_attach(&back);
	back_shift(&back, nf, shift);
	backend_says(XenbusStateConnected);
	return nf;
}

/* The backend has let go of all; so must the driver have. */
static void all_is_back(void)
{
	size_t nr_free;

	for (grant_ref_t r = 0; r < REFS; r++)
		while (grants[r].mapped)
			grant_unmap(r);
	run_kthreads();
	got_clear();
	back_clear(&back);
	MUST(refs_used == 0);
	/* What is left are txpages, all free, and their table, and rxpages. */
	MUST(txpage_count(&nr_free) == nr_free);
	MUST(nr_free + rxpage_count() == frames_used);
	MUST(rxpage_count() <= FRAMES / 128);
	MUST(kmallocs <= 1);
	for (int i = 0; i < 20 && timer_fire(); i++)
		;
	MUST(txpage_count(NULL) <= 64);
}

static void stop(void)
{
	if (rnd(2))
		backend_says(XenbusStateClosing);
	unplug();
	all_is_back();
}

/* A packet of random parts; a copy of it in *want. */
static int send_random(struct netfront *nf, unsigned int max, struct sent *want)
{
	struct net_tx p = {0};
	void *page[NET_FRAGS_MAX] = {0};
	uint8_t *data = malloc(NET_PACKET_MAX);
	unsigned int target = 60 + rnd(max - 60);
	int err = 0;

	while (p.nr < NET_FRAGS_MAX && p.len < target) {
		bool own = rnd(3) == 0;
		unsigned int left = target - p.len;
		unsigned int len = p.nr ? 1 + rnd(4096) : 60;
		unsigned int off;
		pfn_t pfn;

		len = MIN(len, left);
		off = rnd(PAGE_SIZE - len + 1);
		if (own) {
			pfn = page_alloc(PAGE_KERNEL, 0);
			page[p.nr] = pfn == PFN_NONE ? NULL : pfn_to_virt(pfn);
		} else {
			page[p.nr] = txpage_alloc();
		}
		if (!page[p.nr])
			break;
		p.frags[p.nr].data = (char *)page[p.nr] + off;
		p.frags[p.nr].len = len;
		fill((uint8_t *)page[p.nr] + off, len);
		memcpy(data + p.len, (uint8_t *)page[p.nr] + off, len);
		p.nr++;
		p.len += len;
	}
	if (p.len > 1514 && p.len > nf->dev.mtu + 14) {
		p.flags = nf->dev.features & NET_GSO_TCP4
				  ? NET_GSO_TCP4 | NET_CSUM_BLANK
				  : 0;
		p.gso_size = 500 + rnd(900);
	}
	if (!p.nr)
		err = -ENOMEM;
	else
		err = netfront_xmit(&nf->dev, &p);
	for (unsigned int i = 0; i < p.nr; i++) {
		if (is_txpage(page[i])) {
			txpage_put(page[i]);
		} else {
			/* Was to be copied at once. */
			memset(page[i], 0xee, PAGE_SIZE);
			page_put(virt_to_pfn(page[i]));
		}
	}
	if (err || !want)
		free(data);
	else
		*want = (struct sent){.data = data,
				      .len = p.len,
				      .flags = p.flags,
				      .gso_size = p.gso_size};
	return err;
}

/* Sent packets in order of sending, until the backend has them. */
static struct sent want[512];
static unsigned int nr_want;

static void compare_sent(void)
{
	for (unsigned int i = 0; i < back.nr_sent; i++) {
		struct sent *s = &back.sent[i], *w = &want[i];

		MUST(i < nr_want && s->len == w->len && s->flags == w->flags);
		MUST(!(w->flags & NET_GSO_TCP4) || s->gso_size == w->gso_size);
		MUST(memcmp(s->data, w->data, s->len) == 0);
		MUST(s->len > 1024 || s->slots == 1);
		free(w->data);
	}
	nr_want -= back.nr_sent;
	memmove(want, want + back.nr_sent, nr_want * sizeof(*want));
	back_clear(&back);
}

static void honest_tx(struct netfront *nf)
{
	unsigned int before = sends[keys.tx_port];
	int err = 0;

	for (unsigned int n = rnd(30); n > 0 && nr_want < 512; n--) {
		err = send_random(nf, rnd(2) ? 65000 : 1400, &want[nr_want]);
		if (err == 0)
			nr_want++;
		else
			break;
	}
	/* Nothing is said before the end of the burst, but to make room. */
	MUST(err == -EAGAIN || sends[keys.tx_port] == before || err);
	netfront_flush(&nf->dev);
	if (rnd(4))
		back_take_tx(&back);
	compare_sent();
	if (err == -EAGAIN) {
		/* Whoever was told to wait is called when all is answered. */
		unsigned int ready = nr_ready;

		back_take_tx(&back);
		compare_sent();
		back_answer_tx(&back, TX_SLOTS);
		MUST(nr_ready > ready || fail_alloc);
	}
	back_answer_tx(&back, rnd(40));
}

static void honest_rx(struct netfront *nf)
{
	static uint8_t data[NET_PACKET_MAX];
	struct rx_send s[40];
	unsigned int n = 0, got_before;
	uint32_t missed = nf->dev.stats.rx_dropped;

	got_clear();
	got_before = nr_got;
	fill(data, sizeof(data));
	for (unsigned int k = rnd(40); k > 0; k--) {
		unsigned int max = rnd(3) ? 1514 : 60000;
		struct rx_send one = {
			.len = 60 + rnd(max - 60),
			.flags = rnd(4), /* checksum flags */
			.junk = rnd(8) ? 0 : rnd(3),
		};

		one.data = data + rnd(NET_PACKET_MAX - one.len);
		if (one.len > 1514) {
			one.flags |= rnd(2) ? NET_GSO_TCP4 : NET_GSO_TCP6;
			one.gso_size = 1 + rnd(9000);
		}
		if (!back_put_rx(&back, &one))
			break;
		s[n++] = one;
	}
	back_push_rx(&back);
	missed = nf->dev.stats.rx_dropped - missed;
	MUST(nr_got - got_before + missed == n);
	for (unsigned int i = 0; i < n && !missed; i++) {
		const struct got *g = &got[got_before + i];

		MUST(g->len == s[i].len && g->flags == s[i].flags);
		MUST(g->gso_size == s[i].gso_size);
		MUST(memcmp(g->data, s[i].data, g->len) == 0);
	}
	/* All pages are posted again. */
	MUST(fail_alloc || back_rx_room(&back) == nf->rx_target);
	MUST(back_rx_room(&back) >= PACKET_SLOTS + 2);
}

static void honest(unsigned int rounds, uint32_t shift)
{
	struct netfront *nf;

	offers.sg = offers.gso = offers.csum = 1;
	nf = start(shift);
	if (!nf) {
		all_is_back();
		return;
	}
	nr_want = 0;
	MUST(nf->dev.link && nf->dev.mac[0] == 0 && nf->dev.mac[5] == 0xff);
	for (unsigned int i = 0; i < rounds; i++) {
		if (rnd(2))
			honest_tx(nf);
		else
			honest_rx(nf);
		MUST(!nf->broken && nf->dev.stats.rx_errors == 0);
	}
	back_take_tx(&back);
	compare_sent();
	MUST(nr_want == 0);
	back_answer_tx(&back, TX_SLOTS);
	netfront_tx_reclaim(nf);
	MUST(nf->ids.used == 0 && nf->ids.extras == 0);
	for (unsigned int i = 0; i < nf->bounce->nr; i++)
		MUST(nf->bounce->page[i].class == BOUNCE_CLASSES);
	stop();
}

/* The other kind. Each does one thing that no backend may do, or something that
 * looks like it. */

static void scribble(void *ring)
{
	uint8_t *at = ring;

	for (unsigned int n = rnd(64); n > 0; n--)
		at[rnd(PAGE_SIZE)] = rnd(256);
}

static void wild_rx(struct back *b)
{
	struct netif_rx_response r = {
		.id = rnd(2) ? b->rx_cons & (RX_SLOTS - 1) : rnd(65536),
		.offset = rnd(2) ? 0 : rnd(65536),
		.flags = rnd(32),
		.status = rnd(2) ? rnd(4097) : rnd(65536),
	};

	b->rx->ring[b->rx_cons++ & (RX_SLOTS - 1)].rsp = r;
}

static void wild_tx(struct back *b)
{
	struct netif_tx_response r = {
		.id = rnd(2) ? rnd(TX_SLOTS) : rnd(65536),
		.status = rnd(3) - 1,
	};

	if (b->nr_owed && rnd(2)) {
		r.id = b->owed[rnd(b->nr_owed)].id; /* maybe once more */
		r.status = rnd(2);
	}
	b->tx->ring[b->tx_rsp++ & (TX_SLOTS - 1)].rsp = r;
}

static uint32_t far(uint32_t from)
{
	switch (rnd(4)) {
	case 0:
		return from + TX_SLOTS + rnd(3);
	case 1:
		return from - 1 - rnd(300);
	case 2:
		return from + rnd(2000);
	default:
		return rnd(0xffffffff);
	}
}

/* The ring may be garbage by now. */
static bool room(const struct back *b)
{
	return b->rx->req_prod - b->rx_cons - 1 < RX_SLOTS;
}

static void misbehave(struct netfront *nf)
{
	unsigned int n;

	switch (nf->up ? rnd(10) : 5 + 3 * rnd(2)) {
	case 0:
		scribble(rnd(2) ? (void *)back.tx : (void *)back.rx);
		break;
	case 1:
		back.rx->rsp_prod = far(back.rx_cons);
		break;
	case 2:
		back.tx->rsp_prod = far(back.tx_rsp);
		break;
	case 3:
		for (n = rnd(40); n > 0 && room(&back); n--)
			wild_rx(&back);
		back.rx->rsp_prod = back.rx_cons;
		break;
	case 4:
		for (n = rnd(10); n > 0 && back.tx_rsp != back.tx->req_prod;
		     n--)
			wild_tx(&back);
		back.tx->rsp_prod = back.tx_rsp;
		break;
	case 5:
		for (n = rnd(8); n > 0; n--)
			grant_map(rnd(REFS));
		break;
	case 6:
		for (n = rnd(8); n > 0; n--)
			grant_unmap(rnd(REFS));
		break;
	case 7:
		/* A chain that does not end. */
		for (n = rnd(80); n > 0 && room(&back); n--) {
			struct netif_rx_response r = {
				.id = back.rx_cons & (RX_SLOTS - 1),
				.flags = NETRXF_more_data |
					 (rnd(4) ? 0 : NETRXF_extra_info),
				.status = 1 + rnd(4096),
			};

			back.rx->ring[back.rx_cons++ & (RX_SLOTS - 1)].rsp = r;
		}
		back.rx->rsp_prod = back.rx_cons;
		break;
	case 8:
		backend_says(rnd(9));
		break;
	default:
		break;
	}
}

static void hostile(uint32_t shift)
{
	struct netfront *nf;

	offers.sg = rnd(4) != 0;
	offers.gso = offers.csum = rnd(4) != 0;
	fail_alloc = rnd(3) ? 0 : 20 + rnd(100);
	nf = start(shift);
	for (unsigned int i = 0; nf && i < 40; i++) {
		/* It may have been closed and connected anew. */
		if (nf->up && back.tx != nf->tx_ring)
			back_attach(&back);
		if (rnd(3) == 0)
			misbehave(nf);
		for (unsigned int n = rnd(6); n > 0; n--)
			send_random(nf, rnd(2) ? 65000 : 1400, NULL);
		netfront_flush(&nf->dev);
		fire(keys.rx_port);
		fire(keys.tx_port);
		if (rnd(8) == 0)
			netfront_multicast(&nf->dev,
					   (uint8_t[6]){1, 0, 0, rnd(9)},
					   rnd(2));
		if (rnd(4) == 0)
			run_kthreads();
		MUST(nf->ids.used + nf->ids.extras ==
			     ring_outstanding(&nf->tx) ||
		     !nf->up || nf->broken);
		MUST(!nf->up || ring_outstanding(&nf->rx) <= RX_SLOTS);
		MUST(!nf->up || ring_outstanding(&nf->tx) <= TX_SLOTS);
		MUST(!nf->dev.link || !nf->broken);
	}
	if (nf)
		unplug();
	fail_alloc = 0;
	all_is_back();
}

/* One thing at a time, with what must come of it. */

static struct netfront *connected(void)
{
	struct netfront *nf;

	offers.sg = offers.gso = offers.csum = 1;
	nf = start(rnd(2) ? 0 : (uint32_t)-256);
	MUST(nf && nf->dev.link);
	return nf;
}

static void put_rx(unsigned int id, unsigned int off, unsigned int flags,
		   int status)
{
	uint32_t at = back.rx_cons++ & (RX_SLOTS - 1);

	back.rx->ring[at].rsp = (struct netif_rx_response){
		.id = id == -1u ? at : id,
		.offset = off,
		.flags = flags,
		.status = status,
	};
}

/* A wrong answer is a dropped packet, and the next one is not. */
static void one_bad_packet(unsigned int id, unsigned int off,
			   unsigned int flags, int status)
{
	struct netfront *nf = connected();
	static const uint8_t data[60] = {1};
	struct rx_send good = {.data = data, .len = 60};
	unsigned int lines = log_lines;

	put_rx(id, off, flags, status);
	MUST(back_put_rx(&back, &good));
	back_push_rx(&back);
	CHECK(nf->dev.stats.rx_errors == 1 && nf->dev.stats.rx_packets == 1);
	CHECK(nr_got == 1 && !nf->broken && log_lines == lines);
	CHECK(back_rx_room(&back) == nf->rx_target);
	stop();
}

static void bad_packets(void)
{
	one_bad_packet(7777, 0, 0, 60);
	one_bad_packet(65535, 0, 0, 60);
	one_bad_packet(-1u, 0, 0, 4097);
	one_bad_packet(-1u, 4096, 0, 1);
	one_bad_packet(-1u, 4000, 0, 97);
	one_bad_packet(-1u, 65535, 0, 1);
	one_bad_packet(-1u, 0, 0, NETIF_RSP_DROPPED);
	one_bad_packet(-1u, 0, 0, 0);
	one_bad_packet(-1u, 0, 0, -32768);
	one_bad_packet(-1u, 0, NETRXF_gso_prefix, 60);
}

static void must_break(struct netfront *nf, int port)
{
	unsigned int lines = log_lines;

	fire(port);
	fire(keys.rx_port);
	netfront_tx_reclaim(nf);
	CHECK(nf->broken && !nf->dev.link && log_lines == lines + 1);
	CHECK(send_random(nf, 1400, NULL) == -ENETDOWN);
	run_kthreads();
	CHECK(bus.state == XenbusStateClosed && !nf->up);
	/* And it can come again. */
	backend_says(XenbusStateInitWait);
	CHECK(bus.state == XenbusStateConnected);
	back_attach(&back);
	backend_says(XenbusStateConnected);
	CHECK(nf->dev.link && send_random(nf, 1400, NULL) == 0);
	stop();
}

static void broken_rings(void)
{
	struct netfront *nf = connected();

	back.rx->rsp_prod = back.rx->req_prod + 1;
	must_break(nf, keys.rx_port);

	nf = connected();
	back.rx->rsp_prod--;
	must_break(nf, keys.rx_port);

	/* Every page is in one packet that still has no end. */
	nf = connected();
	while (back_rx_room(&back))
		put_rx(-1u, 0, NETRXF_more_data, 4096);
	back.rx->rsp_prod = back.rx_cons;
	must_break(nf, keys.rx_port);

	nf = connected();
	back.tx->rsp_prod++;
	must_break(nf, keys.tx_port);

	/* An id twice. */
	nf = connected();
	MUST(send_random(nf, 1400, NULL) == 0);
	MUST(send_random(nf, 1400, NULL) == 0);
	netfront_flush(&nf->dev);
	for (int i = 0; i < 2; i++)
		back.tx->ring[back.tx_rsp++ & (TX_SLOTS - 1)].rsp =
			(struct netif_tx_response){.id = 0};
	back.tx->rsp_prod = back.tx_rsp;
	must_break(nf, keys.tx_port);

	/* The answer to extra info where there was none. */
	nf = connected();
	MUST(send_random(nf, 1400, NULL) == 0);
	netfront_flush(&nf->dev);
	back.tx->ring[back.tx_rsp++ & (TX_SLOTS - 1)].rsp.status =
		NETIF_RSP_NULL;
	back.tx->rsp_prod = back.tx_rsp;
	must_break(nf, keys.tx_port);
}

/* Nineteen parts are too many for us, and a drop. */
static void long_chain(void)
{
	struct netfront *nf = connected();

	for (int i = 0; i < 19; i++)
		put_rx(-1u, 0, i < 18 ? NETRXF_more_data : 0, 100);
	back_push_rx(&back);
	CHECK(nf->dev.stats.rx_errors == 1 && !nf->broken && nr_got == 0);
	for (int i = 0; i < 18; i++)
		put_rx(-1u, 0, i < 17 ? NETRXF_more_data : 0, 100);
	back_push_rx(&back);
	CHECK(nf->dev.stats.rx_errors == 1 && nr_got == 1 &&
	      got[0].len == 1800);
	/* More than 64 KB. */
	for (int i = 0; i < 17; i++)
		put_rx(-1u, 0, i < 16 ? NETRXF_more_data : 0, 4096);
	back_push_rx(&back);
	CHECK(nf->dev.stats.rx_errors == 2 && nr_got == 1);
	stop();
}

/* A packet whose second half comes later is one packet. */
static void in_two_halves(void)
{
	struct netfront *nf = connected();

	put_rx(-1u, 0, NETRXF_more_data, 4096);
	back_push_rx(&back);
	CHECK(nr_got == 0 && !nf->broken);
	put_rx(-1u, 0, 0, 10);
	back_push_rx(&back);
	CHECK(nr_got == 1 && got[0].len == 4106);
	stop();
}

/* A page that the backend does not let go is not given to the stack, and not to
 * anybody until it does. */
static void page_held(void)
{
	struct netfront *nf = connected();
	grant_ref_t ref = nf->rx_buf[back.rx_cons & (RX_SLOTS - 1)].ref;

	grant_map(ref);
	put_rx(-1u, 0, 0, 2000);
	back_push_rx(&back);
	CHECK(nr_got == 0 && nf->dev.stats.rx_errors == 1);
	CHECK(grants[ref].later && back_rx_room(&back) == nf->rx_target);
	/* The other pages of the same packet are lost with it. */
	grant_map(nf->rx_buf[(back.rx_cons + 1) & (RX_SLOTS - 1)].ref);
	put_rx(-1u, 0, NETRXF_more_data, 4096);
	put_rx(-1u, 0, NETRXF_more_data, 4096);
	put_rx(-1u, 0, 0, 4096);
	back_push_rx(&back);
	CHECK(nr_got == 0 && nf->dev.stats.rx_errors == 2);
	stop();
}

static void memory_short(void)
{
	struct netfront *nf = connected();

	while (rxpage_count())
		page_put(rxpage_alloc(0));
	fail_alloc = 1;
	put_rx(-1u, 0, 0, 2000);
	put_rx(-1u, 0, 0, 200);
	back_push_rx(&back);
	CHECK(nr_got == 1 && nf->dev.stats.rx_dropped == 1);
	fail_alloc = 0;
	CHECK(back_rx_room(&back) == nf->rx_target);
	stop();
}

static unsigned int endless_puts;

static void put_more(void)
{
	while (back_rx_room(&back) > 1) {
		put_rx(-1u, 0, 0, 2000);
		endless_puts++;
	}
	back.rx->rsp_prod = back.rx_cons;
}

/* A backend that always has another packet does not keep the machine. */
static void endless(void)
{
	struct netfront *nf = connected();
	unsigned int taken, left;

	endless_puts = 0;
	on_done = put_more;
	put_rx(-1u, 0, 0, 2000);
	back_push_rx(&back);
	on_done = NULL;
	taken = nf->dev.stats.rx_packets;
	left = endless_puts + 1 - taken;
	CHECK(taken >= 512 && taken < 512 + RX_SLOTS && left > 0);
	CHECK(nf->rx_rest.deadline > 1);
	/* Nor does one that rings all the time. */
	fire(keys.rx_port);
	CHECK(nf->dev.stats.rx_packets == taken);
	while (nf->rx_rest.deadline)
		timer_fire();
	CHECK(nf->dev.stats.rx_packets == taken + left);
	CHECK(!nf->rx_rest.deadline);
	put_rx(-1u, 0, 0, 2000);
	back_push_rx(&back);
	CHECK(nf->dev.stats.rx_packets == taken + left + 1);
	stop();
}

/* A long conversation of small packets: no events but those that are needed. */
static void few_events(void)
{
	struct netfront *nf = connected();
	unsigned int before;

	back_take_tx(&back);
	back_answer_tx(&back, TX_SLOTS);
	before = sends[keys.tx_port];
	nf->tx_events = 0;
	for (int i = 0; i < 1000; i++) {
		for (int k = 0; k < 5; k++)
			MUST(send_random(nf, 1000, NULL) == 0);
		netfront_flush(&nf->dev);
		/* It has been told, and has not come yet. */
		MUST(send_random(nf, 1000, NULL) == 0);
		netfront_flush(&nf->dev);
		back_take_tx(&back);
		back_clear(&back);
		back_answer_tx(&back, TX_SLOTS);
	}
	CHECK(sends[keys.tx_port] - before == 1000);
	CHECK(nf->tx_events == 0 || !offers.split);
	stop();
}

static void multicast(void)
{
	uint8_t mac[6] = {1, 0, 0x5e, 0, 0, 1};
	struct netfront *nf = connected();

	nf->mcast_control = true;
	CHECK(netfront_multicast(&nf->dev, mac, true) == 0);
	back_take_tx(&back);
	CHECK(back.nr_mcast == 1 && memcmp(back.mcast[0], mac, 6) == 0);
	/* Once is enough. */
	CHECK(netfront_multicast(&nf->dev, mac, true) == 0);
	back_take_tx(&back);
	CHECK(back.nr_mcast == 1);
	CHECK(netfront_multicast(&nf->dev, mac, false) == 0);
	back_take_tx(&back);
	CHECK(back.nr_mcast == 2);
	for (int i = 0; i < 64; i++) {
		mac[5] = i;
		CHECK(netfront_multicast(&nf->dev, mac, true) == 0);
	}
	mac[5] = 64;
	CHECK(netfront_multicast(&nf->dev, mac, true) == -ENOSPC);
	back_take_tx(&back);
	CHECK(back.nr_mcast == 66);
	back_answer_tx(&back, TX_SLOTS);
	stop();
}

/* Addresses wait for room as packets do. */
static void multicast_full(void)
{
	struct netfront *nf = connected();
	uint8_t mac[6] = {1};
	void *page = txpage_alloc();
	struct net_tx p = {.nr = 1, .len = 1400, .frags = {{page, 1400}}};

	nf->mcast_control = true;
	while (netfront_xmit(&nf->dev, &p) == 0)
		;
	txpage_put(page);
	for (int i = 0; i < 40; i++) {
		mac[5] = i;
		CHECK(netfront_multicast(&nf->dev, mac, true) == 0);
		MUST(ring_outstanding(&nf->tx) <= TX_SLOTS);
	}
	CHECK(nf->mcast_pending);
	back_take_tx(&back);
	back_answer_tx(&back, TX_SLOTS);
	netfront_tx_reclaim(nf);
	netfront_flush(&nf->dev);
	back_take_tx(&back);
	CHECK(back.nr_mcast == 40 && !nf->mcast_pending);
	back_answer_tx(&back, TX_SLOTS);
	stop();
}

/* Where little may be copied, a packet of many parts waits, and what was copied
 * of it is not lost. */
static void little_bounce(void)
{
	struct netfront *nf;
	unsigned int n = 0;

	offers.sg = offers.gso = offers.csum = 1;
	do
		nf = start(0);
	while (total_frames != 1024 && (stop(), true));
	for (int i = 0; i < 200; i++) {
		int err = send_random(nf, 65000, NULL);

		MUST(err == 0 || err == -EAGAIN);
		n += err == -EAGAIN;
		netfront_flush(&nf->dev);
		if (!err)
			continue;
		back_take_tx(&back);
		back_clear(&back);
		back_answer_tx(&back, TX_SLOTS);
		netfront_tx_reclaim(nf);
		for (unsigned int k = 0; k < nf->bounce->nr; k++)
			MUST(nf->bounce->page[k].class == BOUNCE_CLASSES);
	}
	CHECK(n > 5);
	stop();
}

static void carrier(void)
{
	struct netfront *nf = connected();

	offers.carrier = 0;
	nf->carrier.changed(&nf->carrier, nf->carrier_path);
	CHECK(!nf->dev.link);
	offers.carrier = 1;
	nf->carrier.changed(&nf->carrier, nf->carrier_path);
	CHECK(nf->dev.link);
	stop();
}

/* What cannot be sent is refused and nothing is kept of it. */
static void refused(void)
{
	struct netfront *nf = connected();
	char *page = txpage_alloc();
	struct net_tx p = {.nr = 1, .len = 5000};

	p.frags[0].data = page + 1000;
	p.frags[0].len = 5000;
	CHECK(netfront_xmit(&nf->dev, &p) == -EMSGSIZE);
	p.len = p.frags[0].len = 1600;
	CHECK(netfront_xmit(&nf->dev, &p) == -EMSGSIZE);
	p.flags = NET_GSO_TCP4 | NET_CSUM_BLANK;
	CHECK(netfront_xmit(&nf->dev, &p) == -EMSGSIZE);
	p.gso_size = 1000;
	CHECK(netfront_xmit(&nf->dev, &p) == 0);
	p.len = 1599;
	CHECK(netfront_xmit(&nf->dev, &p) == -EMSGSIZE);
	CHECK(nf->dev.stats.tx_dropped == 4 && nf->dev.stats.tx_packets == 1);
	txpage_put(page);
	stop();
}

int main(void)
{
	fakes_init();
	for (unsigned int i = 0; i < 20; i++) {
		bad_packets();
		broken_rings();
		long_chain();
		in_two_halves();
		page_held();
		memory_short();
		endless();
		few_events();
		multicast();
		multicast_full();
		little_bounce();
		carrier();
		refused();
	}
	for (unsigned int i = 0; i < 50; i++) {
		fail_alloc = i % 3 == 2 ? 500 : 0;
		honest(60, i & 1 ? (uint32_t)-512 : 256 * rnd(1 << 24));
		fail_alloc = 0;
	}
	for (unsigned int i = 0; i < 2000; i++)
		hostile(i & 1 ? (uint32_t)-256 : 0);
	CHECK(checks > 100000);
	return unit_done();
}
