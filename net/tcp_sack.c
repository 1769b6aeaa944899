/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_sack.c: the scoreboard (tcp_sack.h).
 *
 * A segment is lost for one of two reasons: something that was sent later has
 * arrived (sack_detect()), or nothing has for too long (sack_all_lost()). It
 * then counts as out of the network until it is sent again.
 */
#include <posixen/lib.h>
#include "tcp_sack.h"
#include "tcp_segment.h"

_Static_assert(sizeof(struct tcp_seg_note) <= TCP_SEG_ROOM, "the note fits");

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

unsigned int sack_parse(const uint8_t *o, unsigned int len,
			struct sack_block blocks[SACK_BLOCKS])
{
	unsigned int nr = 0, n;

	for (unsigned int i = 0; i < len; i += n) {
		if (o[i] == 0)
			break;
		n = 1;
		if (o[i] == 1)
			continue;
		n = i + 1 < len ? o[i + 1] : 0;
		if (n < 2 || i + n > len)
			break;
		if (o[i] != 5)
			continue;
		for (unsigned int k = 2; k + 8 <= n && nr < SACK_BLOCKS; k += 8)
			blocks[nr++] = (struct sack_block){
				get32(o + i + k), get32(o + i + k + 4)};
	}
	return nr;
}

bool sack_is_duplicate(const struct sack_block *b, unsigned int nr,
		       uint32_t ack)
{
	if (!nr || !TCP_SEQ_LT(b->left, b->right))
		return false;
	if (TCP_SEQ_LEQ(b->right, ack))
		return true;
	return nr > 1 && TCP_SEQ_GEQ(b->left, b[1].left) &&
	       TCP_SEQ_LEQ(b->right, b[1].right);
}

/* Was one sent after the other? Of one burst, what lies behind was. */
static bool after(uint64_t sent, uint32_t end, uint64_t other_sent,
		  uint32_t other_end)
{
	return sent > other_sent ||
	       (sent == other_sent && TCP_SEQ_GT(end, other_end));
}

/* A segment arrived, or its part up to end. */
static void arrived(const struct tcp_seg *seg, uint32_t end,
		    struct sack_news *n)
{
	const struct tcp_seg_note *note = seg_note(seg);

	if (!note->sent)
		return;
	if (!(note->tags & SEG_EVER)) {
		if (!n->first || note->sent < n->first)
			n->first = note->sent;
		if (n->any_sacked && TCP_SEQ_LT(seg_seq(seg), n->highest))
			n->reordered = true;
	} else if (n->now - note->sent < n->min_rtt) {
		/* It is what was sent before that arrived. */
		return;
	}
	if (after(note->sent, end, n->last_sent, n->last_end)) {
		n->last_sent = note->sent;
		n->last_end = end;
	}
}

/* Offset of to in seg, in whole parts of the MSS. */
static uint32_t whole(const struct tcp_pcb *pcb, const struct tcp_seg *seg,
		      uint32_t to, bool up)
{
	uint32_t n = to - seg_seq(seg);

	return (up ? n + pcb->mss - 1 : n) / pcb->mss * pcb->mss;
}

bool sack_block(struct tcp_pcb *pcb, const struct sack_block *b,
		struct sack_news *n)
{
	struct tcp_seg *seg = pcb->unacked;

	if (!TCP_SEQ_LT(b->left, b->right) || TCP_SEQ_LT(b->left, n->ack) ||
	    TCP_SEQ_GT(b->right, pcb->snd_nxt))
		return false;
	for (; seg && TCP_SEQ_LT(seg_seq(seg), b->right); seg = seg->next) {
		struct tcp_seg_note *note = seg_note(seg);
		uint32_t cut = 0;

		if (TCP_SEQ_LEQ(seg_end(seg), b->left) ||
		    note->tags & SEG_SACKED)
			continue;
		if (TCP_SEQ_LT(seg_seq(seg), b->left)) {
			/* The rest is the next to be looked at. */
			cut = whole(pcb, seg, b->left, true);
			if (cut < seg->len)
				tcp_segment_cut(pcb, seg, cut);
			continue;
		}
		if (TCP_SEQ_GT(seg_end(seg), b->right)) {
			cut = whole(pcb, seg, b->right, false);
			if (!cut || cut >= seg->len ||
			    tcp_segment_cut(pcb, seg, cut) != ERR_OK)
				break;
		}
		arrived(seg, seg_end(seg), n);
		n->bytes += TCP_TCPLEN(seg);
		note->tags |= SEG_SACKED;
		note->tags &= (uint8_t) ~(SEG_LOST | SEG_AGAIN);
	}
	return true;
}

void sack_acked(struct tcp_pcb *pcb, struct sack_news *n)
{
	struct tcp_seg *seg = pcb->unacked;

	for (; seg && TCP_SEQ_LT(seg_seq(seg), n->ack); seg = seg->next) {
		uint32_t end = seg_end(seg);

		if (TCP_SEQ_GT(end, n->ack))
			end = n->ack;
		if (seg_note(seg)->tags & SEG_EVER)
			n->acked_again = true;
		if (seg_note(seg)->tags & SEG_SACKED)
			continue;
		arrived(seg, end, n);
		n->bytes += end - seg_seq(seg);
	}
}

struct sack_sums sack_sums(const struct tcp_pcb *pcb, uint32_t ack)
{
	struct sack_sums s = {.flight = pcb->snd_nxt - ack};

	for (const struct tcp_seg *seg = pcb->unacked; seg; seg = seg->next) {
		uint8_t tags = seg_note(seg)->tags;
		uint32_t from = seg_seq(seg), len;

		if (!(tags & (SEG_SACKED | SEG_LOST | SEG_AGAIN)) ||
		    TCP_SEQ_LEQ(seg_end(seg), ack))
			continue;
		s.tagged = true;
		if (TCP_SEQ_LT(from, ack))
			from = ack;
		len = seg_end(seg) - from;
		if (tags & SEG_SACKED)
			s.sacked += len;
		else if ((tags & (SEG_LOST | SEG_AGAIN)) == SEG_LOST)
			s.lost += len;
		else if ((tags & (SEG_LOST | SEG_AGAIN)) == SEG_AGAIN)
			s.again += len;
	}
	s.pipe = s.flight - MIN(s.flight, s.sacked + s.lost) + s.again;
	return s;
}

uint64_t sack_detect(struct tcp_pcb *pcb, uint32_t ack, uint64_t now,
		     uint64_t sent, uint32_t end, uint64_t rtt, uint64_t reo,
		     bool *lost)
{
	uint64_t wait = 0;

	for (struct tcp_seg *seg = pcb->unacked; seg; seg = seg->next) {
		struct tcp_seg_note *note = seg_note(seg);
		uint64_t due = note->sent + rtt + reo;

		if (note->tags & SEG_SACKED ||
		    (note->tags & (SEG_LOST | SEG_AGAIN)) == SEG_LOST ||
		    TCP_SEQ_LEQ(seg_end(seg), ack) ||
		    !after(sent, end, note->sent, seg_end(seg)))
			continue;
		if (due <= now) {
			note->tags |= SEG_LOST;
			note->tags &= (uint8_t)~SEG_AGAIN;
			*lost = true;
		} else {
			wait = MAX(wait, due - now);
		}
	}
	return wait;
}

void sack_all_lost(struct tcp_pcb *pcb)
{
	/* RFC 2018, 8: it may have dropped what it told of; a first segment
	 * that it has would have been acknowledged. */
	bool reneged =
		pcb->unacked && seg_note(pcb->unacked)->tags & SEG_SACKED;

	for (struct tcp_seg *seg = pcb->unacked; seg; seg = seg->next) {
		struct tcp_seg_note *note = seg_note(seg);

		if (reneged)
			note->tags &= (uint8_t)~SEG_SACKED;
		if (note->tags & SEG_SACKED)
			continue;
		note->tags |= SEG_LOST;
		note->tags &= (uint8_t)~SEG_AGAIN;
	}
}
