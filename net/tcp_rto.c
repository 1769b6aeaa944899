/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_rto.c: round trips, and what is due when nothing is heard.
 *
 * One timer for all connections, which is set to the first that is due and not
 * set back when an acknowledgement comes, so that who gets his answers in time
 * costs nothing: it fires some times a second at most.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/thread.h>
#include "stack.h"
#include "tcp_recovery.h"

#define MS 1000000ULL
/* Linux's TCP_RTO_MIN, TCP_RTO_MAX; RFC 6298, 2.1 and 5.7. */
#define RTO_MIN	   (200 * MS)
#define RTO_MAX	   (120 * NSEC_PER_SEC)
#define RTO_FIRST  (1 * NSEC_PER_SEC)
#define RTO_BEHIND (3 * NSEC_PER_SEC)
/* A probe does not come sooner; a lone segment's acknowledgement may be
 * delayed by 200 ms. */
#define PROBE_MIN   (8 * MS)
#define ACK_DELAYED (200 * MS)
/* Linux's TCP_RESOURCE_PROBE_INTERVAL. */
#define RETRY (500 * MS)
/* The timer does not fire more often. */
#define PAUSE (1 * MS)

static void fire(struct timer *t);
static struct timer timer = {.link = LIST_INIT(timer.link), .fn = fire};
static struct list waiting = LIST_INIT(waiting);

/* RFC 6298, 2. The variance is never taken for less than RTO_MIN, as on
 * Linux. */
void tcp_rto_sample(struct tcp_recovery *r, uint64_t rtt)
{
	if (!rtt)
		rtt = 1;
	if (!r->srtt) {
		r->srtt = rtt;
		r->rttvar = rtt / 2;
	} else {
		uint64_t diff = rtt > r->srtt ? rtt - r->srtt : r->srtt - rtt;

		r->rttvar = (3 * r->rttvar + diff) / 4;
		r->srtt = (7 * r->srtt + rtt) / 8;
	}
	if (!r->min_rtt || rtt < r->min_rtt)
		r->min_rtt = rtt;
	r->rto = MIN(r->srtt + MAX(4 * r->rttvar, RTO_MIN), RTO_MAX);
}

uint64_t tcp_rto_now(const struct tcp_recovery *r)
{
	uint64_t rto = r->rto;

	/* RFC 6298, 5.7: the SYN was lost, so nothing is known. */
	if (!rto)
		rto = r->pcb->state >= ESTABLISHED ? RTO_BEHIND : RTO_FIRST;
	return MIN(rto << MIN(r->pcb->nrtx, 16), RTO_MAX);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
	return !a || (b && b < a) ? b : a;
}

static uint64_t due(const struct tcp_recovery *r)
{
	return earlier(earlier(r->reorder_at, r->probe_at), r->rto_at);
}

void tcp_rto_plan(struct tcp_recovery *r)
{
	uint64_t at = due(r);

	if (!at)
		return;
	if (list_empty(&r->link))
		list_append(&waiting, &r->link);
	if (!timer.deadline || at < timer.deadline)
		timer_arm(&timer, at);
}

void tcp_rto_stop(struct tcp_recovery *r)
{
	r->reorder_at = r->probe_at = r->rto_at = 0;
}

void tcp_rto_restart(struct tcp_recovery *r, uint64_t now)
{
	r->rto_at = now + tcp_rto_now(r);
}

void tcp_rto_retry(struct tcp_recovery *r)
{
	if (r->rto_at)
		return;
	r->rto_at = plat_monotonic_ns() + RETRY;
	tcp_rto_plan(r);
}

/* RFC 8985, 7.2. */
void tcp_rto_plan_probe(struct tcp_recovery *r, uint64_t now)
{
	const struct tcp_pcb *p = r->pcb;
	uint64_t wait = MAX(2 * r->srtt, PROBE_MIN);

	r->probe_at = 0;
	if (!r->srtt || !(p->flags & TF_SACK) || r->state != RECOVERY_NONE ||
	    r->marked || r->probing || p->nrtx)
		return;
	if (p->snd_nxt - p->lastack <= p->mss)
		wait += ACK_DELAYED;
	r->probe_at = MIN(now + wait, r->rto_at);
}

/* Nothing is under way, but something could not be sent. Time runs out only for
 * a path that does not exist, not for a lack of room or memory here. */
static void retry(struct tcp_recovery *r, uint64_t now)
{
	struct tcp_pcb *p = r->pcb;
	bool due = r->rto_at && r->rto_at <= now;
	err_t err;

	r->reorder_at = r->probe_at = 0;
	if (!p->unsent || due)
		r->rto_at = 0;
	if (!p->unsent || !due)
		return;
	err = tcp_output(p);
	if (err == ERR_OK || err == ERR_MEM)
		return;
	if (p->nrtx < UINT8_MAX)
		p->nrtx++;
	tcp_rto_restart(r, now);
}

static void serve(struct tcp_recovery *r, uint64_t now)
{
	struct tcp_pcb *p = r->pcb;

	if (!p->unacked) {
		retry(r, now);
	} else if (r->reorder_at && r->reorder_at <= now) {
		r->reorder_at = 0;
		tcp_recovery_reordered(p, now);
	} else if (r->probe_at && r->probe_at <= now) {
		r->probe_at = 0;
		tcp_rto_restart(r, now);
		tcp_recovery_probe(p);
	} else if (r->rto_at && r->rto_at <= now) {
		tcp_recovery_timeout(p);
		tcp_rto_restart(r, now);
	}
}

static void fire(struct timer *t)
{
	uint64_t now = plat_monotonic_ns(), next = 0;
	struct list *at, *after;

	for (at = waiting.next; at != &waiting; at = after) {
		struct tcp_recovery *r =
			list_entry(at, struct tcp_recovery, link);

		serve(r, now);
		after = at->next;
		if (!due(r)) {
			list_del(at);
			list_init(at);
		}
		next = earlier(next, due(r));
	}
	if (next)
		timer_arm(&timer, MAX(next, now + PAUSE));
	stack_flush();
}
