/* SPDX-License-Identifier: BSD-2-Clause */
/* TCP and UDP over lo. */
#include <string.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/udp.h>
#include "../../../net/stack.h"
#include "net.h"

#define TOTAL (8u << 20)
static uint8_t data[64 << 10];
static size_t sent, received;
static int wrong, ended, connected;
static struct tcp_pcb *served;

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
	if (!p) {
		ended++;
		return ERR_OK;
	}
	for (struct pbuf *q = p; q; q = q->next)
		for (size_t i = 0; i < q->len; i++, received++)
			wrong += ((uint8_t *)q->payload)[i] !=
				 data[received % sizeof(data)];
	tcp_recved(pcb, p->tot_len);
	pbuf_free(p);
	return ERR_OK;
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
	served = pcb;
	tcp_recv(pcb, on_recv);
	return ERR_OK;
}

static void push(struct tcp_pcb *pcb)
{
	while (sent < TOTAL) {
		size_t at = sent % sizeof(data), n = sizeof(data) - at;

		n = n < tcp_sndbuf(pcb) ? n : tcp_sndbuf(pcb);
		n = n < 0xffff ? n : 0xffff;
		if (!n || tcp_write(pcb, data + at, n, 0) != ERR_OK)
			break;
		sent += n;
	}
	tcp_output(pcb);
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t n)
{
	push(pcb);
	return ERR_OK;
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
	connected++;
	push(pcb);
	return ERR_OK;
}

static void bulk(const ip_addr_t *addr, u16_t port)
{
	struct tcp_pcb *l = tcp_new_ip_type(IPADDR_TYPE_ANY);
	struct tcp_pcb *c = tcp_new_ip_type(IP_GET_TYPE(addr));

	sent = received = 0;
	connected = ended = wrong = 0;
	CHECK(tcp_bind(l, IP_ANY_TYPE, port) == ERR_OK);
	l = tcp_listen(l);
	tcp_accept(l, on_accept);
	tcp_sent(c, on_sent);
	CHECK(tcp_connect(c, addr, port, on_connected) == ERR_OK);
	stack_flush();
	fake_run(3000000000);
	CHECK(connected == 1);
	CHECK(received == TOTAL);
	CHECK(wrong == 0);
	/* Both are idle: nothing must tick. */
	CHECK(fake_run(3600000000000) == 0);
	tcp_close(c);
	stack_flush();
	CHECK(ended == 1);
	tcp_close(served);
	stack_flush();
	tcp_close(l);
	CHECK(tcp_tw_pcbs != NULL);
	CHECK(fake_run(120000000000) < 10);
	CHECK(tcp_tw_pcbs == NULL && tcp_active_pcbs == NULL);
}

static int datagrams;

static void on_datagram(void *arg, struct udp_pcb *pcb, struct pbuf *p,
			const ip_addr_t *from, u16_t port)
{
	datagrams += p->tot_len == 20000 && pbuf_get_at(p, 19999) == 7;
	pbuf_free(p);
}

static void datagram(const ip_addr_t *addr)
{
	struct udp_pcb *a = udp_new_ip_type(IPADDR_TYPE_ANY);
	struct udp_pcb *b = udp_new_ip_type(IP_GET_TYPE(addr));
	struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 20000, PBUF_RAM);

	datagrams = 0;
	udp_bind(a, IP_ANY_TYPE, 53);
	udp_recv(a, on_datagram, NULL);
	pbuf_put_at(p, 19999, 7);
	CHECK(udp_sendto(b, p, addr, 53) == ERR_OK);
	pbuf_free(p);
	CHECK(datagrams == 0);
	stack_flush();
	CHECK(datagrams == 1);
	udp_remove(a);
	udp_remove(b);
}

void test_loop(void)
{
	static const char *const addrs[] = {"127.0.0.1", "127.0.0.2", "::1"};
	ip_addr_t addr;
	long before = 0;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = i * 7 + i / 251;
	stack_init();
	CHECK(stack_netif_by_index(1) == stack_netif_by_name("lo"));
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 3; i++) {
			ipaddr_aton(addrs[i], &addr);
			bulk(&addr, 80);
			datagram(&addr);
		}
		if (round)
			CHECK(frames_out == before);
		before = frames_out;
	}
	CHECK(frames_out < 40);
}
