/* SPDX-License-Identifier: BSD-2-Clause */
/* TCP's ticks: they stop while nothing needs one soon, and go on at once when
 * something does. */
#include <string.h>
#include <hooks.h>
#include <lwip/priv/tcp_priv.h>
#include "../../../net/stack.h"
#include "../../../net/timers.h"
#include "net.h"

#define SECOND 1000000000ull

/* TCP_REG() as lwIP gets it: port/before/. */
void demux_add(struct tcp_pcb **list, struct tcp_pcb *p);

static struct tcp_pcb *begin(struct tcp_pcb **list, enum tcp_state state,
			     uint16_t port)
{
	struct tcp_pcb *p = tcp_alloc(TCP_PRIO_NORMAL);

	IP_ADDR4(&p->local_ip, 10, 0, 0, 1);
	IP_ADDR4(&p->remote_ip, 10, 0, 0, 2);
	p->local_port = 80;
	p->remote_port = port;
	p->state = state;
	demux_add(list, p);
	tcp_timer_needed();
	stack_timers();
	return p;
}

void test_timers(void)
{
	struct tcp_pcb *old, *young;
	uint32_t ticks;

	/* Only the end of TIME_WAIT is to come. */
	old = begin(&tcp_tw_pcbs, TIME_WAIT, 1);
	fake_run(2 * SECOND);
	CHECK(fake_run(20 * SECOND) < 50); /* not ten a second */

	/* A packet that is none of TCP's does not count the ticks for good. */
	ticks = tcp_ticks;
	timers_before_input();
	CHECK(tcp_ticks - ticks >= 19 * SECOND / 1000000 / TCP_SLOW_INTERVAL);
	stack_timers();
	fake_run(30 * SECOND);

	/* A connection that begins now is not as old as the sleep was long. */
	timers_before_input();
	young = begin(&tcp_active_pcbs, SYN_RCVD, 2);
	CHECK(fake_run(5 * SECOND) >= 50);
	CHECK(tcp_active_pcbs == young);
	CHECK(fake_run(20 * SECOND) >= 100);
	CHECK(tcp_active_pcbs != young); /* lwIP waits 20 s for its ACK */
	tcp_abort(old);
}
