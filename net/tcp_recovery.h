/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_recovery.h: what TCP has under way, and what it does about loss
 * (tcp_recovery.c), how much that is (tcp_cwnd.c), and when it stops to wait
 * (tcp_rto.c).
 *
 * lwIP's own congestion control is not used: pcb->cwnd is only how far what was
 * never sent may go, counted from what is acknowledged (tcp_recovery_window()),
 * set each time before lwIP sends; pcb->ssthresh is ours. The state of a
 * connection lies in front of its pcb (memp.c). Kernel context; nothing blocks.
 * Times are in nanoseconds.
 */
#ifndef NET_TCP_RECOVERY_H
#define NET_TCP_RECOVERY_H

#include <posixen/list.h>
#include "demux.h"
#include "tcp_sack.h"

enum tcp_recovery_state {
	RECOVERY_NONE,
	RECOVERY_FAST, /* RFC 6675 and 6582: some is lost, the rest arrives */
	RECOVERY_SLOW, /* after a time-out */
};

struct tcp_recovery {
	struct tcp_pcb *pcb;
	/* tcp_rto.c: in its list while anything is due; 0: it is not. */
	struct list link;
	/* tcp_output.c: in its list while it waits for room in a device. */
	struct list room_link;
	uint64_t reorder_at; /* what came late so far is lost (RFC 8985, 6.2) */
	uint64_t probe_at;   /* send the end once more (RFC 8985, 7) */
	uint64_t rto_at;     /* RFC 6298 */

	/* RFC 6298; srtt 0: nothing is known. */
	uint64_t srtt, rttvar, rto, min_rtt;

	uint32_t cwnd;	/* bytes; 0: not begun */
	uint32_t grown; /* acknowledged since cwnd last grew */
	uint8_t state;
	bool marked;	    /* some segments have tags */
	bool room;	    /* the socket may send more, and does not know */
	bool high_valid;    /* there was a recovery, up to high */
	uint32_t high;	    /* what was sent when it began */
	uint64_t last_sent; /* when something was */

	/* RFC 6937. */
	uint32_t prr_delivered, prr_out, prr_flight;

	/* Before the last recovery, should it turn out to have been for
	 * nothing: bytes sent again that did not come twice. */
	bool undo, undo_sent;
	uint32_t undo_cwnd, undo_ssthresh, undo_from, undo_bytes;

	/* RFC 8985: what was sent last of what arrived. */
	uint64_t rack_sent, rack_rtt;
	uint32_t rack_end;
	uint32_t highest; /* the end of what was SACKed */
	bool any_sacked;
	bool reordering;       /* the path has reordered */
	uint8_t reorder_steps; /* quarters of min_rtt that are waited for it */
	uint8_t reorder_keep;  /* so many recoveries */
	uint32_t reorder_round;

	/* RFC 8985, 7: probing until this is acknowledged. */
	bool probing;
	uint32_t probe_end;

	/* RFC 6582, without SACK. */
	uint8_t dups;
	uint32_t dup_bytes; /* that arrived somewhere, it seems */

	/* TCP_MAXSEG, 0: none. Here for tcp_output.c. */
	uint16_t maxseg;

	/* tcp_urgent.c: the byte before urgent_end is urgent, and is not
	 * acknowledged; and one is announced that has not come. */
	bool urgent, urgent_awaited;
	uint32_t urgent_end;
};

/* For memp.c: what stands in front of a pcb and its demux_node. */
#define TCP_RECOVERY_ROOM ALIGN_UP(sizeof(struct tcp_recovery), 16)

static inline struct tcp_recovery *tcp_recovery(const struct tcp_pcb *pcb)
{
	return (struct tcp_recovery *)((char *)pcb - DEMUX_ROOM -
				       TCP_RECOVERY_ROOM);
}

/* memp.c: a pcb's memory, all zero, begins and ends. */
void tcp_recovery_born(struct tcp_pcb *pcb);
void tcp_recovery_gone(struct tcp_pcb *pcb);

/* tcp_urgent.c: a segment came with URG, or an urgent byte is awaited; before
 * lwIP sees it. */
void tcp_urgent_in(struct tcp_pcb *pcb, const struct tcp_hdr *h,
		   const struct pbuf *p);

/* tcp_cwnd.c. Bytes that may be under way. */
uint32_t tcp_recovery_cwnd(const struct tcp_pcb *pcb);
/* How far data that was never sent may go, from pcb->lastack. */
uint32_t tcp_recovery_window(const struct tcp_pcb *pcb);
/* tcp_output.c: pcb->unsent is about to leave; something up to pcb->snd_nxt
 * left, where it was before when lwIP was asked. */
void tcp_recovery_sending(struct tcp_pcb *pcb);
void tcp_recovery_sent(struct tcp_pcb *pcb, uint32_t before);
/* Send again what is lost, as much as may be under way. */
void tcp_recovery_repeat(struct tcp_pcb *pcb);
/* tcp_output.c: send only seg, which is in none of pcb's lists, and put it into
 * pcb->unacked. False: it could not be sent. */
bool tcp_output_again(struct tcp_pcb *pcb, struct tcp_seg *seg);

/* tcp_cwnd.c. Bytes taken to be in the network, when ack is acknowledged. */
uint32_t tcp_cwnd_pipe(const struct tcp_pcb *pcb, uint32_t ack);
/* The window after a loss: RFC 5681, 3.1. */
uint32_t tcp_cwnd_half(const struct tcp_pcb *pcb);
/* In a recovery: delivered bytes more arrived; progress: the first of them in
 * order, and no loss was found. RFC 6937, in bytes. */
void tcp_cwnd_reduce(struct tcp_pcb *pcb, uint32_t ack, uint32_t delivered,
		     bool progress);
/* Out of one: acked bytes were acknowledged, of flight under way. */
void tcp_cwnd_grow(struct tcp_pcb *pcb, uint32_t acked, uint32_t flight);

/* tcp_output.c: let those send whom a full device refused, who waits longest
 * first, until *full. */
void tcp_output_refused(const bool *full);
static inline bool tcp_waits_for_room(const struct tcp_pcb *pcb)
{
	return !list_empty(&tcp_recovery(pcb)->room_link);
}

/* What is due in tcp_rto.c. */
void tcp_recovery_reordered(struct tcp_pcb *pcb, uint64_t now);
void tcp_recovery_probe(struct tcp_pcb *pcb);
void tcp_recovery_timeout(struct tcp_pcb *pcb);

/* tcp_rto.c: a round trip was measured. */
void tcp_rto_sample(struct tcp_recovery *r, uint64_t rtt);
/* The time-out runs from now on; what is due changed. */
void tcp_rto_restart(struct tcp_recovery *r, uint64_t now);
/* What could not be sent is tried again, should nothing else lead to it. */
void tcp_rto_retry(struct tcp_recovery *r);
/* Something new was sent, or acknowledged: probe for the last of it. */
void tcp_rto_plan_probe(struct tcp_recovery *r, uint64_t now);
void tcp_rto_plan(struct tcp_recovery *r);
void tcp_rto_stop(struct tcp_recovery *r);
/* The current time-out, backed off. */
uint64_t tcp_rto_now(const struct tcp_recovery *r);

#endif
