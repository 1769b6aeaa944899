/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront_start.c: the network's start and end as the stack asks for them
 * (netdev.h).
 */
#include <posixen/platform.h>
#include <posixen/waitq.h>
#include "event.h"
#include "netfront.h"

/* Backends connect in some tens of milliseconds, once dom0's scripts are done;
 * one that shows no sign for this long is not waited for. */
#define PATIENCE     (3 * NSEC_PER_SEC)
#define PATIENCE_MAX (10 * NSEC_PER_SEC)
#define DRAIN_TIME   NSEC_PER_SEC

static bool all_settled(void)
{
	list_for_each (l, &netfront_devices)
		if (!list_entry(l, struct netfront, link)->settled)
			return false;
	return true;
}

int plat_net_start(void)
{
	uint64_t start = plat_monotonic_ns();
	int err;

	err = xenbus_register(&netfront_driver);
	if (err)
		return err;
	while (!all_settled()) {
		uint64_t until = MIN(plat_monotonic_ns() + PATIENCE,
				     start + PATIENCE_MAX);

		/* Time is over, or a signal is about to end the program. */
		if (waitq_sleep(&netfront_progress, 1, until))
			break;
	}
	return 0;
}

/* The counters that one wants per request: for all devices together. */
static void report(void)
{
	static const char *const name[] = {
		"net.tx_notify",  "net.tx_events",  "net.rx_notify",
		"net.rx_events",  "net.tx_packets", "net.rx_packets",
		"net.tx_dropped", "net.rx_dropped", "net.rx_errors",
	};
	uint64_t sum[ARRAY_SIZE(name)] = {0};

	list_for_each (l, &netfront_devices) {
		const struct netfront *nf =
			list_entry(l, struct netfront, link);
		const struct netdev_stats *s = &nf->dev.stats;
		const uint64_t value[] = {
			nf->tx_notified, nf->tx_events, nf->rx_notified,
			nf->rx_events,	 s->tx_packets, s->rx_packets,
			s->tx_dropped,	 s->rx_dropped, s->rx_errors,
		};

		_Static_assert(sizeof(value) == sizeof(sum), "one a name");
		for (unsigned int i = 0; i < ARRAY_SIZE(name); i++)
			sum[i] += value[i];
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(name); i++)
		plat_metric(name[i], sum[i]);
}

void plat_net_stop(void)
{
	uint64_t until = plat_monotonic_ns() + DRAIN_TIME;

	list_for_each (l, &netfront_devices) {
		struct netfront *nf = list_entry(l, struct netfront, link);

		/* Not a thread's sleep, which a signal ends: the one that ends
		 * the program may still be there. */
		while (netfront_tx_drain(nf) && plat_monotonic_ns() < until)
			event_wait((evtchn_port_t)nf->tx_port, DRAIN_TIME / 8);
	}
	report();
}
