/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gso.c: frames to a device; large packets out of TCP's segments (gso.h).
 *
 * lwIP works with segments of the real MSS, so loss, windows and congestion are
 * what the RFCs say; but consecutive segments of a burst that differ only in
 * what a device with segmentation offload sets by itself (sequence number,
 * lengths, checksum, PSH and FIN on the last) leave as one packet of up to 64
 * KB. The headers of the first are copied, since lwIP goes on using its own.
 *
 * A device without checksum offload gets lwIP's packets as they are: they have
 * their checksums, and are not merged.
 */
#include <lwip/prot/ethernet.h>
#include <lwip/prot/ip.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/ip6.h>
#include <lwip/prot/tcp.h>
#include <posixen/lib.h>
#include <posixen/txpage.h>
#include "checksum.h"
#include "gso.h"
#include "pool.h"
#include "tcp_segment.h"
#include "timers.h"

#define ETH 14u
/* What IP's length field can say, and with it a frame. */
#define IP_MAX 65535u
/* Packets that may wait for a full device: as Linux's txqueuelen, in bytes
 * rather more. TCP is asked to wait before that. */
#define QUEUE_MAX 512u
#define QUEUE_TCP 128u

static struct pool packets = {.size = ALIGN_UP(sizeof(struct gso_packet), 16)};

void gso_init(struct gso *g, struct netdev *d)
{
	*g = (struct gso){.dev = d};
	g->end = &g->first;
}

static struct gso_packet *packet_new(void)
{
	struct gso_packet *k = pool_alloc(&packets);

	if (k) {
		k->next = NULL;
		k->nr = 0;
		k->open = false;
		k->tx.nr = k->tx.len = k->tx.flags = k->tx.gso_size = 0;
		k->tx.done = NULL;
		k->tx.cookie = NULL;
	}
	return k;
}

/* Leave only the first nr parts. */
static void cut_parts(struct net_tx *t, unsigned int nr)
{
	while (t->nr > nr) {
		t->nr--;
		if (is_txpage(t->frags[t->nr].data))
			txpage_put(t->frags[t->nr].data);
	}
}

static void packet_free(struct gso_packet *k)
{
	cut_parts(&k->tx, 0);
	for (unsigned int i = 0; i < k->nr; i++)
		pbuf_free(k->held[i]);
	pool_free(k);
}

/* Append bytes as parts, each within a page. False: too many parts; some may
 * have been appended. */
static bool add_bytes(struct net_tx *t, const void *data, unsigned int len)
{
	const char *at = data;

	t->len += len;
	while (len) {
		unsigned int room = PAGE_SIZE - ((uintptr_t)at & ~PAGE_MASK);
		unsigned int n = MIN(len, room);
		struct net_frag *last = t->nr ? &t->frags[t->nr - 1] : NULL;

		if (last && (const char *)last->data + last->len == at &&
		    (uintptr_t)at & ~PAGE_MASK) {
			last->len += n;
		} else {
			if (t->nr == NET_FRAGS_MAX)
				return false;
			t->frags[t->nr++] = (struct net_frag){at, n};
			if (is_txpage(at))
				txpage_get(at);
		}
		at += n;
		len -= n;
	}
	return true;
}

/* Append what p holds behind skip bytes. As add_bytes(). */
static bool add_chain(struct net_tx *t, const struct pbuf *p, unsigned int skip)
{
	for (; p; p = p->next) {
		unsigned int cut = MIN(skip, p->len);

		skip -= cut;
		if (p->len > cut &&
		    !add_bytes(t, (char *)p->payload + cut, p->len - cut))
			return false;
	}
	return true;
}

static void hold(struct gso_packet *k, struct pbuf *p)
{
	pbuf_ref(p);
	k->held[k->nr++] = p;
}

/* Hand a packet to the device, or let it wait. */
static void send(struct gso *g, struct gso_packet *k)
{
	if (g->first || g->dev->ops->xmit(g->dev, &k->tx) == -EAGAIN) {
		if (g->waiting < QUEUE_MAX) {
			*g->end = k;
			g->end = &k->next;
			g->waiting++;
			return;
		}
		g->dev->stats.tx_dropped++;
	} else {
		g->dirty = true;
	}
	packet_free(k);
}

/* Where TCP's header is in the frame p: 0 if it is not TCP, or if there are
 * options of IP or extension headers, or if not all headers lie in p itself.
 * A raw socket sends what its program likes: nothing is sure but lengths. */
static unsigned int find_tcp(const struct pbuf *p)
{
	const uint8_t *f = p->payload;
	unsigned int at, tcp_len;

	if (p->len < ETH + 20 + 20)
		return 0;
	if (f[12] == 0x08 && f[13] == 0x00) {
		at = ETH + 20;
		/* No options, no fragment. */
		if (f[ETH] != 0x45 || f[ETH + 9] != IP_PROTO_TCP ||
		    (f[ETH + 6] & 0x3f) || f[ETH + 7])
			return 0;
	} else if (f[12] == 0x86 && f[13] == 0xdd) {
		at = ETH + 40;
		if (f[ETH + 6] != IP6_NEXTH_TCP)
			return 0;
	} else {
		return 0;
	}
	if (p->len < at + 20)
		return 0;
	tcp_len = (f[at + 12] >> 4) * 4u;
	return tcp_len >= 20 && p->len >= at + tcp_len ? at : 0;
}

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = v >> 8;
	p[1] = v;
}

/*
 * The checksum field of a segment of len bytes with its header (at l4 of frame
 * f) that the device completes: the sum of the pseudo-header, not inverted (RFC
 * 9293, 3.1, and RFC 8200, 8.1).
 */
static void blank_checksum(uint8_t *f, unsigned int l4, unsigned int len)
{
	bool v6 = l4 == ETH + 40;
	uint64_t sum = v6 ? checksum_add(0, f + ETH + 8, 32)
			  : checksum_add(0, f + ETH + 12, 8);
	uint16_t folded;

	sum += (uint64_t)__builtin_bswap16(len) +
	       __builtin_bswap16(IP_PROTO_TCP);
	folded = checksum_fold(sum);
	__builtin_memcpy(f + l4 + 16, &folded, 2);
}

/*
 * Each of the packets that a device makes of a large one gets the
 * identification that follows (so does Linux, for virtio too). lwIP counts its
 * own, so TCP's are counted here: of one protocol none may come twice within
 * the life of fragments (RFC 791, 2.3).
 */
static void identify(uint8_t *ip, unsigned int nr)
{
	static uint16_t next;
	uint16_t sum;

	put16(ip + 4, next);
	next += nr;
	put16(ip + 10, 0);
	sum = ~checksum_fold(checksum_add(0, ip, 20));
	__builtin_memcpy(ip + 10, &sum, 2);
}

/* Nothing is added to the packet any more: its lengths and checksums. */
static void close_packet(struct gso_packet *k)
{
	unsigned int ip_len = k->head_len - ETH + k->payload, nr = 1;
	bool v6 = k->l4 == ETH + 40;
	uint8_t *ip = k->head + ETH;

	k->tx.flags = NET_CSUM_BLANK;
	blank_checksum(k->head, k->l4, k->head_len - k->l4 + k->payload);
	if (k->payload > k->tx.gso_size) {
		nr = (k->payload + k->tx.gso_size - 1) / k->tx.gso_size;
		k->tx.flags |= v6 ? NET_GSO_TCP6 : NET_GSO_TCP4;
		if (v6)
			put16(ip + 4, ip_len - 40);
		else
			put16(ip + 2, ip_len);
	} else {
		k->tx.gso_size = 0;
	}
	if (!v6)
		identify(ip, nr);
}

static void send_now(struct gso *g)
{
	struct gso_packet *k = g->now;

	if (!k)
		return;
	g->now = NULL;
	close_packet(k);
	send(g, k);
}

/* Do the headers of f continue the packet k? All that differs may be IP's
 * length, identification and checksum, and TCP's sequence number, checksum and
 * the flags PSH and FIN. */
static bool continues(const struct gso_packet *k, const uint8_t *f,
		      unsigned int l4, unsigned int head_len)
{
	const uint8_t *h = k->head;

	if (l4 != k->l4 || head_len != k->head_len ||
	    get32(f + l4 + 4) != k->next_seq)
		return false;
	/* Addresses of Ethernet and its type. */
	if (__builtin_memcmp(f, h, ETH))
		return false;
	if (l4 == ETH + 20) {
		if (__builtin_memcmp(f + ETH, h + ETH, 2) ||
		    __builtin_memcmp(f + ETH + 6, h + ETH + 6, 4) ||
		    __builtin_memcmp(f + ETH + 12, h + ETH + 12, 8))
			return false;
	} else if (__builtin_memcmp(f + ETH, h + ETH, 4) ||
		   __builtin_memcmp(f + ETH + 6, h + ETH + 6, 34)) {
		return false;
	}
	/* Ports; acknowledgement, length of header; window; what follows the
	 * checksum. */
	return __builtin_memcmp(f + l4, h + l4, 4) == 0 &&
	       __builtin_memcmp(f + l4 + 8, h + l4 + 8, 5) == 0 &&
	       __builtin_memcmp(f + l4 + 14, h + l4 + 14, 2) == 0 &&
	       memcmp(f + l4 + 18, h + l4 + 18, head_len - l4 - 18) == 0;
}

/* The bytes in each packet on the wire that carries payload: one, unless TCP
 * relies on the device to cut it. */
static unsigned int wire_size(unsigned int payload)
{
	return tcp_sending_mss && payload > tcp_sending_mss ? tcp_sending_mss
							    : payload;
}

/* Add a segment to the packet that may grow: false if it does not fit there. */
static bool merge(struct gso *g, struct pbuf *p, unsigned int l4,
		  unsigned int head_len)
{
	const uint8_t *f = p->payload;
	unsigned int payload = p->tot_len - head_len;
	struct gso_packet *k = g->now;
	unsigned int nr, len, last;

	if (!k || !k->open || k->nr == GSO_SEGMENTS ||
	    (payload > k->tx.gso_size &&
	     wire_size(payload) != k->tx.gso_size) ||
	    k->head_len - ETH + k->payload + payload > IP_MAX ||
	    !continues(k, f, l4, head_len))
		return false;
	nr = k->tx.nr;
	len = k->tx.len;
	last = k->tx.frags[nr - 1].len;
	if (!add_chain(&k->tx, p, head_len)) {
		cut_parts(&k->tx, nr);
		k->tx.frags[nr - 1].len = last;
		k->tx.len = len;
		return false;
	}
	hold(k, p);
	k->payload += payload;
	k->next_seq += payload;
	k->head[l4 + 13] |= f[l4 + 13] & (TCP_PSH | TCP_FIN);
	k->open = payload % k->tx.gso_size == 0 && !(f[l4 + 13] & TCP_FIN);
	return true;
}

/* Add what p holds behind skip bytes, by way of a copy if it lies in too many
 * pieces. */
static bool put_chain(struct gso_packet *k, struct pbuf *p, unsigned int skip)
{
	unsigned int nr = k->tx.nr, len = k->tx.len;
	struct pbuf *q;

	if (add_chain(&k->tx, p, skip)) {
		hold(k, p);
		return true;
	}
	cut_parts(&k->tx, nr);
	k->tx.len = len;
	q = pbuf_clone(PBUF_RAW, PBUF_RAM, p);
	if (!q)
		return false;
	k->held[k->nr++] = q;
	return add_chain(&k->tx, q, skip);
}

/* Is it a segment for a device that cuts them, and this one does not any more,
 * or for what size was forgotten, while an address was looked for? TCP repeats
 * a smaller part of what is lost. */
static bool too_long(const struct gso *g, const struct pbuf *p, unsigned int l4,
		     unsigned int head_len)
{
	unsigned int gso = l4 == ETH + 40 ? NET_GSO_TCP6 : NET_GSO_TCP4;
	unsigned int payload = p->tot_len - head_len;

	if (wire_size(payload) < payload)
		return !(g->dev->features & gso);
	return p->tot_len > g->dev->mtu + ETH;
}

/* Begin a packet with a segment. NULL: no memory. */
static struct gso_packet *begin(struct gso *g, struct pbuf *p, unsigned int l4,
				unsigned int head_len)
{
	const uint8_t *f = p->payload;
	struct gso_packet *k = packet_new();
	unsigned int gso = l4 == ETH + 40 ? NET_GSO_TCP6 : NET_GSO_TCP4;

	if (!k)
		return NULL;
	memcpy(k->head, f, head_len);
	k->l4 = l4;
	k->head_len = head_len;
	k->payload = p->tot_len - head_len;
	k->next_seq = get32(f + l4 + 4) + k->payload;
	k->tx.gso_size = wire_size(k->payload);
	add_bytes(&k->tx, k->head, head_len);
	if (!put_chain(k, p, head_len)) {
		packet_free(k);
		return NULL;
	}
	/* Only what carries data and nothing unusual grows. */
	k->open = g->dev->features & gso && k->payload &&
		  k->payload % k->tx.gso_size == 0 &&
		  (f[l4 + 13] & ~TCP_PSH) == TCP_ACK;
	return k;
}

/* A packet as it is. */
static err_t output_plain(struct gso *g, struct pbuf *p)
{
	struct gso_packet *k = packet_new();

	if (!k)
		return ERR_MEM;
	if (!put_chain(k, p, 0)) {
		packet_free(k);
		return ERR_MEM;
	}
	send(g, k);
	return ERR_OK;
}

err_t gso_output(struct gso *g, struct pbuf *p)
{
	unsigned int l4 = find_tcp(p), head_len;
	const uint8_t *f = p->payload;

	g->dirty = true;
	if (l4)
		timers_tcp_active();
	else
		timers_touch();
	if (!l4 || !(g->dev->features & NET_CSUM_BLANK)) {
		send_now(g);
		if (f[12] == 0x08 && f[13] == 0x06)
			timers_arp_active();
		return output_plain(g, p);
	}
	head_len = l4 + (f[l4 + 12] >> 4) * 4u;
	if (too_long(g, p, l4, head_len)) {
		g->dev->stats.tx_dropped++;
		return ERR_OK;
	}
	if (merge(g, p, l4, head_len))
		return ERR_OK;
	send_now(g);
	/* lwIP tries again what it cannot send: netdev_tx_ready(). Until then
	 * nobody gets the room that comes free, or those to whom
	 * acknowledgements come would take it from those who wait. */
	if ((g->waiting >= QUEUE_TCP || g->refused) && p->tot_len > head_len) {
		g->refused = true;
		return ERR_MEM;
	}
	g->now = begin(g, p, l4, head_len);
	return g->now ? ERR_OK : ERR_MEM;
}

void gso_flush(struct gso *g)
{
	if (!g->dirty)
		return;
	send_now(g);
	g->dirty = false;
	g->dev->ops->flush(g->dev);
}

static struct gso_packet *take_waiting(struct gso *g)
{
	struct gso_packet *k = g->first;

	g->first = k->next;
	if (!g->first)
		g->end = &g->first;
	g->waiting--;
	return k;
}

void gso_ready(struct gso *g)
{
	while (g->first) {
		if (g->dev->ops->xmit(g->dev, &g->first->tx) == -EAGAIN)
			break;
		g->dirty = true;
		packet_free(take_waiting(g));
	}
	if (g->dirty)
		g->dev->ops->flush(g->dev);
}

void gso_stop(struct gso *g)
{
	if (g->now)
		packet_free(g->now);
	g->now = NULL;
	g->refused = false;
	while (g->first)
		packet_free(take_waiting(g));
}
