/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_cwnd.c: the congestion window (tcp_recovery.h).
 *
 * Reno's (RFC 5681, 6928), which is taken for full or not as on Linux, and
 * lowered in step with what arrives (RFC 6937).
 */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include "tcp_recovery.h"

#define CWND_MAX (1u << 30)

/* RFC 6928. */
static uint32_t initial_window(const struct tcp_pcb *pcb)
{
	uint32_t mss = pcb->mss;

	return MIN(10 * mss, MAX(2 * mss, 14600u));
}

/* What was learnt of the path is halved for each time-out of silence: RFC 2861,
 * tcp_slow_start_after_idle in tcp(7). */
static void after_idle(struct tcp_pcb *pcb, struct tcp_recovery *r)
{
	uint32_t least = initial_window(pcb);
	uint64_t idle;

	if (r->cwnd <= least || !r->last_sent)
		return;
	idle = (plat_monotonic_ns() - r->last_sent) / tcp_rto_now(r);
	if (!idle)
		return;
	pcb->ssthresh = MAX(pcb->ssthresh, r->cwnd / 4 * 3);
	r->cwnd = MAX(idle < 31 ? r->cwnd >> idle : 0, least);
	r->grown = 0;
	r->last_sent = 0;
}

uint32_t tcp_recovery_cwnd(const struct tcp_pcb *pcb)
{
	struct tcp_recovery *r = tcp_recovery(pcb);

	if (!r->cwnd && pcb->state >= ESTABLISHED)
		r->cwnd = initial_window(pcb);
	return r->cwnd;
}

uint32_t tcp_recovery_window(const struct tcp_pcb *pcb)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	uint32_t cwnd = tcp_recovery_cwnd(pcb), there;
	struct sack_sums s;

	if (pcb->state < ESTABLISHED)
		return pcb->cwnd;
	if (pcb->snd_nxt == pcb->lastack) {
		after_idle((struct tcp_pcb *)pcb, r);
		return r->cwnd;
	}
	if (!r->marked && !r->dup_bytes)
		return cwnd;
	s = sack_sums(pcb, pcb->lastack);
	/* What is lost goes first. */
	there = s.flight + s.again - s.sacked;
	there -= MIN(there, r->dup_bytes);
	return s.flight + (cwnd > there ? cwnd - there : 0);
}

uint32_t tcp_cwnd_pipe(const struct tcp_pcb *pcb, uint32_t ack)
{
	uint32_t pipe = sack_sums(pcb, ack).pipe;

	return pipe - MIN(pipe, tcp_recovery(pcb)->dup_bytes);
}

uint32_t tcp_cwnd_half(const struct tcp_pcb *pcb)
{
	return MAX(tcp_recovery(pcb)->cwnd / 2, 2u * pcb->mss);
}

void tcp_cwnd_reduce(struct tcp_pcb *pcb, uint32_t ack, uint32_t delivered,
		     bool progress)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	uint32_t pipe = tcp_cwnd_pipe(pcb, ack), target = pcb->ssthresh;
	int64_t n;

	r->prr_delivered += delivered;
	if (pipe > target) {
		n = (int64_t)(((uint64_t)target * r->prr_delivered +
			       r->prr_flight - 1) /
			      r->prr_flight) -
		    r->prr_out;
	} else {
		n = MAX((int64_t)r->prr_delivered - r->prr_out,
			(int64_t)delivered);
		if (progress)
			n += pcb->mss;
		n = MIN(n, (int64_t)target - pipe);
	}
	/* The first that is sent again goes at once. */
	n = MAX(n, r->prr_out ? 0 : (int64_t)pcb->mss);
	r->cwnd = pipe + (uint32_t)n;
}

void tcp_cwnd_grow(struct tcp_pcb *pcb, uint32_t acked, uint32_t flight)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	uint32_t mss = pcb->mss;
	bool slow = r->cwnd < pcb->ssthresh;

	/* A window that is not filled says nothing of the path. */
	if (r->state == RECOVERY_NONE &&
	    (slow ? 2 * flight < r->cwnd : flight + 2 * mss < r->cwnd))
		return;
	if (slow) {
		r->cwnd += acked;
	} else {
		r->grown += acked;
		if (r->grown >= r->cwnd) {
			r->grown -= r->cwnd;
			r->cwnd += mss;
		}
	}
	r->cwnd = MIN(r->cwnd, CWND_MAX);
}
