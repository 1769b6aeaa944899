/* SPDX-License-Identifier: BSD-2-Clause */
/* The scoreboard: what is marked, lost and counted, where sequence numbers wrap
 * and segments are longer than the MSS; and round trips. */
#include <stdlib.h>
#include <string.h>
#include <posixen/types.h>
#include "../../../net/tcp_recovery.h"
#include "../../../net/tcp_segment.h"
#include "net.h"

#define MSS 1000u
#define MS  1000000ull

static _Alignas(4096) uint8_t data[4096];

/* nr segments of len bytes from seq on are under way, sent at 1, 2, ... ms. */
static struct tcp_pcb *sent(uint32_t seq, unsigned int nr, unsigned int len)
{
	struct tcp_pcb *p = tcp_new();
	struct tcp_seg **at = &p->unacked;

	p->state = ESTABLISHED;
	p->mss = MSS;
	p->lastack = p->snd_nxt = seq;
	p->snd_wnd = 1 << 20;
	for (unsigned int i = 0; i < nr; i++) {
		struct tcp_seg *seg = tcp_segment_new(p, p->snd_nxt, TCP_ACK);
		struct pbuf *end = seg->p;

		for (unsigned int n = 0; n < len; n += MIN(len - n, 4096u))
			tcp_segment_add(seg, &end, data, MIN(len - n, 4096u));
		seg_note(seg)->sent = (i + 1) * MS;
		p->snd_nxt += len;
		p->snd_queuelen += pbuf_clen(seg->p);
		*at = seg;
		at = &seg->next;
	}
	return p;
}

static void drop(struct tcp_pcb *p)
{
	tcp_segs_free(p->unacked);
	p->unacked = NULL;
	p->state = CLOSED;
	tcp_close(p);
}

static struct sack_news news(const struct tcp_pcb *p, uint32_t ack)
{
	return (struct sack_news){.now = 100 * MS, .ack = ack};
}

static unsigned int tags(const struct tcp_pcb *p, unsigned int i)
{
	const struct tcp_seg *seg = p->unacked;

	while (i--)
		seg = seg->next;
	return seg_note(seg)->tags;
}

static unsigned int count(const struct tcp_pcb *p)
{
	unsigned int n = 0;

	for (const struct tcp_seg *seg = p->unacked; seg; seg = seg->next)
		n++;
	return n;
}

static void parses(void)
{
	static const uint8_t two[] = {1,    1, 5, 18, 0xff, 0xff, 0xff,
				      0xfe, 0, 0, 0,  2,    0,	  0,
				      1,    0, 0, 0,  2,    0};
	static const uint8_t bad[] = {5, 10, 0, 0, 0, 1, 0, 0, 0};
	static const uint8_t empty[] = {5, 2, 0, 5, 10};
	static const uint8_t zero[] = {8, 0, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2};
	struct sack_block b[SACK_BLOCKS];

	CHECK(sack_parse(two, sizeof(two), b) == 2);
	CHECK(b[0].left == 0xfffffffe && b[0].right == 2);
	CHECK(b[1].left == 0x100 && b[1].right == 0x200);
	for (unsigned int n = 0; n < sizeof(two); n++)
		CHECK(sack_parse(two, n, b) == 0);
	CHECK(sack_parse(bad, sizeof(bad), b) == 0);
	CHECK(sack_parse(empty, sizeof(empty), b) == 0);
	CHECK(sack_parse(zero, sizeof(zero), b) == 0);
}

static void duplicates(void)
{
	struct sack_block b[2] = {{0xffffff00, 0x100}, {0xfffffe00, 0x200}};

	CHECK(sack_is_duplicate(b, 1, 0x100));
	CHECK(!sack_is_duplicate(b, 1, 0xff));
	CHECK(sack_is_duplicate(b, 2, 0xfffffd00));
	CHECK(!sack_is_duplicate(b + 1, 1, 0xfffffd00));
	CHECK(!sack_is_duplicate(b, 0, 0x100));
	b[0] = (struct sack_block){0x100, 0xffffff00};
	CHECK(!sack_is_duplicate(b, 1, 0x200));
}

static void marks(uint32_t seq)
{
	struct tcp_pcb *p = sent(seq, 8, MSS);
	struct sack_news n = news(p, seq);
	struct sack_block b = {seq + 2 * MSS, seq + 4 * MSS};
	struct sack_sums s;

	CHECK(sack_block(p, &b, &n) && n.bytes == 2 * MSS && !n.reordered);
	CHECK(n.first == 3 * MS && n.last_sent == 4 * MS);
	CHECK(n.last_end == seq + 4 * MSS);
	CHECK(!tags(p, 1) && tags(p, 2) == SEG_SACKED && !tags(p, 4));
	/* The same once more is no news. */
	CHECK(sack_block(p, &b, &n) && n.bytes == 2 * MSS);
	/* Not all of a segment is none of it. */
	b = (struct sack_block){seq + 5 * MSS + 1, seq + 7 * MSS - 1};
	CHECK(sack_block(p, &b, &n) && n.bytes == 2 * MSS && count(p) == 8);
	/* What is not under way. */
	b = (struct sack_block){seq + 6 * MSS, seq + 8 * MSS + 1};
	CHECK(!sack_block(p, &b, &n));
	b = (struct sack_block){seq - 1, seq + MSS};
	CHECK(!sack_block(p, &b, &n));
	b = (struct sack_block){seq + 3 * MSS, seq + 2 * MSS};
	CHECK(!sack_block(p, &b, &n));
	b = (struct sack_block){seq + MSS, seq + MSS};
	CHECK(!sack_block(p, &b, &n) && n.bytes == 2 * MSS);

	s = sack_sums(p, seq);
	CHECK(s.flight == 8 * MSS && s.sacked == 2 * MSS && !s.lost);
	CHECK(s.pipe == 6 * MSS && s.tagged);
	sack_all_lost(p);
	s = sack_sums(p, seq);
	CHECK(s.sacked == 2 * MSS && s.lost == 6 * MSS && !s.pipe);
	seg_note(p->unacked)->tags |= SEG_AGAIN | SEG_EVER;
	s = sack_sums(p, seq);
	CHECK(s.lost == 5 * MSS && s.pipe == MSS && !s.again);
	/* From within the first on. */
	s = sack_sums(p, seq + 400);
	CHECK(s.flight == 8 * MSS - 400 && s.pipe == MSS - 400);

	/* It fills the hole, too late to say how long it took. */
	n = news(p, seq + 5 * MSS);
	n.any_sacked = true;
	n.highest = seq + 4 * MSS;
	n.min_rtt = 100 * MS;
	sack_acked(p, &n);
	CHECK(n.bytes == 3 * MSS && n.acked_again && n.reordered);
	CHECK(n.first == 2 * MS && n.last_sent == 5 * MS);
	drop(p);
}

/* Blocks end within segments of many. */
static void cuts(uint32_t seq)
{
	struct tcp_pcb *p = sent(seq, 2, 10 * MSS);
	struct sack_news n = news(p, seq);
	struct sack_block b = {seq + 2 * MSS, seq + 5 * MSS};
	struct sack_sums s;

	CHECK(sack_block(p, &b, &n) && n.bytes == 3 * MSS && count(p) == 4);
	CHECK(!tags(p, 0) && tags(p, 1) == SEG_SACKED && !tags(p, 2));
	CHECK(n.first == 1 * MS);
	/* Over the end of one; whole parts of the MSS only. */
	b = (struct sack_block){seq + 8 * MSS - 1, seq + 12 * MSS + 1};
	CHECK(sack_block(p, &b, &n) && n.bytes == 7 * MSS && count(p) == 6);
	b = (struct sack_block){seq + 15 * MSS + 1, seq + 16 * MSS};
	CHECK(sack_block(p, &b, &n) && n.bytes == 7 * MSS);
	s = sack_sums(p, seq);
	CHECK(s.sacked == 7 * MSS && s.pipe == 13 * MSS);
	drop(p);
}

static void detects(uint32_t seq)
{
	struct tcp_pcb *p = sent(seq, 6, MSS);
	struct sack_news n = news(p, seq);
	struct sack_block b = {seq + 4 * MSS, seq + 5 * MSS};
	bool lost = false;

	/* The fifth arrived, 20 ms after it was sent. */
	n.now = 25 * MS;
	CHECK(sack_block(p, &b, &n));
	/* With 18 ms of patience: all were sent too lately. */
	CHECK(sack_detect(p, seq, n.now, n.last_sent, n.last_end, 20 * MS,
			  18 * MS, &lost) == 17 * MS);
	CHECK(!lost);
	/* With 2: the first two are lost, the fourth in 1 ms. */
	CHECK(sack_detect(p, seq, n.now, n.last_sent, n.last_end, 20 * MS,
			  2 * MS, &lost) == 1 * MS);
	CHECK(lost && tags(p, 1) == SEG_LOST && tags(p, 2) == SEG_LOST);
	CHECK(!tags(p, 3) && !tags(p, 5));
	/* The first again, and lost again: what was sent later arrived. */
	seg_note(p->unacked)->tags |= SEG_AGAIN;
	seg_note(p->unacked)->sent = 25 * MS;
	lost = false;
	CHECK(!sack_detect(p, seq, 60 * MS, 5 * MS, n.last_end, 20 * MS, 0,
			   &lost));
	CHECK(lost && tags(p, 0) == (SEG_LOST | SEG_AGAIN));
	CHECK(tags(p, 3) == SEG_LOST && !tags(p, 5));
	sack_detect(p, seq, 60 * MS, 26 * MS, n.last_end, 20 * MS, 0, &lost);
	CHECK(tags(p, 0) == SEG_LOST && tags(p, 5) == SEG_LOST);
	drop(p);
}

/* Whoever has the first segment, but does not acknowledge it, may have dropped
 * all (RFC 2018). */
static void reneges(void)
{
	struct tcp_pcb *p = sent(0xfffffff0, 3, MSS);

	seg_note(p->unacked)->tags = SEG_SACKED;
	seg_note(p->unacked->next)->tags = SEG_SACKED;
	sack_all_lost(p);
	CHECK(tags(p, 0) == SEG_LOST && tags(p, 1) == SEG_LOST);
	drop(p);
}

static void round_trips(void)
{
	struct tcp_pcb *p = sent(1, 1, MSS);
	struct tcp_recovery *r = tcp_recovery(p);

	tcp_rto_sample(r, 100 * MS);
	CHECK(r->srtt == 100 * MS && r->rttvar == 50 * MS);
	CHECK(r->rto == 300 * MS && tcp_rto_now(r) == 300 * MS);
	for (int i = 0; i < 200; i++)
		tcp_rto_sample(r, 100 * MS);
	CHECK(r->rto >= 300 * MS && r->rto < 301 * MS);
	p->nrtx = 2;
	CHECK(tcp_rto_now(r) == 4 * r->rto);
	p->nrtx = 200;
	CHECK(tcp_rto_now(r) == 120000 * MS);
	tcp_rto_sample(r, 20 * MS);
	CHECK(r->min_rtt == 20 * MS && r->srtt < 100 * MS);
	drop(p);
}

void test_recovery(void)
{
	static const uint32_t from[] = {1,	    0x7ffff800, 0xfffff000,
					0xfffff400, 0xffffffff, 0};

	parses();
	duplicates();
	for (unsigned int i = 0; i < sizeof(from) / sizeof(*from); i++) {
		marks(from[i]);
		cuts(from[i]);
		detects(from[i]);
	}
	reneges();
	round_trips();
}
