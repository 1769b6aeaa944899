/* SPDX-License-Identifier: BSD-2-Clause */
/* Segments longer than the MSS: they are cut without a byte lost, and leave as
 * the windows and the retransmission want it. */
#include <stdlib.h>
#include <string.h>
#include <hooks.h>
#include <lwip/netif.h>
#include <posixen/netdev.h>
#include "../../../net/stack.h"
#include "../../../net/tcp_recovery.h"
#include "../../../net/tcp_segment.h"
#include "net.h"

#define MSS   1460u
#define START 0xffffe000u /* sequence numbers wrap */

static struct {
	uint32_t seq;
	unsigned int len, gso_size, flags;
	uint8_t tcp_flags;
} out[64];
static unsigned int nr_out;
static uint8_t bytes_out[1 << 16], have[1 << 16];
static _Alignas(4096) uint8_t data[1 << 16];

static int xmit(struct netdev *d, const struct net_tx *t)
{
	static uint8_t f[70000];
	unsigned int at = 0;

	for (unsigned int i = 0; i < t->nr; at += t->frags[i++].len)
		memcpy(f + at, t->frags[i].data, t->frags[i].len);
	if (f[12] != 8 || f[13] != 0 || f[23] != 6 || nr_out == 64)
		return 0;
	out[nr_out].seq =
		(uint32_t)f[38] << 24 | f[39] << 16 | f[40] << 8 | f[41];
	out[nr_out].len = at - 54;
	out[nr_out].gso_size = t->gso_size;
	out[nr_out].flags = t->flags;
	out[nr_out].tcp_flags = f[47];
	/* The stream as the peer would put it together. */
	for (unsigned int i = 0; i < at - 54; i++) {
		uint32_t where = out[nr_out].seq + i - START;

		if (where < sizeof(have)) {
			bytes_out[where] = f[54 + i];
			have[where] = 1;
		}
	}
	nr_out++;
	return 0;
}

static void flush(struct netdev *d)
{
}

static const struct netdev_ops ops = {.xmit = xmit, .flush = flush};
static struct netdev dev = {
	.ops = &ops,
	.mac = {2, 0, 0, 0, 0, 9},
	.mtu = 1500,
	.features = NET_CSUM_BLANK | NET_GSO_TCP4 | NET_GSO_TCP6,
	.link = true,
};
/* ARP: 10.0.0.1 is at 2:0:0:0:0:1. */
static const uint8_t is_at[42] = {
	2, 0, 0, 0, 0, 9, 2, 0,	 0, 0, 0, 1, 8, 6, 0, 1, 8, 0,	6, 4, 0,
	2, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 2, 0, 0, 0, 0, 9, 10, 0, 0, 5,
};

static unsigned int told;

static err_t sent(void *arg, struct tcp_pcb *p, u16_t len)
{
	told += len;
	return ERR_OK;
}

static void set_window(struct tcp_pcb *p, uint32_t n)
{
	tcp_recovery(p)->cwnd = n;
}

static struct tcp_pcb *connection(void)
{
	struct tcp_pcb *p = tcp_new();

	IP_ADDR4(&p->local_ip, 10, 0, 0, 5);
	IP_ADDR4(&p->remote_ip, 10, 0, 0, 1);
	p->local_port = 80;
	p->remote_port = 1000;
	p->state = ESTABLISHED;
	p->mss = MSS;
	p->snd_nxt = p->lastack = p->snd_lbb = p->snd_wl2 = START;
	p->snd_wnd = p->snd_wnd_max = p->snd_buf = 1 << 20;
	set_window(p, 1 << 20);
	tcp_nagle_disable(p);
	tcp_sent(p, sent);
	nr_out = told = 0;
	memset(have, 0, sizeof(have));
	return p;
}

/* n bytes as one segment, in pieces of a page as a socket has them. */
static struct tcp_seg *queue(struct tcp_pcb *p, struct tcp_seg *last,
			     unsigned int n, uint8_t flags)
{
	struct tcp_seg *seg = tcp_segment_new(p, p->snd_lbb, flags);
	unsigned int at = p->snd_lbb - START, part;
	struct pbuf *end = seg->p;

	for (; n; n -= part, at += part) {
		part = 4096 - at % 4096;
		part = n < part ? n : part;
		CHECK(tcp_segment_add(seg, &end, data + at, part));
	}
	tcp_segment_queue(p, last, seg);
	return seg;
}

static void drop(struct tcp_pcb *p)
{
	tcp_segs_free(p->unsent);
	tcp_segs_free(p->unacked);
	p->unsent = p->unacked = NULL;
	p->state = CLOSED;
	tcp_close(p);
	stack_flush();
}

/* Lengths add up, in segment and pbufs, and the bytes are the stream's. */
static int sound(const struct tcp_seg *seg)
{
	static uint8_t copy[1 << 16];
	unsigned int left = seg->p->tot_len, head = left - seg->len;
	uint32_t at = lwip_ntohl(seg->tcphdr->seqno) - START;

	for (const struct pbuf *q = seg->p; q; q = q->next) {
		if (q->tot_len != left || (!q->len && q != seg->p))
			return 0;
		left -= q->len;
	}
	return left == 0 &&
	       pbuf_copy_partial(seg->p, copy, seg->len, head) == seg->len &&
	       memcmp(copy, data + at, seg->len) == 0;
}

static unsigned int pbufs(const struct tcp_seg *seg)
{
	unsigned int n = 0;

	for (; seg; seg = seg->next)
		n += pbuf_clen(seg->p);
	return n;
}

static void cuts(void)
{
	struct tcp_pcb *p = connection();
	struct tcp_seg *seg = queue(p, NULL, 20000, TCP_FIN | TCP_PSH);

	CHECK(sound(seg) && p->snd_queuelen == pbufs(p->unsent));
	CHECK(tcp_segment_cut(p, seg, 0) == ERR_VAL);
	CHECK(tcp_segment_cut(p, seg, 20000) == ERR_OK && !seg->next);
	/* In a page, at the end of one, one byte, all but one. */
	CHECK(tcp_segment_cut(p, seg, 10000) == ERR_OK);
	CHECK(tcp_segment_cut(p, seg, 8192) == ERR_OK);
	CHECK(tcp_segment_cut(p, seg, 1) == ERR_OK);
	CHECK(tcp_segment_cut(p, seg->next, 8190) == ERR_OK);
	for (unsigned int at = START; seg; at += seg->len, seg = seg->next) {
		CHECK(sound(seg) && lwip_ntohl(seg->tcphdr->seqno) == at);
		CHECK((TCPH_FLAGS(seg->tcphdr) == (TCP_FIN | TCP_PSH)) ==
		      !seg->next);
		CHECK(seg->next || at + seg->len == START + 20000);
	}
	CHECK(p->snd_queuelen == pbufs(p->unsent));
	drop(p);
}

static void trims(void)
{
	struct tcp_pcb *p = connection();
	struct tcp_seg *seg = queue(p, NULL, 20000, 0);
	unsigned int gone = 0;

	CHECK(tcp_segment_trim(p, seg) == 0);
	for (unsigned int to = 1; to < 20000; to += 1 + rand() % 3000) {
		p->lastack = START + to;
		CHECK(tcp_segment_trim(p, seg) == to - gone);
		gone = to;
		CHECK(sound(seg) && seg->len == 20000 - gone);
		CHECK(p->snd_queuelen == pbufs(p->unsent));
		CHECK(p->snd_buf + seg->len == 1 << 20);
	}
	/* What is acknowledged whole is lwIP's to free. */
	p->lastack = START + 20000;
	CHECK(tcp_segment_trim(p, seg) == 0);
	drop(p);
}

/* As lwIP does it. */
static void acknowledge(struct tcp_pcb *p, uint32_t to)
{
	struct tcp_hdr h = {.ackno = to};
	struct pbuf none = {.next = NULL};
	struct tcp_seg *seg;

	if (TCP_SEQ_GT(to, p->snd_nxt))
		h.ackno = to = p->snd_nxt;
	TCPH_HDRLEN_FLAGS_SET(&h, TCP_HLEN / 4, TCP_ACK);
	CHECK(net_tcp_input(p, &h, 0, 0, NULL, &none) == ERR_OK);
	p->lastack = to;
	while ((seg = p->unacked) && TCP_SEQ_LEQ(seg_end(seg), to)) {
		p->unacked = seg->next;
		tcp_seg_free(seg);
	}
	tcp_output(p);
}

/* The window takes a part; then the peer has a part; then one is lost. */
static void leaves(void)
{
	struct tcp_pcb *p = connection();
	struct tcp_seg *seg = queue(p, NULL, 14 * MSS, 0);

	queue(p, seg, 10 * MSS + 100, TCP_PSH);
	set_window(p, 16 * MSS + 700);
	CHECK(tcp_output(p) == ERR_OK);
	stack_flush();
	CHECK(nr_out == 1 && out[0].len == 16 * MSS && out[0].seq == START);
	CHECK(out[0].gso_size == MSS && out[0].flags & NET_GSO_TCP4);
	CHECK(p->snd_nxt == START + 16 * MSS && p->unsent);
	CHECK(!(out[0].tcp_flags & TCP_PSH));
	/* Three segments and a bit arrived: the socket hears of them, and three
	 * more go. */
	p->lastack = START + 3 * MSS + 10;
	CHECK(tcp_output(p) == ERR_OK);
	stack_flush();
	CHECK(told == 3 * MSS + 10 && sound(p->unacked));
	CHECK(nr_out == 2 && out[1].len == 3 * MSS);
	/* The time-out: one, from where it lacks, and with each acknowledgement
	 * more. */
	nr_out = 0;
	tcp_recovery_timeout(p);
	stack_flush();
	CHECK(nr_out == 1 && out[0].seq == p->lastack && out[0].len == MSS);
	CHECK(p->nrtx == 1 && p->unsent);
	for (int i = 0; i < 40 && p->unacked; i++) {
		acknowledge(p, p->lastack + MSS);
		stack_flush();
	}
	CHECK(!p->unsent && p->snd_nxt == START + 24 * MSS + 100);
	CHECK(tcp_recovery(p)->state == RECOVERY_NONE);
	for (unsigned int i = 0; i < 24 * MSS + 100; i++)
		if (!have[i] || bytes_out[i] != data[i]) {
			CHECK(!"a byte is missing or wrong");
			break;
		}
	CHECK(out[nr_out - 1].tcp_flags & TCP_PSH);
	drop(p);
}

/* The peer takes its window back: the persist timer's cut. */
static void shrinks(void)
{
	struct tcp_pcb *p = connection();

	queue(p, NULL, 10 * MSS, TCP_FIN);
	p->snd_wnd = 1000;
	CHECK(tcp_output(p) == ERR_OK && nr_out == 0);
	CHECK(p->persist_backoff == 1);
	CHECK(tcp_split_unsent_seg(p, 1000) == ERR_OK);
	CHECK(tcp_output(p) == ERR_OK);
	stack_flush();
	CHECK(nr_out == 1 && out[0].len == 1000 &&
	      !(out[0].tcp_flags & TCP_FIN));
	drop(p);
}

/* No memory to cut: the timer must go on, and the next try works. */
static void without_memory(void)
{
	struct tcp_pcb *p = connection();
	void *taken[4096];
	unsigned int nr = 0;
	long left;

	queue(p, NULL, 10 * MSS, 0);
	set_window(p, MSS);
	p->rtime = -1;
	left = frames_left;
	frames_left = 0;
	while (nr < 4096 && (taken[nr] = memp_malloc(MEMP_TCP_SEG)))
		nr++;
	CHECK(tcp_output(p) == ERR_OK && nr_out == 0);
	CHECK(tcp_recovery(p)->rto_at && sound(p->unsent));
	while (nr)
		memp_free(MEMP_TCP_SEG, taken[--nr]);
	frames_left += left;
	tcp_rexmit_rto_commit(p); /* lwIP's timer */
	stack_flush();
	CHECK(nr_out == 1 && out[0].len == MSS);
	drop(p);
}

/* How long one may be: what the device does, what the window is. */
static void longest(struct netif *n)
{
	struct tcp_pcb *p = connection();

	CHECK(tcp_segment_max(p, MSS) > 4 * MSS);
	CHECK(tcp_segment_max(p, MSS) % MSS == 0);
	p->snd_wnd_max = 5 * MSS;
	CHECK(tcp_segment_max(p, MSS) == 2 * MSS);
	p->snd_wnd_max = 2 * MSS;
	CHECK(tcp_segment_max(p, MSS) == MSS);
	CHECK(tcp_segment_max(p, 500) == 500);
	p->snd_wnd_max = 1 << 20;
	p->mss = 536;
	CHECK(tcp_segment_max(p, 536) == 536);
	p->mss = MSS;
	dev.features = NET_CSUM_BLANK;
	CHECK(tcp_segment_max(p, MSS) == MSS);
	/* One that was made before the device lost this is not sent whole. */
	queue(p, NULL, 4 * MSS, 0);
	CHECK(tcp_output(p) == ERR_OK);
	stack_flush();
	CHECK(nr_out == 0);
	dev.features |= NET_GSO_TCP4 | NET_GSO_TCP6;
	drop(p);
}

void test_segment(void)
{
	ip4_addr_t a, m, g;
	struct netif *n;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = rand();
	CHECK(netdev_register(&dev) == 0);
	n = stack_netif_by_name("eth0");
	IP4_ADDR(&a, 10, 0, 0, 5);
	IP4_ADDR(&m, 255, 255, 255, 0);
	IP4_ADDR(&g, 10, 0, 0, 1);
	netif_set_addr(n, &a, &m, &g);
	netdev_rx_copy(&dev, is_at, sizeof(is_at), 0);
	netdev_rx_done(&dev);
	cuts();
	trims();
	leaves();
	shrinks();
	without_memory();
	longest(n);
	netdev_unregister(&dev);
}
