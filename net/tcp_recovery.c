/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_recovery.c: recovery from loss (tcp_recovery.h).
 *
 * Loss is found by time (RFC 8985) where the peer tells what it has (RFC 2018),
 * by duplicates where it does not (RFC 6582). The window (tcp_cwnd.c) is
 * restored when the peer says that nothing had been lost (RFC 2883, 3708).
 *
 * lwIP asks through its hook before it looks at a segment (hooks.h), and sends
 * through tcp_output.c; lost segments stay in pcb->unacked until they are sent
 * again.
 */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <hooks.h>
#include "tcp_recovery.h"
#include "tcp_segment.h"

#define DUPS 3 /* RFC 5681's DupThresh */
/* RFC 8985, 6.2: recoveries for which a wider window is kept. */
#define REORDER_KEEP 16
#define REORDER_MIN  1000000ULL

void tcp_recovery_born(struct tcp_pcb *pcb)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	r->pcb = pcb;
	r->reorder_steps = 1;
	list_init(&r->link);
	list_init(&r->room_link);
}

void tcp_recovery_gone(struct tcp_pcb *pcb)
{
	list_del(&tcp_recovery(pcb)->link);
	list_del(&tcp_recovery(pcb)->room_link);
}

static bool has_sack(const struct tcp_pcb *pcb)
{
	return pcb->flags & TF_SACK;
}

void tcp_recovery_sending(struct tcp_pcb *pcb)
{
	uint64_t now = plat_monotonic_ns();

	tcp_recovery(pcb)->last_sent = now;
	for (struct tcp_seg *seg = pcb->unsent; seg; seg = seg->next)
		seg_note(seg)->sent = now;
}

void tcp_recovery_sent(struct tcp_pcb *pcb, uint32_t before)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	if (pcb->snd_nxt == before || pcb->state < ESTABLISHED)
		return;
	r->prr_out += pcb->snd_nxt - before;
	/* Before there was at most something to retry. */
	if (!r->rto_at || before == pcb->lastack)
		tcp_rto_restart(r, r->last_sent);
	tcp_rto_plan_probe(r, r->last_sent);
	tcp_rto_plan(r);
}

/* Sending again. */

/* May seg be sent again, beside pipe bytes? Then it is as long as fits. */
static bool fits(struct tcp_pcb *pcb, struct tcp_seg *seg, uint32_t pipe)
{
	uint32_t cwnd = tcp_recovery(pcb)->cwnd, room, mss = pcb->mss;

	/* Only the first may go where the peer takes nothing any more. */
	if (seg != pcb->unacked && seg_end(seg) - pcb->lastack > pcb->snd_wnd)
		return false;
	room = cwnd > pipe ? cwnd - pipe : 0;
	if (room < MIN(mss, seg->len) && pipe)
		return false;
	/* Each has an urgent pointer of its own. */
	room = tcp_recovery(pcb)->urgent ? mss : MAX(room / mss, 1u) * mss;
	return seg->len <= room || tcp_segment_cut(pcb, seg, room) == ERR_OK;
}

/* A segment that the device has not sent yet is not lost. */
static bool busy(const struct tcp_seg *seg)
{
	return seg->p->ref != 1;
}

/* Lost, and not sent again yet. */
static bool is_lost(const struct tcp_seg *seg)
{
	return (seg_note(seg)->tags & (SEG_LOST | SEG_AGAIN)) == SEG_LOST;
}

/* Send the segment at *at again. */
static bool again(struct tcp_pcb *pcb, struct tcp_seg **at)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	struct tcp_seg *seg = *at;
	uint64_t now = plat_monotonic_ns();

	*at = seg->next;
	if (!tcp_output_again(pcb, seg)) {
		seg->next = *at;
		*at = seg;
		return false;
	}
	seg_note(seg)->sent = r->last_sent = now;
	seg_note(seg)->tags |= SEG_AGAIN | SEG_EVER;
	r->marked = true;
	tcp_rto_restart(r, now);
	return true;
}

void tcp_recovery_repeat(struct tcp_pcb *pcb)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	struct tcp_seg **at = &pcb->unacked, *seg;
	uint32_t pipe;

	if (!r->marked || pcb->state < ESTABLISHED)
		return;
	pipe = tcp_cwnd_pipe(pcb, pcb->lastack);
	for (; (seg = *at); at = &seg->next) {
		if (!is_lost(seg) || busy(seg))
			continue;
		if (!fits(pcb, seg, pipe) || !again(pcb, at))
			break;
		pipe += TCP_TCPLEN(seg);
		r->prr_out += TCP_TCPLEN(seg);
		r->undo_bytes += TCP_TCPLEN(seg);
		r->undo_sent = true;
	}
	tcp_rto_plan(r);
}

/* RFC 8985, 7.3: the last segment, since nothing tells of a loss at the end. */
void tcp_recovery_probe(struct tcp_pcb *pcb)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	struct tcp_seg **at = &pcb->unacked;

	while ((*at)->next)
		at = &(*at)->next;
	if (busy(*at))
		return;
	if ((*at)->len > pcb->mss) {
		unsigned int n = ((*at)->len - 1) / pcb->mss * pcb->mss;

		if (tcp_segment_cut(pcb, *at, n) != ERR_OK)
			return;
		at = &(*at)->next;
	}
	if (!again(pcb, at))
		return;
	r->probing = true;
	r->probe_end = pcb->snd_nxt;
}

/* States. */

/* A recovery begins, which may prove to be for nothing. */
static void begin(struct tcp_pcb *pcb, uint8_t state, uint32_t ack)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	if (r->state == RECOVERY_NONE ||
	    (r->state == RECOVERY_SLOW && TCP_SEQ_GEQ(ack, r->high))) {
		r->undo_cwnd = r->cwnd;
		r->undo_ssthresh = pcb->ssthresh;
		pcb->ssthresh = tcp_cwnd_half(pcb);
		if (r->reorder_keep && !--r->reorder_keep)
			r->reorder_steps = 1;
	}
	r->undo = true;
	r->undo_sent = false;
	r->undo_bytes = 0;
	r->undo_from = ack;
	r->prr_flight = r->cwnd;
	r->prr_delivered = r->prr_out = 0;
	r->high = pcb->snd_nxt;
	r->high_valid = true;
	r->state = state;
	r->probing = false;
	r->probe_at = 0;
	r->grown = 0;
}

static void end(struct tcp_pcb *pcb, struct tcp_recovery *r)
{
	if (r->state == RECOVERY_FAST)
		r->cwnd = pcb->ssthresh;
	r->state = RECOVERY_NONE;
	r->dups = 0;
	r->dup_bytes = 0;
}

/* All that was sent again came twice: it had only been late. */
static void undo(struct tcp_pcb *pcb, struct tcp_recovery *r)
{
	if (r->state != RECOVERY_NONE)
		end(pcb, r);
	r->cwnd = MAX(r->cwnd, r->undo_cwnd);
	pcb->ssthresh = MAX(pcb->ssthresh, r->undo_ssthresh);
	r->undo = false;
	r->reordering = true;
}

/* Finding loss. */

/* RFC 8985, 6.2: how long to wait for what may only be late. */
static uint64_t patience(const struct tcp_pcb *pcb,
			 const struct tcp_recovery *r, uint32_t sacked)
{
	if (!r->reordering &&
	    (r->state != RECOVERY_NONE || sacked >= DUPS * (uint32_t)pcb->mss))
		return 0;
	return MIN(r->min_rtt / 4 * r->reorder_steps, r->srtt);
}

static bool detect(struct tcp_pcb *pcb, uint32_t ack, uint64_t now)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	struct sack_sums s = sack_sums(pcb, ack);
	bool lost = false;
	uint64_t wait;

	r->reorder_at = 0;
	if (!r->rack_sent)
		return false;
	wait = sack_detect(pcb, ack, now, r->rack_sent, r->rack_end,
			   r->rack_rtt, patience(pcb, r, s.sacked), &lost);
	if (wait)
		r->reorder_at = now + MAX(wait, REORDER_MIN);
	return lost;
}

/* The first segment, or what is first on the wire of it. */
static bool first_lost(struct tcp_pcb *pcb, uint32_t ack)
{
	struct tcp_seg *seg = pcb->unacked;

	while (seg && TCP_SEQ_LEQ(seg_end(seg), ack))
		seg = seg->next;
	if (!seg || seg_note(seg)->tags & (SEG_LOST | SEG_AGAIN))
		return false;
	if (seg->len > pcb->mss) {
		uint32_t n = (ack - seg_seq(seg)) / pcb->mss * pcb->mss;

		/* Only its rest is lost; it may begin with what is not. */
		if ((int32_t)n > 0 && tcp_segment_cut(pcb, seg, n) == ERR_OK)
			seg = seg->next;
		if (seg->len > pcb->mss)
			tcp_segment_cut(pcb, seg, pcb->mss);
	}
	seg_note(seg)->tags |= SEG_LOST;
	return tcp_recovery(pcb)->marked = true;
}

/* RFC 5681, 3.2, and 6582, for who does not tell what arrived: n->bytes is then
 * what it seems to be. */
static bool count_duplicates(struct tcp_pcb *pcb, struct sack_news *n,
			     bool duplicate)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	uint32_t acked = n->ack - pcb->lastack;
	bool progress = acked, whole;

	if (duplicate && r->state != RECOVERY_SLOW) {
		uint32_t flight = pcb->snd_nxt - n->ack;

		r->dup_bytes = MIN(r->dup_bytes + pcb->mss, flight);
		n->bytes = pcb->mss;
		if (r->dups < UINT8_MAX)
			r->dups++;
		/* What was sent twice gives duplicates too. */
		return r->dups == DUPS && r->state == RECOVERY_NONE &&
		       !(r->high_valid && n->ack == r->high) &&
		       first_lost(pcb, n->ack);
	}
	if (!progress)
		return false;
	whole = r->state == RECOVERY_NONE || TCP_SEQ_GEQ(n->ack, r->high);
	r->dups = 0;
	/* One segment filled the hole; the rest had arrived before. */
	acked -= MIN(acked, (uint32_t)pcb->mss);
	r->dup_bytes = whole ? 0 : r->dup_bytes - MIN(r->dup_bytes, acked);
	return r->state == RECOVERY_FAST && !whole && first_lost(pcb, n->ack);
}

/* RFC 2883: the peer has something twice. */
static void came_twice(struct tcp_pcb *pcb, const struct sack_block *b,
		       uint32_t ack)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	if (!r->undo || !r->undo_bytes || TCP_SEQ_LEQ(b->right, r->undo_from))
		return;
	r->undo_bytes -= MIN(r->undo_bytes, b->right - b->left);
	if (r->reordering && TCP_SEQ_GEQ(ack, r->reorder_round)) {
		r->reorder_round = pcb->snd_nxt;
		r->reorder_keep = REORDER_KEEP;
		if (r->reorder_steps < UINT8_MAX)
			r->reorder_steps++;
	}
}

/* RFC 8985, 7.4: was what the probe repeated lost? */
static void judge_probe(struct tcp_pcb *pcb, uint32_t ack, bool twice,
			bool duplicate)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	if (!r->probing || TCP_SEQ_LT(ack, r->probe_end))
		return;
	if (twice || duplicate) {
		r->probing = false;
	} else if (TCP_SEQ_GT(ack, r->probe_end)) {
		r->probing = false;
		pcb->ssthresh = r->cwnd = tcp_cwnd_half(pcb);
	}
}

static void learn(struct tcp_pcb *pcb, const struct sack_news *n, bool progress)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	if (n->first && !(progress && n->acked_again))
		tcp_rto_sample(r, n->now - n->first);
	if (n->reordered)
		r->reordering = true;
	if (n->last_sent > r->rack_sent ||
	    (n->last_sent == r->rack_sent &&
	     TCP_SEQ_GT(n->last_end, r->rack_end))) {
		r->rack_sent = n->last_sent;
		r->rack_end = n->last_end;
		r->rack_rtt = n->now - n->last_sent;
	}
}

static void note_blocks(struct tcp_pcb *pcb, const struct sack_block *b,
			unsigned int nr, struct sack_news *n)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	for (; nr; nr--, b++) {
		if (!sack_block(pcb, b, n))
			continue;
		if (!r->any_sacked || TCP_SEQ_GT(b->right, r->highest))
			r->highest = b->right;
		r->any_sacked = r->marked = true;
	}
}

static void plan(struct tcp_pcb *pcb, uint32_t ack, uint64_t now, bool progress)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	struct sack_sums s;

	if (r->marked) {
		s = sack_sums(pcb, ack);
		r->marked = s.tagged;
		r->any_sacked = s.sacked;
	}
	if (ack == pcb->snd_nxt) {
		tcp_rto_stop(r);
		return;
	}
	if (progress)
		tcp_rto_restart(r, now);
	tcp_rto_plan_probe(r, now);
	tcp_rto_plan(r);
}

/* An acknowledgement of what is under way. duplicate: nothing else is in it. */
static void acknowledged(struct tcp_pcb *pcb, uint32_t ack,
			 const struct sack_block *b, unsigned int nr,
			 bool duplicate)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	struct sack_news n = {.now = plat_monotonic_ns(),
			      .min_rtt = r->min_rtt,
			      .ack = ack,
			      .any_sacked = r->any_sacked,
			      .highest = r->highest};
	uint32_t acked = ack - pcb->lastack;
	uint32_t flight = pcb->snd_nxt - pcb->lastack;
	bool twice = sack_is_duplicate(b, nr, ack), lost;

	tcp_recovery_cwnd(pcb);
	if (acked)
		pcb->nrtx = 0;
	if (unlikely(r->urgent) && TCP_SEQ_GEQ(ack, r->urgent_end))
		r->urgent = false;
	if (twice)
		came_twice(pcb, b, ack);
	note_blocks(pcb, b + twice, nr - twice, &n);
	sack_acked(pcb, &n);
	learn(pcb, &n, acked);
	if (has_sack(pcb))
		lost = r->marked && detect(pcb, ack, n.now);
	else
		lost = count_duplicates(pcb, &n, duplicate && !acked);
	judge_probe(pcb, ack, twice, duplicate && !acked && !n.bytes);
	if (r->state != RECOVERY_NONE && TCP_SEQ_GEQ(ack, r->high)) {
		end(pcb, r);
		lost |= r->marked && sack_sums(pcb, ack).lost;
	}
	if (r->undo && r->undo_sent && !r->undo_bytes)
		undo(pcb, r);
	if (lost && r->state == RECOVERY_NONE)
		begin(pcb, RECOVERY_FAST, ack);
	if (r->state == RECOVERY_FAST)
		tcp_cwnd_reduce(pcb, ack, n.bytes, acked && !lost);
	else if (acked)
		tcp_cwnd_grow(pcb, acked, flight);
	/* The socket hears of what is acknowledged from lwIP. */
	r->room = !acked && n.bytes;
	plan(pcb, ack, n.now, acked);
}

/* The handshake's round trip, if nothing was repeated. */
static void first_sample(struct tcp_pcb *pcb, uint32_t ack)
{
	const struct tcp_seg *syn = pcb->unacked;

	if (syn && ack == pcb->snd_nxt && !pcb->nrtx && seg_note(syn)->sent)
		tcp_rto_sample(tcp_recovery(pcb),
			       plat_monotonic_ns() - seg_note(syn)->sent);
}

err_t net_tcp_input(struct tcp_pcb *pcb, const struct tcp_hdr *h, uint16_t len,
		    uint16_t len1, const uint8_t *rest, const struct pbuf *p)
{
	uint8_t flags = TCPH_FLAGS(h), options[40];
	struct sack_block blocks[SACK_BLOCKS];
	unsigned int nr = 0;

	if (pcb->state == LISTEN || pcb->state == TIME_WAIT ||
	    !(flags & TCP_ACK) || flags & TCP_RST)
		return ERR_OK;
	if (unlikely(flags & TCP_URG || tcp_recovery(pcb)->urgent_awaited))
		tcp_urgent_in(pcb, h, p);
	if (pcb->state < ESTABLISHED) {
		first_sample(pcb, h->ackno);
		return ERR_OK;
	}
	/* lwIP's count of duplicates would do something. */
	pcb->dupacks = 0;
	if (flags & TCP_SYN || pcb->snd_nxt == pcb->lastack ||
	    TCP_SEQ_LT(h->ackno, pcb->lastack) ||
	    TCP_SEQ_GT(h->ackno, pcb->snd_nxt))
		return ERR_OK;
	if (unlikely(len && has_sack(pcb))) {
		len = MIN(len, sizeof(options));
		len1 = MIN(len, len1);
		memcpy(options, h + 1, len1);
		if (len > len1)
			memcpy(options + len1, rest, len - len1);
		nr = sack_parse(options, len, blocks);
	}
	acknowledged(pcb, h->ackno, blocks, nr,
		     !p->tot_len && !(flags & TCP_FIN) &&
			     (uint32_t)h->wnd << pcb->snd_scale ==
				     pcb->snd_wnd);
	return ERR_OK;
}

/* What is due. */

void tcp_recovery_reordered(struct tcp_pcb *pcb, uint64_t now)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	if (detect(pcb, pcb->lastack, now)) {
		if (r->state == RECOVERY_NONE)
			begin(pcb, RECOVERY_FAST, pcb->lastack);
		if (r->state == RECOVERY_FAST)
			tcp_cwnd_reduce(pcb, pcb->lastack, 0, false);
	}
	tcp_output(pcb);
	tcp_rto_plan(r);
}

/* RFC 6298, 5.4 to 5.6. */
void tcp_recovery_timeout(struct tcp_pcb *pcb)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	/* Nor does it say anything that the device has no room for what is
	 * lost: it is sent when there is some. */
	if (busy(pcb->unacked) ||
	    (tcp_waits_for_room(pcb) && is_lost(pcb->unacked)))
		return;
	tcp_recovery_cwnd(pcb);
	begin(pcb, RECOVERY_SLOW, pcb->lastack);
	r->cwnd = pcb->mss;
	r->dups = 0;
	r->dup_bytes = 0;
	r->reorder_at = 0;
	r->marked = true;
	sack_all_lost(pcb);
	tcp_output(pcb);
	/* Linux does not count it either if the device has no room. */
	if (!tcp_waits_for_room(pcb) && pcb->nrtx < UINT8_MAX)
		pcb->nrtx++;
}
