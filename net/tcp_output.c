/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_output.c: what stands before lwIP's tcp_out.c, which is compiled with
 * some names changed (lwip.mk), so that segments longer than the MSS
 * (tcp_segment.h) go through it, and are cut where it counts in segments; and
 * so that what is sent, and again, is what tcp_recovery.h wants.
 *
 * Without memory for a cut everything stays as it is, and the retransmission
 * timer tries again.
 */
#include <hooks.h>
#include <lwip/ip.h>
#include <lwip/nd6.h>
#include <posixen/lib.h>
#include "netdev.h"
#include "tcp_recovery.h"
#include "tcp_segment.h"

/* As long as they get. Longer ones do not make sending cheaper by much; what
 * is acknowledged only in part keeps its memory a little longer. */
#define SEGMENT_MAX (24u << 10)

uint16_t tcp_sending_mss;
static uint16_t sending_maxseg;

/* Connections that a full device refused (gso.c), who waits longest first; was
 * the one that sends now refused; how many packets were taken. */
static struct list refused = LIST_INIT(refused);
static bool no_room;
static unsigned int taken;

err_t lwip_tcp_output(struct tcp_pcb *pcb);
err_t lwip_tcp_rexmit_rto_prepare(struct tcp_pcb *pcb);
u16_t tcp_announced_mss(u16_t mss, struct netif *n, const ip_addr_t *dest);
err_t stack_ip4_output_if(struct pbuf *p, const ip4_addr_t *src,
			  const ip4_addr_t *dest, u8_t ttl, u8_t tos,
			  u8_t proto, struct netif *n);
err_t stack_ip6_output_if(struct pbuf *p, const ip6_addr_t *src,
			  const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth,
			  struct netif *n);

unsigned int tcp_segment_max(const struct tcp_pcb *pcb, unsigned int size)
{
	unsigned int max = MIN(SEGMENT_MAX, pcb->snd_wnd_max / 2);
	bool v6 = IP_IS_V6_VAL(pcb->remote_ip);
	struct netif *n;

	if (size < pcb->mss || max < 2 * size)
		return size;
	n = pcb->netif_idx == NETIF_NO_INDEX
		    ? ip_route(&pcb->local_ip, &pcb->remote_ip)
		    : netif_get_by_index(pcb->netif_idx);
	if (!n || !netdev_cuts_tcp(n, v6))
		return size;
	/* IP would have to fragment it for this path. */
	if (v6 &&
	    nd6_get_destination_mtu(ip_2_ip6(&pcb->remote_ip), n) < n->mtu6)
		return size;
	/* One that does not exceed the MTU would pass for a single one, should
	 * it have to wait for its neighbour's address: etharp.c. */
	return 2 * size > n->mtu ? max - max % size : size;
}

/* What the peer has of a long segment is the socket's again, which may send
 * more in its place: lwIP waits for the rest. */
static void take_part(struct tcp_pcb *pcb, struct tcp_seg *seg)
{
	unsigned int n;

	if (!seg || seg->len <= pcb->mss)
		return;
	n = tcp_segment_trim(pcb, seg);
	if (n && pcb->sent)
		pcb->sent(pcb->callback_arg, pcb, (u16_t)n);
}

/* Make the first of the unsent fit the window if a part of it does. */
static void fit_window(struct tcp_pcb *pcb)
{
	struct tcp_seg *seg = pcb->unsent;
	uint32_t window, at, room;

	if (!seg || seg->len <= pcb->mss)
		return;
	window = MIN(pcb->snd_wnd, pcb->cwnd);
	at = lwip_ntohl(seg->tcphdr->seqno) - pcb->lastack;
	if (at >= window || at + seg->len <= window)
		return;
	room = (window - at) / pcb->mss * pcb->mss;
	if (room && tcp_segment_cut(pcb, seg, room) != ERR_OK)
		tcp_rto_retry(tcp_recovery(pcb));
}

/* What lwIP has to send, as far as the window goes. */
static err_t send(struct tcp_pcb *pcb)
{
	err_t err;

	tcp_sending_mss = pcb->mss;
	sending_maxseg = tcp_recovery(pcb)->maxseg;
	err = lwip_tcp_output(pcb);
	tcp_sending_mss = sending_maxseg = 0;
	/* For lwIP's timer of retransmission what waits for room would be lost,
	 * and it would double the time-out each time. */
	if (pcb->state >= ESTABLISHED)
		pcb->rtime = -1;
	no_room |= err == ERR_MEM;
	return err;
}

/* Each segment before urgent data has a pointer of its own. */
static void cut_urgent(struct tcp_pcb *pcb, uint32_t end)
{
	for (struct tcp_seg *seg = pcb->unsent;
	     seg && TCP_SEQ_LT(seg_seq(seg), end); seg = seg->next)
		if (seg->len > pcb->mss)
			tcp_segment_cut(pcb, seg, pcb->mss);
}

static err_t send_unsent(struct tcp_pcb *pcb)
{
	uint32_t before = pcb->snd_nxt;
	struct tcp_seg *first;
	err_t err;

	pcb->cwnd = tcp_recovery_window(pcb);
	if (unlikely(tcp_recovery(pcb)->urgent))
		cut_urgent(pcb, tcp_recovery(pcb)->urgent_end);
	tcp_recovery_sending(pcb);
	do {
		fit_window(pcb);
		first = pcb->unsent;
		err = send(pcb);
	} while (err == ERR_OK && pcb->unsent && pcb->unsent != first &&
		 pcb->unsent->len > pcb->mss);
	tcp_recovery_sent(pcb, before);
	return err;
}

err_t tcp_output(struct tcp_pcb *pcb)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	err_t err;

	if (tcp_input_pcb == pcb)
		return ERR_OK;
	take_part(pcb, pcb->unacked);
	take_part(pcb, pcb->unsent);
	no_room = false;
	if (unlikely(r->marked))
		tcp_recovery_repeat(pcb);
	err = pcb->unsent ? send_unsent(pcb) : send(pcb);
	/* Who waits already keeps his place. */
	if (likely(!no_room))
		list_del(&r->room_link);
	else if (!tcp_waits_for_room(pcb))
		list_append(&refused, &r->room_link);
	if (unlikely(no_room || err != ERR_OK) && pcb->state >= ESTABLISHED)
		tcp_rto_retry(r);
	if (unlikely(r->room)) {
		r->room = false;
		if (!pcb->unsent && netdev_tcp_room)
			netdev_tcp_room(pcb);
	}
	return err;
}

bool tcp_output_again(struct tcp_pcb *pcb, struct tcp_seg *seg)
{
	tcpwnd_size_t window = pcb->snd_wnd;
	struct tcp_seg *unsent = pcb->unsent;
	bool sent;

	seg->next = NULL;
	pcb->unsent = seg;
	pcb->snd_wnd = pcb->cwnd = UINT32_MAX / 2;
	send(pcb);
	sent = !pcb->unsent;
	pcb->unsent = unsent;
	pcb->snd_wnd = window;
	/* Nothing is learnt from its round trip (RFC 6298, 3). */
	pcb->rttest = 0;
	return sent;
}

void tcp_output_refused(const bool *full)
{
	struct list last;

	list_init(&last);
	list_append(&refused, &last);
	while (refused.next != &last && !*full) {
		struct tcp_recovery *r =
			list_first(&refused, struct tcp_recovery, room_link);
		unsigned int before = taken;

		list_del(&r->room_link);
		tcp_output(r->pcb);
		/* The one before had filled it: this one has yet to begin. */
		if (*full && taken == before && tcp_waits_for_room(r->pcb)) {
			list_del(&r->room_link);
			list_push(&refused, &r->room_link);
		}
	}
	list_del(&last);
}

/* lwIP's timer of retransmission counts for handshakes only. */
err_t tcp_rexmit_rto_prepare(struct tcp_pcb *pcb)
{
	return pcb->state < ESTABLISHED ? lwip_tcp_rexmit_rto_prepare(pcb)
					: ERR_VAL;
}

/* The MSS in a SYN (RFC 9293, 3.7.1). */
u16_t tcp_announced_mss(u16_t mss, struct netif *n, const ip_addr_t *dest)
{
	mss = tcp_eff_send_mss_netif(mss, n, dest);
	return sending_maxseg ? MIN(mss, sending_maxseg) : mss;
}

/* Called by lwIP's timer. */
void tcp_rexmit_rto_commit(struct tcp_pcb *pcb)
{
	if (pcb->nrtx < UINT8_MAX)
		pcb->nrtx++;
	tcp_output(pcb);
}

/* Called by lwIP's persist timer: a window too small for a segment. */
err_t tcp_split_unsent_seg(struct tcp_pcb *pcb, u16_t n)
{
	return pcb->unsent ? tcp_segment_cut(pcb, pcb->unsent, n) : ERR_MEM;
}

static err_t took(err_t err)
{
	taken += err == ERR_OK;
	return err;
}

/* IP leaves a packet whole if the interface names no MTU. */
err_t stack_ip4_output_if(struct pbuf *p, const ip4_addr_t *src,
			  const ip4_addr_t *dest, u8_t ttl, u8_t tos,
			  u8_t proto, struct netif *n)
{
	u16_t mtu = n->mtu;
	err_t err;

	if (likely(p->tot_len <= tcp_sending_mss + TCP_HLEN ||
		   !tcp_sending_mss))
		return took(ip4_output_if(p, src, dest, ttl, tos, proto, n));
	n->mtu = 0;
	err = ip4_output_if(p, src, dest, ttl, tos, proto, n);
	n->mtu = mtu;
	return took(err);
}

err_t stack_ip6_output_if(struct pbuf *p, const ip6_addr_t *src,
			  const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth,
			  struct netif *n)
{
	u16_t mtu = n->mtu6;
	err_t err;

	if (likely(p->tot_len <= tcp_sending_mss + TCP_HLEN ||
		   !tcp_sending_mss))
		return took(ip6_output_if(p, src, dest, hl, tc, nexth, n));
	n->mtu6 = 0;
	err = ip6_output_if(p, src, dest, hl, tc, nexth, n);
	n->mtu6 = mtu;
	return took(err);
}

/*
 * lwIP's hook in every segment of pcb that leaves, before the checksum; only
 * the flag and the pointer are set there. A retransmission may have them from
 * before. Of what lies too far before the byte, only what is sent for the first
 * time says that there will be one: Linux's __tcp_transmit_skb().
 */
u32_t *net_tcp_header(struct pbuf *p, struct tcp_hdr *h,
		      const struct tcp_pcb *pcb, u32_t *options)
{
	const struct tcp_recovery *r;
	uint32_t seq, left;

	/* A reset may be a listener's, or nobody's. */
	if (!pcb || pcb->state <= SYN_SENT)
		return options;
	r = tcp_recovery(pcb);
	if (likely(!r->urgent) && !(TCPH_FLAGS(h) & TCP_URG))
		return options;
	TCPH_UNSET_FLAG(h, TCP_URG);
	h->urgp = 0;
	seq = lwip_ntohl(h->seqno);
	left = r->urgent_end - seq;
	/* A device would give all parts of a long one the same pointer. */
	if (!r->urgent || (int32_t)left <= 0 ||
	    p->tot_len > TCPH_HDRLEN_BYTES(h) + pcb->mss)
		return options;
	if (left > UINT16_MAX && !TCP_SEQ_GT(seq + UINT16_MAX, pcb->snd_nxt))
		return options;
	h->urgp = lwip_htons((u16_t)MIN(left, (uint32_t)UINT16_MAX));
	TCPH_SET_FLAG(h, TCP_URG);
	return options;
}
