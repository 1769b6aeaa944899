/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lease.c: the times of a DHCP lease (lease.h), to the second.
 *
 * lwIP counts them in minutes, which is too coarse for leases of a few minutes
 * and never renews one of less than one. What the server said is left in lwIP's
 * struct dhcp, so its counters are stopped here as soon as it has a lease, and
 * one of them is set to its last minute when the time has come.
 *
 * RFC 2131, 4.4.5: at T1 the server is asked, at T2 any server, and at the end
 * the address is given up; a question without answer is repeated after half of
 * the time that is left to the next of these, which is at least a minute, or a
 * 16th of leases of less than 16.
 */
#include <lwip/dhcp.h>
#include <lwip/netif.h>
#include <lwip/prot/dhcp.h>
#include <posixen/platform.h>
#include "lease.h"
#include "netdev.h"

#define NEVER	 UINT64_MAX
#define INFINITE 0xffffffffu /* RFC 2132, 9.2 */

struct times {
	uint64_t t1, t2, end;
};

static struct times times_of(const struct iface *i, const struct dhcp *d)
{
	uint64_t s = NSEC_PER_SEC, since = i->lease.since;
	uint64_t lease = MAX(d->offered_t0_lease, 1u) * s;
	uint64_t t1 = d->offered_t1_renew * s, t2 = d->offered_t2_rebind * s;

	/* What makes no sense is replaced by RFC 2131's values. */
	if (t2 >= lease || !t2)
		t2 = lease / 8 * 7;
	if (t1 >= t2 || !t1)
		t1 = MIN(lease / 2, t2);
	return (struct times){since + t1, since + t2, since + lease};
}

static void stop_counters(struct dhcp *d)
{
	d->lease_used = 1; /* dhcp_bind() makes it 0 */
	d->t0_timeout = d->t1_renew_time = d->t2_rebind_time = 0;
}

/* Look at an interface's lease. NULL: there is none that ends. */
static struct dhcp *lease_of(struct iface *i, uint64_t now)
{
	struct dhcp *d = netif_dhcp_data(&i->netif);

	if (!d || d->state == DHCP_STATE_OFF ||
	    ip4_addr_isany(netif_ip4_addr(&i->netif))) {
		i->lease.since = 0;
		return NULL;
	}
	if (d->state == DHCP_STATE_BOUND && !d->lease_used) {
		i->lease.since = now;
		i->lease.next = d->offered_t0_lease == INFINITE
					? NEVER
					: times_of(i, d).t1;
		stop_counters(d);
	}
	return i->lease.since ? d : NULL;
}

uint64_t lease_plan(uint64_t now)
{
	uint64_t next = NEVER;

	list_for_each (pos, &ifaces) {
		struct iface *i = list_entry(pos, struct iface, link);

		if (lease_of(i, now))
			next = MIN(next, i->lease.next);
	}
	return next;
}

/* When to ask again if there is no answer by then. */
static uint64_t again(uint64_t now, uint64_t limit, const struct times *t,
		      const struct iface *i)
{
	uint64_t least = MIN(60 * NSEC_PER_SEC, (t->end - i->lease.since) / 16);

	return MIN(now + MAX((limit - now) / 2, least), limit);
}

static bool may_rebind(const struct dhcp *d)
{
	return d->state == DHCP_STATE_BOUND ||
	       d->state == DHCP_STATE_RENEWING ||
	       d->state == DHCP_STATE_REBINDING;
}

static void give_up(struct iface *i)
{
	struct netif *n = &i->netif;

	i->lease.since = 0;
	dhcp_release_and_stop(n);
	/* Where DHCP had begun anew it left the address alone. */
	if (!ip4_addr_isany(netif_ip4_addr(n)))
		netif_set_addr(n, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
	dhcp_start(n);
}

static void act(struct iface *i, struct dhcp *d, uint64_t now)
{
	struct times t = times_of(i, d);

	if (now >= t.end) {
		give_up(i);
	} else if (now >= t.t2) {
		i->lease.next = again(now, t.end, &t, i);
		if (may_rebind(d)) {
			d->t2_rebind_time = 1;
			dhcp_coarse_tmr();
			stop_counters(d);
		}
	} else {
		i->lease.next = again(now, t.t2, &t, i);
		if (may_rebind(d))
			dhcp_renew(&i->netif);
	}
}

void lease_act(uint64_t now)
{
	/* All first: dhcp_coarse_tmr() is about every interface. */
	lease_plan(now);
	list_for_each (pos, &ifaces) {
		struct iface *i = list_entry(pos, struct iface, link);
		struct dhcp *d = lease_of(i, now);

		if (d && now >= i->lease.next)
			act(i, d, now);
	}
}
