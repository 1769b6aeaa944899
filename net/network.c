/* SPDX-License-Identifier: BSD-2-Clause */
/* network.c: the subsystem: what happens before and after the program. */
#include <lwip/priv/tcp_priv.h>
#include <posixen/netdev.h>
#include <posixen/platform.h>
#include <posixen/subsystem.h>
#include <posixen/thread.h>
#include <posixen/waitq.h>
#include "config.h"
#include "proc_net.h"
#include "stack.h"

static int start(void)
{
	int err;

	stack_init();
	proc_net_start();
	config_start();
	err = plat_net_start();
	if (err)
		return err;
	config_wait();
	stack_flush();
	return 0;
}

/*
 * The program has ended, its sockets are closed, but what it wrote last may
 * still have to be sent or acknowledged: wait while it becomes less.
 */
#define LINGER_MAX  (4 * NSEC_PER_SEC)
#define LINGER_POLL (10 * 1000000ULL)

static bool draining(void)
{
	for (struct tcp_pcb *p = tcp_active_pcbs; p; p = p->next)
		if (p->unsent || p->unacked)
			return true;
	return false;
}

static struct waitq nap = {LIST_INIT(nap.waiters)};

static void wake(struct timer *t)
{
	waitq_wake_all(&nap, ~0u);
}

static void stop(void)
{
	uint64_t end = plat_monotonic_ns() + LINGER_MAX;
	struct timer t = {.fn = wake};

	stack_flush();
	/* Not a sleep that signals end: the one that ended the program may
	 * still be there. */
	while (draining() && plat_monotonic_ns() < end) {
		timer_arm_wait(&t, plat_monotonic_ns() + LINGER_POLL);
		waitq_block(&nap, ~0u);
	}
	config_stop();
	plat_net_stop();
}

SUBSYSTEM(network, .name = "network", .start = start, .stop = stop);
