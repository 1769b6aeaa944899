/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timers.c: lwIP's cyclic timers, run only while something waits for them, so
 * that an idle guest does not wake up ten times a second.
 *
 * TCP has ticks of 50 ms (delayed acknowledgements) and 100 ms (all else). When
 * a tick finds that no connection waits for a time-out, the next is as far away
 * as the first thing that a connection will need (a keep-alive probe in two
 * hours, the end of TIME_WAIT in a minute), or there is none. The count of
 * slow ticks is put right when it goes on.
 *
 * The others are rows of a table. A row is urgent while an answer is awaited in
 * its time; it may else have state that ages, and then runs every ten seconds,
 * as often as it should have run by then. When a lease of DHCP wants something,
 * lease.c knows.
 */
#include <lwip/dhcp.h>
#include <lwip/etharp.h>
#include <lwip/igmp.h>
#include <lwip/ip4_frag.h>
#include <lwip/ip6_frag.h>
#include <lwip/mld6.h>
#include <lwip/nd6.h>
#include <lwip/prot/dhcp.h>
#include <lwip/priv/nd6_priv.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/timeouts.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/thread.h>
#include "demux.h"
#include "lease.h"
#include "stack.h"
#include "timers.h"

#define MS	1000000ULL
#define FAST_NS (TCP_FAST_INTERVAL * MS)
#define SLOW_NS (TCP_SLOW_INTERVAL * MS)
#define NEVER	UINT64_MAX

static void fire(struct timer *t);
static struct timer timer = {.link = LIST_INIT(timer.link), .fn = fire};

/* TCP. */
static bool tcp_touched;	  /* since the last tick */
static uint64_t tcp_next = NEVER; /* when to tick */
static uint64_t tcp_slow_last;	  /* when tcp_ticks was counted last */
static bool tcp_asleep = true;	  /* ticks are not counted, tcp_next is far */

void timers_tcp_active(void)
{
	tcp_touched = true;
}

/* lwIP calls this when a connection begins, also one in TIME_WAIT. */
void tcp_timer_needed(void)
{
	tcp_touched = true;
}

/* lwIP's own list of timers is not used. */
void sys_timeouts_init(void)
{
}

/* Count the slow ticks that passed while nobody ticked. A round trip that began
 * meanwhile, since a program sent something, begins now. */
static void tcp_catch_up(uint64_t now)
{
	uint32_t missed = (now - tcp_slow_last) / SLOW_NS;

	if (!tcp_asleep || !missed)
		return;
	tcp_ticks += missed;
	tcp_slow_last += missed * SLOW_NS;
	for (struct tcp_pcb *p = tcp_active_pcbs; p; p = p->next)
		if (p->rttest)
			p->rttest = tcp_ticks;
}

void timers_before_input(void)
{
	if (unlikely(tcp_asleep))
		tcp_catch_up(plat_monotonic_ns());
}

/* Slow ticks from now until p waits for one: 0 for soon. */
static uint32_t ticks_until(uint32_t since, uint32_t ms)
{
	uint32_t gone = tcp_ticks - since, ticks = ms / TCP_SLOW_INTERVAL + 1;

	return gone < ticks ? ticks - gone : 0;
}

static uint32_t pcb_need(const struct tcp_pcb *p)
{
	uint32_t need = UINT32_MAX;

	if (p->unacked || p->unsent || p->refused_data || p->ooseq ||
	    p->state < ESTABLISHED || p->poll ||
	    p->flags & (TF_ACK_DELAY | TF_ACK_NOW | TF_CLOSEPEND))
		return 0;
	if (p->state == FIN_WAIT_2 && p->flags & TF_RXCLOSED)
		need = ticks_until(p->tmr, TCP_FIN_WAIT_TIMEOUT);
	if (p->state == LAST_ACK)
		need = ticks_until(p->tmr, 2 * TCP_MSL);
	if (ip_get_option(p, SOF_KEEPALIVE) &&
	    (p->state == ESTABLISHED || p->state == CLOSE_WAIT))
		need = MIN(need,
			   ticks_until(p->tmr,
				       p->keep_idle + p->keep_cnt_sent *
							      p->keep_intvl));
	return need;
}

static uint32_t tcp_need(void)
{
	uint32_t need = UINT32_MAX;

	for (struct tcp_pcb *p = tcp_active_pcbs; p && need; p = p->next)
		need = MIN(need, pcb_need(p));
	for (struct tcp_pcb *p = tcp_tw_pcbs; p && need; p = p->next)
		need = MIN(need, ticks_until(p->tmr, 2 * TCP_MSL));
	return need;
}

/*
 * lwIP repeats a SYN at a fixed interval and waits for three seconds, not one,
 * before it repeats a SYN-ACK; RFC 6298 (2.1, 5.5) and Linux begin with a
 * second and double it each time: the time-out of the repetition that comes
 * next.
 */
static void back_off_syn(void)
{
	const int first = LWIP_TCP_RTO_TIME / TCP_SLOW_INTERVAL;

	for (struct tcp_pcb *p = tcp_active_pcbs; p; p = p->next)
		if (p->state == SYN_SENT || p->state == SYN_RCVD)
			p->rto = first << MIN(p->nrtx, 9);
}

/*
 * Connections in TIME_WAIT beyond this many are forgotten, the oldest first
 * (tcp_max_tw_buckets: tcp(7)): a server that closes first would else fill
 * memory with them, and lwIP looks through them all for each new connection.
 * What they guard against, sequence numbers of the next connection do too
 * (isn.c).
 */
static unsigned int time_wait_max(void)
{
	return MIN(MAX(page_total() / 16, 64u), 1024u);
}

static void trim_time_wait(void)
{
	struct tcp_pcb **at = &tcp_tw_pcbs;
	unsigned int max = time_wait_max();

	if (demux_time_wait() <= max)
		return;
	for (unsigned int n = max; n && *at; n--)
		at = &(*at)->next;
	while (*at) /* new ones are at the front */
		tcp_abort(*at);
}

static void tcp_tick(uint64_t now)
{
	uint32_t need;

	tcp_touched = false;
	tcp_catch_up(now);
	if (now - tcp_slow_last >= SLOW_NS) {
		/* Late by more than one: count them, act once. */
		uint32_t n = (now - tcp_slow_last) / SLOW_NS;

		tcp_ticks += n - 1;
		tcp_slow_last += n * SLOW_NS;
		back_off_syn();
		tcp_slowtmr();
		trim_time_wait();
	}
	tcp_fasttmr();
	need = tcp_touched ? 0 : tcp_need();
	tcp_asleep = need > 1;
	if (need <= 1)
		tcp_next = now + FAST_NS;
	else if (need == UINT32_MAX)
		tcp_next = NEVER;
	else
		tcp_next = tcp_slow_last + need * SLOW_NS;
}

/* The others. */
static uint64_t arp_until, fragment_until;
static bool arp_touched, fragment_touched;

void timers_arp_active(void)
{
	arp_touched = true;
}

void timers_fragment(void)
{
	fragment_touched = true;
}

static bool arp_urgent(uint64_t now)
{
	if (arp_touched) {
		arp_touched = false;
		/* Requests are repeated for five ticks: etharp.c. */
		arp_until = now + 8 * NSEC_PER_SEC;
	}
	return now < arp_until;
}

static bool fragment_urgent(uint64_t now)
{
	if (fragment_touched) {
		fragment_touched = false;
		fragment_until =
			now + (MAX(IP_REASS_MAXAGE, IPV6_REASS_MAXAGE) + 2) *
				      NSEC_PER_SEC;
	}
	return now < fragment_until;
}

/* Is there an interface that is not lo? */
static bool has_link(uint64_t now)
{
	struct netif *n;

	NETIF_FOREACH(n)
	if (n->flags & NETIF_FLAG_ETHERNET)
		return true;
	return false;
}

static bool dhcp_waits(uint64_t now)
{
	struct netif *n;

	NETIF_FOREACH(n)
	if (netif_dhcp_data(n) && netif_dhcp_data(n)->request_timeout)
		return true;
	return false;
}

#define DELAYING_MEMBER 1 /* of group_state: igmp.c, mld6.c */

static bool igmp_waits(uint64_t now)
{
	struct netif *n;

	NETIF_FOREACH(n)
	for (struct igmp_group *g = netif_igmp_data(n); g; g = g->next)
		if (g->group_state == DELAYING_MEMBER)
			return true;
	return false;
}

static bool mld_waits(uint64_t now)
{
	struct netif *n;

	NETIF_FOREACH(n)
	for (struct mld_group *g = netif_mld6_data(n); g; g = g->next)
		if (g->group_state == DELAYING_MEMBER)
			return true;
	return false;
}

static bool nd_waits(uint64_t now)
{
	struct netif *n;

	for (int i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++)
		switch (neighbor_cache[i].state) {
		case ND6_INCOMPLETE:
		case ND6_DELAY:
		case ND6_PROBE:
			return true;
		}
	NETIF_FOREACH(n)
	{
		if (!netif_is_up(n) || !netif_is_link_up(n))
			continue;
		if (n->rs_count && n->flags & NETIF_FLAG_ETHERNET)
			return true;
		for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
			if (ip6_addr_istentative(netif_ip6_addr_state(n, i)))
				return true;
	}
	return false;
}

/* Take s seconds from a lifetime but leave the last, which nd6_tmr() takes. */
static void age(uint32_t *life, uint32_t s)
{
	if (*life != IP6_ADDR_LIFE_INFINITE && *life > 1)
		*life -= MIN(s, *life - 1);
}

/* Let s seconds pass for what nd6_tmr() counts down by seconds. */
static void nd_age(uint32_t s)
{
	struct netif *n;

	for (int i = 0; i < LWIP_ND6_NUM_ROUTERS; i++)
		age(&default_router_list[i].invalidation_timer, s);
	for (int i = 0; i < LWIP_ND6_NUM_PREFIXES; i++)
		age(&prefix_list[i].invalidation_timer, s);
	for (int i = 0; i < LWIP_ND6_NUM_DESTINATIONS; i++)
		destination_cache[i].age += s;
	for (int i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++) {
		struct nd6_neighbor_cache_entry *e = &neighbor_cache[i];

		if (e->state == ND6_REACHABLE)
			e->counter.reachable_time -=
				MIN(s * 1000, e->counter.reachable_time);
		else if (e->state == ND6_STALE)
			e->counter.stale_time += s;
	}
	NETIF_FOREACH(n)
	for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
		if (netif_ip6_addr_isstatic(n, i))
			continue;
		age(&n->ip6_addr_valid_life[i], s);
		age(&n->ip6_addr_pref_life[i], s);
	}
}

struct row {
	void (*fn)(void);
	uint32_t ms;
	bool (*urgent)(uint64_t now);
	bool (*ages)(uint64_t now); /* NULL: no */
	/* Let seconds pass without running fn for each; NULL: run it. */
	void (*pass)(uint32_t seconds);
	uint64_t last; /* when it ran; 0: it need not */
	uint64_t next;
};

#define ROW(f, interval, ...)                                                  \
	{                                                                      \
		.fn = (f), .ms = (interval), __VA_ARGS__                       \
	}

static struct row rows[] = {
	ROW(ip_reass_tmr, IP_TMR_INTERVAL, .urgent = fragment_urgent),
	ROW(ip6_reass_tmr, IP6_REASS_TMR_INTERVAL, .urgent = fragment_urgent),
	ROW(etharp_tmr, ARP_TMR_INTERVAL, .urgent = arp_urgent,
	    .ages = has_link),
	ROW(dhcp_fine_tmr, DHCP_FINE_TIMER_MSECS, .urgent = dhcp_waits),
	ROW(igmp_tmr, IGMP_TMR_INTERVAL, .urgent = igmp_waits),
	ROW(mld6_tmr, MLD6_TMR_INTERVAL, .urgent = mld_waits),
	ROW(nd6_tmr, ND6_TMR_INTERVAL, .urgent = nd_waits, .ages = has_link,
	    .pass = nd_age),
};

#define SLOWLY (10 * NSEC_PER_SEC)

static void run_row(struct row *r, uint64_t now)
{
	uint32_t n = r->last ? (now - r->last) / (r->ms * MS) : 0;

	if (!n)
		return;
	r->last += n * r->ms * MS;
	if (r->pass && n > 1) {
		r->pass(n - 1);
		n = 1;
	}
	while (n--)
		r->fn();
}

static void plan_row(struct row *r, uint64_t now)
{
	bool urgent = r->urgent(now);

	if (!urgent && !(r->ages && r->ages(now))) {
		r->last = 0;
		r->next = NEVER;
		return;
	}
	if (!r->last)
		r->last = now;
	if (urgent && now - r->last >= r->ms * MS) {
		/* It was not urgent until now: what begins to wait waits from
		 * now on. */
		uint32_t n = (now - r->last) / (r->ms * MS);

		if (r->pass)
			r->pass(n);
		r->last += n * r->ms * MS;
	}
	r->next = r->last + (urgent ? r->ms * MS : SLOWLY);
}

static uint64_t rows_planned; /* when plan_rows() looked last */
static bool touched, nd_now;

void timers_touch(void)
{
	touched = true;
}

void timers_nd_now(void)
{
	touched = nd_now = true;
}

static uint64_t plan_rows(uint64_t now)
{
	uint64_t next = lease_plan(now);

	rows_planned = now;
	touched = false;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		plan_row(&rows[i], now);
		next = MIN(next, rows[i].next);
	}
	return next;
}

static void arm(uint64_t deadline)
{
	if (deadline == NEVER)
		timer_cancel(&timer);
	else if (timer.deadline != deadline)
		timer_arm(&timer, deadline);
}

static void fire(struct timer *t)
{
	uint64_t now = plat_monotonic_ns();

	if (now >= tcp_next)
		tcp_tick(now);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (now >= rows[i].next)
			run_row(&rows[i], now);
	lease_act(now);
	arm(MIN(tcp_next, plan_rows(now)));
	stack_flush();
}

/* How often it is looked for rows that became urgent: enough for time-outs of
 * 100 ms and more. */
#define LOOK_NS (20 * MS)

/* After each burst. */
void stack_timers(void)
{
	uint64_t now, next = timer.deadline ? timer.deadline : NEVER;
	bool wake = tcp_touched && tcp_asleep;

	if (!wake && !touched)
		return;
	now = plat_monotonic_ns();
	if (wake) {
		if (!tcp_slow_last)
			tcp_slow_last = now;
		tcp_catch_up(now);
		tcp_asleep = false;
		tcp_next = now + FAST_NS;
		next = MIN(next, tcp_next);
	}
	if (nd_now) {
		nd_now = false;
		nd6_tmr();
	}
	if (touched && now - rows_planned >= LOOK_NS)
		next = MIN(tcp_next, plan_rows(now));
	else if (touched)
		next = MIN(next, rows_planned + LOOK_NS);
	arm(next);
}
