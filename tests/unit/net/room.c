/* SPDX-License-Identifier: BSD-2-Clause */
/* Many connections and a device that is full most of the time: what waits for
 * room is not lost, and all get on alike. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <hooks.h>
#include <lwip/netif.h>
#include <lwip/priv/tcp_priv.h>
#include <posixen/netdev.h>
#include "../../../net/checksum.h"
#include "../../../net/stack.h"
#include "../../../net/tcp_recovery.h"
#include "../../../net/tcp_segment.h"
#include "net.h"

#define MSS   1000u
#define MANY  200u
#define PORT  1000u
#define MS    1000000ull
#define FIRST 0xffffe000u

/* TCP_REG() as lwIP gets it: port/before/. */
void demux_add(struct tcp_pcb **list, struct tcp_pcb *p);

static _Alignas(4096) uint8_t data[4096];
static struct tcp_pcb *pcbs[MANY];
static unsigned int space, repeated;
/* What left, for the peer to acknowledge. */
static struct {
	unsigned int who;
	uint32_t seq, len;
} out[4096];
static unsigned int nr_out;
static uint32_t has[MANY]; /* what the peer has got, in order */
static uint32_t arrived[MANY];

static int xmit(struct netdev *d, const struct net_tx *t)
{
	static uint8_t f[70000];
	unsigned int at = 0, who;

	if (!space)
		return -EAGAIN;
	for (unsigned int i = 0; i < t->nr; at += t->frags[i++].len)
		memcpy(f + at, t->frags[i].data, t->frags[i].len);
	if (f[12] != 8 || f[13] != 0 || f[23] != 6 || at == 54)
		return 0;
	space--;
	who = (f[36] << 8 | f[37]) - PORT;
	if (who >= MANY || nr_out == 4096)
		return 0;
	out[nr_out].who = who;
	out[nr_out].seq =
		(uint32_t)f[38] << 24 | f[39] << 16 | f[40] << 8 | f[41];
	out[nr_out++].len = at - 54;
	return 0;
}

static void flush(struct netdev *d)
{
}

static const struct netdev_ops ops = {.xmit = xmit, .flush = flush};
static struct netdev dev = {
	.ops = &ops,
	.mac = {2, 0, 0, 0, 0, 9},
	.mtu = 1500,
	.features = NET_CSUM_BLANK,
	.link = true,
};
/* ARP: 10.0.0.1 is at 2:0:0:0:0:1. */
static const uint8_t is_at[42] = {
	2, 0, 0, 0, 0, 9, 2, 0,	 0, 0, 0, 1, 8, 6, 0, 1, 8, 0,	6, 4, 0,
	2, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 2, 0, 0, 0, 0, 9, 10, 0, 0, 5,
};

static void acknowledge(unsigned int who)
{
	uint8_t f[54] = {2,  0,	   0, 0, 0,  9, 2, 0,	 0, 0,	0, 1, 8,
			 0,  0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0,
			 10, 0,	   0, 1, 10, 0, 0, 5,	 0, 0,	0, 80};
	uint16_t sum = ~checksum_fold(checksum_add(0, f + 14, 20));
	uint32_t seq = lwip_htonl(pcbs[who]->rcv_nxt);
	uint32_t ack = lwip_htonl(has[who]);

	memcpy(f + 24, &sum, 2);
	f[34] = (PORT + who) >> 8;
	f[35] = (uint8_t)(PORT + who);
	memcpy(f + 38, &seq, 4);
	memcpy(f + 42, &ack, 4);
	f[46] = 0x50;
	f[47] = TCP_ACK;
	f[48] = f[49] = 0xff;
	netdev_rx_copy(&dev, f, sizeof(f), NET_CSUM_VALID);
}

static struct tcp_pcb *connection(unsigned int who)
{
	struct tcp_pcb *p = tcp_new();

	IP_ADDR4(&p->local_ip, 10, 0, 0, 5);
	IP_ADDR4(&p->remote_ip, 10, 0, 0, 1);
	p->local_port = 80;
	p->remote_port = PORT + who;
	p->state = ESTABLISHED;
	p->mss = MSS;
	p->snd_nxt = p->lastack = p->snd_lbb = p->snd_wl2 = FIRST;
	p->snd_wnd = p->snd_wnd_max = p->snd_buf = 0xffff;
	tcp_nagle_disable(p);
	tcp_recovery_cwnd(p);
	demux_add(&tcp_active_pcbs, p);
	has[who] = FIRST;
	arrived[who] = 0;
	return p;
}

/* A program that always has something to say. */
static void fill(struct tcp_pcb *p)
{
	struct tcp_seg *last = NULL;

	if (p->unsent || p->snd_queuelen > 20)
		return;
	for (int i = 0; i < 4; i++) {
		struct tcp_seg *seg = tcp_segment_new(p, p->snd_lbb, TCP_ACK);
		struct pbuf *end = seg->p;

		tcp_segment_add(seg, &end, data, MSS);
		tcp_segment_queue(p, last, seg);
		last = seg;
	}
	tcp_output(p);
}

/* What left arrives, but for one in many; the program goes on. */
static void peer(bool loses)
{
	unsigned int n = nr_out;

	nr_out = 0;
	for (unsigned int i = 0; i < n; i++) {
		unsigned int w = out[i].who;

		repeated += TCP_SEQ_LT(out[i].seq, has[w]);
		if (out[i].seq != has[w] || (loses && rand() % 20 == 0))
			continue;
		has[w] += out[i].len;
		arrived[w] += out[i].len;
		acknowledge(w);
		fill(pcbs[w]);
	}
	netdev_rx_done(&dev);
}

static void begin(void)
{
	space = ~0u;
	for (unsigned int i = 0; i < MANY; i++)
		pcbs[i] = connection(i);
	space = nr_out = 0;
}

static void end(void)
{
	space = ~0u;
	netdev_tx_ready(&dev);
	for (unsigned int i = 0; i < MANY; i++)
		tcp_abandon(pcbs[i], 0);
	stack_flush();
	nr_out = 0;
}

/* A minute without room: nothing is taken for lost. */
static void waits(void)
{
	unsigned int bad = 0, stuck = 0;
	uint32_t cwnd;

	begin();
	cwnd = tcp_recovery(pcbs[0])->cwnd;
	for (unsigned int i = 0; i < MANY; i++)
		fill(pcbs[i]);
	stack_flush();
	fake_run(60000 * MS);
	for (unsigned int i = 0; i < MANY; i++)
		bad += pcbs[i]->nrtx || tcp_recovery(pcbs[i])->cwnd != cwnd ||
		       tcp_recovery(pcbs[i])->state != RECOVERY_NONE;
	CHECK(!bad);
	/* All of it leaves then, once. */
	repeated = 0;
	for (int i = 0; i < 8; i++) {
		space = 200;
		netdev_tx_ready(&dev);
		for (unsigned int k = 0; k < nr_out; k++) {
			CHECK(out[k].seq == has[out[k].who]);
			has[out[k].who] += out[k].len;
		}
		nr_out = 0;
	}
	for (unsigned int i = 0; i < MANY; i++)
		stuck += has[i] != FIRST + 4 * MSS;
	CHECK(!stuck);
	end();
}

/* What is lost, and waits for room to be sent again, keeps its time-out, and
 * is sent as soon as there is some. */
static void lost_waits(void)
{
	unsigned int late = 0, backed_off = 0;

	begin();
	space = ~0u;
	for (unsigned int i = 0; i < MANY; i++)
		fill(pcbs[i]);
	stack_flush();
	CHECK(nr_out == 4 * MANY);
	/* None of it arrived. */
	nr_out = space = 0;
	fake_run(60000 * MS);
	for (unsigned int i = 0; i < MANY; i++)
		backed_off += pcbs[i]->nrtx > 1;
	CHECK(!backed_off);
	for (int i = 0; i < 4; i++) {
		space = 200;
		netdev_tx_ready(&dev);
	}
	for (unsigned int k = 0; k < nr_out; k++)
		if (out[k].seq == has[out[k].who])
			has[out[k].who] += out[k].len;
	for (unsigned int i = 0; i < MANY; i++)
		late += has[i] == FIRST;
	CHECK(!late);
	end();
}

/* A device that is full most of the time: who gets how much. */
static void turns(bool loses)
{
	uint32_t least = UINT32_MAX, most = 0;

	begin();
	repeated = 0;
	for (unsigned int i = 0; i < MANY; i++)
		fill(pcbs[i]);
	stack_flush();
	for (int i = 0; i < 10000; i++) {
		space = 10;
		netdev_tx_ready(&dev);
		fake_run(5 * MS);
		peer(loses);
	}
	for (unsigned int i = 0; i < MANY; i++) {
		least = arrived[i] < least ? arrived[i] : least;
		most = arrived[i] > most ? arrived[i] : most;
	}
	if (getenv("VERBOSE"))
		printf("room: %s: %u to %u bytes each, %u packets again\n",
		       loses ? "with loss" : "without", least, most, repeated);
	CHECK(least > most / (loses ? 3 : 2));
	CHECK(loses || !repeated);
	end();
}

void test_room(void)
{
	ip4_addr_t a, m, g;
	struct netif *n;
	long before;

	CHECK(netdev_register(&dev) == 0);
	n = stack_netif_by_name("eth0");
	IP4_ADDR(&a, 10, 0, 0, 5);
	IP4_ADDR(&m, 255, 255, 255, 0);
	ip4_addr_set_any(&g);
	netif_set_addr(n, &a, &m, &g);
	space = ~0u;
	netdev_rx_copy(&dev, is_at, sizeof(is_at), 0);
	netdev_rx_done(&dev);
	srand(1);
	before = frames_out;
	waits();
	lost_waits();
	turns(false);
	turns(true);
	CHECK(frames_out - before < 4096);
	netdev_unregister(&dev);
}
