/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_segment.c: make, cut and trim segments (tcp_segment.h).
 *
 * What lwIP's tcp_write() and tcp_split_unsent_seg() would do, but for pages
 * that are referenced only: a segment is one pbuf for the headers and one
 * PBUF_ROM for each page's bytes, so a cut copies nothing. The pbufs of data
 * belong to their segment alone: who sends it holds the first, and has noted
 * where the bytes are (gso.c).
 */
#include <posixen/lib.h>
#include "tcp_sack.h"
#include "tcp_segment.h"

struct tcp_seg *tcp_segment_new(const struct tcp_pcb *pcb, uint32_t seqno,
				uint8_t flags)
{
	struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 0, PBUF_RAM);
	struct tcp_seg *seg;

	if (!p)
		return NULL;
	seg = memp_malloc(MEMP_TCP_SEG);
	if (!seg) {
		pbuf_free(p);
		return NULL;
	}
	pbuf_add_header(p, TCP_HLEN); /* PBUF_TRANSPORT left room for it */
	*seg = (struct tcp_seg){.p = p, .tcphdr = p->payload};
	seg->tcphdr->src = lwip_htons(pcb->local_port);
	seg->tcphdr->dest = lwip_htons(pcb->remote_port);
	seg->tcphdr->seqno = lwip_htonl(seqno);
	TCPH_HDRLEN_FLAGS_SET(seg->tcphdr, TCP_HLEN / 4, flags);
	seg->tcphdr->urgp = 0;
	return seg;
}

/* The pbufs before it are told of len bytes behind them by the caller, or do
 * not care: those of data are only ever asked for their own len. */
static void chain(struct tcp_seg *seg, struct pbuf **end, struct pbuf *q)
{
	(*end)->next = q;
	*end = q;
	seg->p->tot_len += q->len;
	seg->len += q->len;
}

bool tcp_segment_add(struct tcp_seg *seg, struct pbuf **end, const void *data,
		     unsigned int len)
{
	struct pbuf *q =
		pbuf_alloc_reference((void *)data, (u16_t)len, PBUF_ROM);

	if (!q)
		return false;
	chain(seg, end, q);
	return true;
}

/* Each pbuf's tot_len: its own len and all behind it (lwip/pbuf.h). */
static void set_totals(struct tcp_seg *seg)
{
	unsigned int left = seg->len;

	for (struct pbuf *q = seg->p->next; q; q = q->next) {
		q->tot_len = (u16_t)left;
		left -= q->len;
	}
}

void tcp_segment_queue(struct tcp_pcb *pcb, struct tcp_seg *last,
		       struct tcp_seg *seg)
{
	set_totals(seg);
	if (last)
		last->next = seg;
	else
		pcb->unsent = seg;
	pcb->snd_lbb += seg->len;
	pcb->snd_buf -= seg->len;
	pcb->snd_queuelen += pbuf_clen(seg->p);
}

/* Move what lies behind n bytes of seg's data to rest. */
static bool move_data(struct tcp_seg *seg, struct tcp_seg *rest, unsigned int n)
{
	struct pbuf *before = seg->p, *q = before->next, *end = rest->p;

	for (; q->len <= n; n -= q->len, before = q, q = q->next)
		;
	if (n) {
		if (!tcp_segment_add(rest, &end, (char *)q->payload + n,
				     q->len - n))
			return false;
		q->len = (u16_t)n;
		before = q;
		q = q->next;
	}
	before->next = NULL;
	while (q) {
		struct pbuf *next = q->next;

		chain(rest, &end, q);
		q = next;
	}
	end->next = NULL;
	return true;
}

err_t tcp_segment_cut(struct tcp_pcb *pcb, struct tcp_seg *seg, unsigned int n)
{
	unsigned int had = pbuf_clen(seg->p), flags;
	struct tcp_seg *rest;

	if (!n)
		return ERR_VAL;
	if (seg->len <= n)
		return ERR_OK;
	flags = TCPH_FLAGS(seg->tcphdr) & (TCP_FIN | TCP_PSH);
	rest = tcp_segment_new(pcb, lwip_ntohl(seg->tcphdr->seqno) + n,
			       (u8_t)flags);
	if (!rest)
		return ERR_MEM;
	if (!move_data(seg, rest, n)) {
		tcp_seg_free(rest);
		return ERR_MEM;
	}
	TCPH_UNSET_FLAG(seg->tcphdr, flags);
	seg->p->tot_len -= rest->len;
	seg->len = (u16_t)n;
	set_totals(seg);
	set_totals(rest);
	*seg_note(rest) = *seg_note(seg);
	rest->next = seg->next;
	seg->next = rest;
	pcb->snd_queuelen += pbuf_clen(seg->p) + pbuf_clen(rest->p) - had;
	return ERR_OK;
}

unsigned int tcp_segment_trim(struct tcp_pcb *pcb, struct tcp_seg *seg)
{
	uint32_t seqno = lwip_ntohl(seg->tcphdr->seqno);
	unsigned int n = pcb->lastack - seqno, left = n;
	struct pbuf *q;

	if ((int)n <= 0 || n >= seg->len)
		return 0;
	while ((q = seg->p->next)->len <= left) {
		left -= q->len;
		seg->p->next = q->next;
		q->next = NULL;
		pbuf_free(q);
		pcb->snd_queuelen--;
	}
	q->payload = (char *)q->payload + left;
	q->len -= left;
	q->tot_len -= left;
	seg->p->tot_len -= n;
	seg->len -= n;
	seg->tcphdr->seqno = lwip_htonl(seqno + n);
	pcb->snd_buf += n;
	return n;
}
