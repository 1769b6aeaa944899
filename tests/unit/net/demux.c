/* SPDX-License-Identifier: BSD-2-Clause */
/* Finding connections: against a plain array, and under lwIP. */
#include <stdlib.h>
#include <string.h>
#include "../../../net/port/before/lwip/priv/tcp_priv.h"
#include "../../../net/demux.h"
#include "../../../net/stack.h"
#include <hooks.h>
#include "net.h"

#define MANY 3000
static struct tcp_pcb *all[MANY];
static struct tcp_pcb **const lists[] = {&tcp_active_pcbs, &tcp_tw_pcbs,
					 &tcp_bound_pcbs};
static int in[MANY]; /* which of lists */

/* Few ports, so that they are shared, and names that differ by one thing. */
static void name_it(struct tcp_pcb *p, int i)
{
	if (i % 3) {
		IP_ADDR4(&p->local_ip, 10, 0, 0, 1);
		IP_ADDR4(&p->remote_ip, 10, 1, i >> 8, 3);
	} else {
		IP_ADDR6(&p->local_ip, 1, 2, 3, 4);
		IP_ADDR6(&p->remote_ip, 1, 2, 3, i);
	}
	p->local_port = 80 + i % 7 * 256;
	p->remote_port = 1024 + i;
}

static void put(int i)
{
	struct tcp_pcb *p = memp_malloc(MEMP_TCP_PCB);

	memset(p, 0, sizeof(*p));
	name_it(p, i);
	in[i] = rand() % 3;
	p->state = in[i] == 1 ? TIME_WAIT : in[i] ? CLOSED : ESTABLISHED;
	demux_add(lists[in[i]], p);
	all[i] = p;
}

static void drop(int i)
{
	struct tcp_pcb **at = lists[in[i]], *p = all[i];

	if (rand() % 4) {
		demux_remove(at, p);
	} else { /* as lwIP's timers do */
		while (*at != p)
			at = &(*at)->next;
		*at = p->next;
	}
	memp_free(MEMP_TCP_PCB, p);
	all[i] = NULL;
}

static int wrong;

static void look(int i)
{
	struct tcp_pcb p, *f;

	name_it(&p, i);
	f = demux_find(&p.local_ip, p.local_port, &p.remote_ip, p.remote_port);
	wrong += f != (all[i] && in[i] < 2 ? all[i] : NULL);
}

/* Each list is doubly linked, each ring has all pcbs of its port. */
static void look_at_all(void)
{
	unsigned int port[7] = {}, waiting = 0;

	for (size_t l = 0; l < 3; l++) {
		struct tcp_pcb *prev = NULL, *p = *lists[l];

		for (; p; prev = p, p = p->next)
			wrong += demux_node(p)->prev != prev;
	}
	for (int i = 0; i < MANY; i++) {
		look(i);
		port[i % 7] += !!all[i];
		waiting += all[i] && in[i] == 1;
	}
	for (int k = 0; k < 7; k++) {
		struct tcp_pcb *first = demux_port(80 + k * 256), *p = first;

		while (p && port[k]) {
			port[k]--;
			wrong += p->local_port != 80 + k * 256;
			p = demux_port_next(p);
			if (p == first)
				break;
		}
		wrong += port[k] != 0 || p != first;
	}
	wrong += waiting != demux_time_wait();
	wrong += demux_port(81) != NULL;
}

static void against_array(void)
{
	int full = 0;

	for (int round = 0; round < 60000; round++) {
		int i = rand() % MANY;

		/* Full, empty, full again: the table grows and shrinks. */
		if (round % 20000 == 0)
			full = !full;
		if (all[i] && rand() % (full ? 5 : 1) == 0)
			drop(i);
		else if (!all[i] && (full || rand() % 20 == 0))
			put(i);
		look(rand() % MANY);
		if (round % 997 == 0)
			look_at_all();
	}
	for (int i = 0; i < MANY; i++)
		if (all[i])
			drop(i);
	look_at_all();
	CHECK(wrong == 0);
	CHECK(!tcp_active_pcbs && !tcp_tw_pcbs && !tcp_bound_pcbs);
}

/* Many connections over lo. */

#define PAIRS 1500
static struct tcp_pcb *client[PAIRS], *served[PAIRS];
static int got[PAIRS], accepted, ups, refused;

static err_t on_recv(void *arg, struct tcp_pcb *p, struct pbuf *b, err_t err)
{
	struct tcp_pcb **place = arg;

	if (!b)
		return ERR_OK;
	got[place - served] += b->tot_len;
	tcp_recved(p, b->tot_len);
	pbuf_free(b);
	return ERR_OK;
}

/* lwIP has freed it. */
static void on_err(void *arg, err_t err)
{
	refused++;
	*(struct tcp_pcb **)arg = NULL;
}

static err_t on_accept(void *arg, struct tcp_pcb *p, err_t err)
{
	tcp_arg(p, &served[accepted]);
	tcp_recv(p, on_recv);
	tcp_err(p, on_err);
	served[accepted++] = p;
	return ERR_OK;
}

static err_t on_connected(void *arg, struct tcp_pcb *p, err_t err)
{
	ups++;
	return ERR_OK;
}

static struct tcp_pcb *connect_from(u16_t port, const ip_addr_t *to, int i)
{
	struct tcp_pcb *c = tcp_new_ip_type(IPADDR_TYPE_V4);

	if (port)
		CHECK(tcp_bind(c, to, port) == ERR_OK);
	client[i] = c;
	tcp_arg(c, &client[i]);
	tcp_nagle_disable(c);
	tcp_err(c, on_err);
	tcp_recv(c, on_recv);
	CHECK(tcp_connect(c, to, 80, on_connected) == ERR_OK);
	stack_flush();
	return c;
}

static void many(const ip_addr_t *to)
{
	int bad = 0;

	accepted = ups = refused = 0;
	memset(got, 0, sizeof(got));
	for (int i = 0; i < PAIRS; i++)
		connect_from(0, to, i);
	CHECK(accepted == PAIRS && ups == PAIRS);
	for (int i = 0; i < 4 * PAIRS; i++) {
		int k = rand() % PAIRS;

		tcp_write(client[k], "x", 1, 0);
		tcp_output(client[k]);
		stack_flush();
		bad += got[k]-- != 1;
		bad += tcp_active_pcbs != client[k] &&
		       tcp_active_pcbs != served[k];
	}
	CHECK(bad == 0);
	for (int i = 0; i < PAIRS; i++) {
		if (i % 3)
			tcp_close(i % 2 ? client[i] : served[i]);
		else
			tcp_abort(client[i]);
		stack_flush();
	}
	CHECK(refused == 2 * PAIRS / 3); /* both ends of an abort */
	for (int i = 0; i < PAIRS; i++)
		if (i % 3)
			tcp_close(i % 2 ? served[i] : client[i]);
	stack_flush();
	CHECK(tcp_active_pcbs == NULL);
	CHECK(demux_time_wait() == 2 * PAIRS / 3);
	fake_run(120000000000);
	CHECK(demux_time_wait() == 0 && tcp_tw_pcbs == NULL);
}

/* Until a connection of that name would begin just where the last one ended;
 * lwIP's SYN is the number before the one that it is given. */
static void run_to_next(const ip_addr_t *to)
{
	uint32_t end = tcp_tw_pcbs->rcv_nxt + 1;

	while ((int32_t)(net_initial_seq(to, 40000, to, 80) - end) < 0)
		fake_run(1);
	CHECK(net_initial_seq(to, 40000, to, 80) == end);
}

/* The server closes first and waits; its client comes back from that port. */
static void same_port_again(const ip_addr_t *to)
{
	accepted = ups = refused = 0;
	for (int i = 0; i < 7; i++) {
		struct tcp_pcb *c = connect_from(40000, to, i);

		CHECK(ups == i + 1 && accepted == i + 1 && !refused);
		tcp_close(served[i]);
		stack_flush();
		tcp_close(c);
		stack_flush();
		CHECK(demux_time_wait() == 1);
		/* Soon: within the old one's window; late: far from it; at once
		 * (the clock stands, so does what sequence numbers follow):
		 * behind it; and just at its end. */
		if (i % 4 == 3)
			run_to_next(to);
		else if (i % 4)
			fake_run(i % 4 == 1 ? 1000000 : 15000000000);
	}
	fake_run(120000000000);
	CHECK(demux_time_wait() == 0);
}

static err_t keep(void *arg, struct tcp_pcb *p, struct pbuf *b, err_t err)
{
	if (b)
		pbuf_free(b);
	return ERR_OK; /* and no tcp_recved(): the window closes */
}

/* Two that have filled each other's windows say so once, not for ever. */
static void both_full(const ip_addr_t *to)
{
	static char data[4096];
	struct tcp_pcb *end[2];

	accepted = ups = refused = 0;
	end[0] = connect_from(0, to, 0);
	end[1] = served[0];
	CHECK(ups == 1 && accepted == 1);
	for (int i = 0; i < 2; i++)
		tcp_recv(end[i], keep);
	for (int n = 0; n < 1000 && (end[0]->rcv_wnd || end[1]->rcv_wnd); n++)
		for (int i = 0; i < 2; i++) {
			tcp_write(end[i], data, sizeof(data), 0);
			tcp_output(end[i]);
			stack_flush();
		}
	CHECK(!end[0]->rcv_wnd && !end[1]->rcv_wnd);
	/* A word from one, as a probe's answer would be. */
	tcp_ack_now(end[0]);
	tcp_output(end[0]);
	stack_flush();
	fake_run(3000000000);
	CHECK(!end[0]->rcv_wnd && !end[1]->rcv_wnd && !refused);
	tcp_abort(end[0]);
	stack_flush();
	CHECK(refused == 2 && tcp_active_pcbs == NULL);
}

void test_demux(void)
{
	struct tcp_pcb *l = tcp_new_ip_type(IPADDR_TYPE_ANY);
	ip_addr_t to;
	long before;

	against_array();
	tcp_bind(l, IP_ANY_TYPE, 80);
	l = tcp_listen(l);
	tcp_accept(l, on_accept);
	ipaddr_aton("127.0.0.1", &to);
	many(&to);
	before = frames_out;
	many(&to);
	CHECK(frames_out == before);
	same_port_again(&to);
	both_full(&to);
	tcp_close(l);
}
