/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_sack.h: which of the segments under way have arrived, and which are lost
 * (tcp_sack.c): a scoreboard as in RFC 6675, on the segments themselves.
 *
 * Each of lwIP's segments has a note, which lies in front of it (memp.c).
 * Kernel context; nothing blocks. Times are plat_monotonic_ns(); sequence
 * numbers wrap.
 */
#ifndef NET_TCP_SACK_H
#define NET_TCP_SACK_H

#include <lwip/priv/tcp_priv.h>
#include <posixen/types.h>

/* What is known of a segment in pcb->unacked. */
enum {
	SEG_SACKED = 1, /* the peer has it */
	SEG_LOST = 2,	/* it does not arrive any more */
	SEG_AGAIN = 4,	/* it is under way once more */
	SEG_EVER = 8,	/* it was sent more than once */
};

struct tcp_seg_note {
	uint64_t sent; /* when it was last; 0: never */
	uint8_t tags;
};

/* For memp.c: what stands in front of a segment. */
#define TCP_SEG_ROOM 16

static inline struct tcp_seg_note *seg_note(const struct tcp_seg *seg)
{
	return (struct tcp_seg_note *)((char *)seg - TCP_SEG_ROOM);
}

static inline uint32_t seg_seq(const struct tcp_seg *seg)
{
	return lwip_ntohl(seg->tcphdr->seqno);
}

/* SYN and FIN count. */
static inline uint32_t seg_end(const struct tcp_seg *seg)
{
	return seg_seq(seg) + TCP_TCPLEN(seg);
}

struct sack_block {
	uint32_t left, right;
};

#define SACK_BLOCKS 4 /* that fit in a header */

/* The blocks in the options of a segment, len bytes, as RFC 2018 writes them;
 * how many there are. Sense they need not make. */
unsigned int sack_parse(const uint8_t *options, unsigned int len,
			struct sack_block blocks[SACK_BLOCKS]);
/* RFC 2883: does the first block tell of something that came twice? ack is the
 * acknowledgement beside it. */
bool sack_is_duplicate(const struct sack_block *b, unsigned int nr,
		       uint32_t ack);

/* What an acknowledgement brings. */
struct sack_news {
	uint64_t now;
	uint64_t min_rtt; /* ns: a repetition is not acknowledged sooner */
	uint32_t ack;
	bool any_sacked; /* before it; up to: */
	uint32_t highest;
	/* Found: */
	uint32_t bytes;	    /* that arrived */
	bool reordered;	    /* what was never repeated came after later ones */
	bool acked_again;   /* something acknowledged had been repeated */
	uint64_t first;	    /* the first sent of the never repeated; 0 */
	uint64_t last_sent; /* the last sent of all, RFC 8985's RACK.xmit_ts */
	uint32_t last_end;
};

/* Note what a block tells. Long segments are cut where it ends inside of one,
 * in units of the MSS; what is not whole is not noted. Blocks that lie outside
 * of what is under way are left alone: false. */
bool sack_block(struct tcp_pcb *pcb, const struct sack_block *b,
		struct sack_news *n);
/* Note what n->ack acknowledges; lwIP removes it after that. */
void sack_acked(struct tcp_pcb *pcb, struct sack_news *n);

/* Bytes under way, from ack on, by what is known of them. */
struct sack_sums {
	uint32_t flight, sacked;
	uint32_t lost;	/* and not sent again */
	uint32_t again; /* sent again, beyond being counted once */
	/* What has to be thought to be in the network: RFC 6675's pipe. */
	uint32_t pipe;
	bool tagged; /* of any of them something is known */
};

struct sack_sums sack_sums(const struct tcp_pcb *pcb, uint32_t ack);

/* Mark as lost what was sent so long before (sent, end) that it should have
 * arrived with it: more than reo ns, and the round trip rtt is over (RFC 8985,
 * 6.2). How long until the next would be, ns; 0: there is none. *lost: one
 * was marked. */
uint64_t sack_detect(struct tcp_pcb *pcb, uint32_t ack, uint64_t now,
		     uint64_t sent, uint32_t end, uint64_t rtt, uint64_t reo,
		     bool *lost);
/* Mark everything that is not known to have arrived as lost: RFC 6298. */
void sack_all_lost(struct tcp_pcb *pcb);

#endif
