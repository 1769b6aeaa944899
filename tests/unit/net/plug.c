/* SPDX-License-Identifier: BSD-2-Clause */
/* Devices come and go, lose their link, and hand up what is no packet. */
#include <stdlib.h>
#include <string.h>
#include <lwip/netif.h>
#include <posixen/mem.h>
#include <posixen/netdev.h>
#include "../../../net/stack.h"
#include "net.h"

static unsigned int sent, sent_gone;
static int gone;

static int xmit(struct netdev *d, const struct net_tx *t)
{
	sent++;
	sent_gone += gone;
	return 0;
}

static void flush(struct netdev *d)
{
}

static const struct netdev_ops ops = {.xmit = xmit, .flush = flush};

/* An ARP request for 10.0.0.5, as a device gives it. */
static const uint8_t who_has[42] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0,  1, 8, 6,
	0,    1,    8,	  0,	6,    4,    0, 1, 2, 0, 0,  0, 0, 1,
	10,   0,    0,	  1,	0,    0,    0, 0, 0, 0, 10, 0, 0, 5,
};

static void noise(struct netdev *d)
{
	uint8_t bytes[600];

	for (int i = 0; i < 20000; i++) {
		size_t n = rand() % sizeof(bytes);
		struct net_rx_frag f[2];

		for (size_t k = 0; k < n; k++)
			bytes[k] = rand();
		memcpy(bytes, i % 2 ? d->mac : who_has, 6);
		bytes[12] = i % 3 ? 8 : 0x86;
		bytes[13] = i % 3 ? (i % 5 ? 0 : 6) : 0xdd;
		if (i % 4)
			bytes[14] = i % 3 ? 0x45 : 0x60;
		if (i % 7 < 3) {
			netdev_rx_copy(d, bytes, n, rand() & 3);
		} else {
			for (int k = 0; k < 2; k++) {
				f[k].pfn = page_alloc(PAGE_KERNEL, 0);
				f[k].off = rand() % 2000;
				f[k].len = k ? n / 3 : n - n / 3;
				memcpy((char *)pfn_to_virt(f[k].pfn) + f[k].off,
				       bytes + (k ? n - n / 3 : 0), f[k].len);
			}
			netdev_rx(d, f, 2, rand() & 3,
				  i % 11 ? 0 : 1 + rand() % 2000);
		}
		if (i % 64 == 0)
			netdev_rx_done(d);
	}
	netdev_rx_done(d);
}

static void life(void)
{
	struct netdev d = {.ops = &ops,
			   .mac = {2, 0, 0, 0, 0, 9},
			   .mtu = 1500,
			   .features = NET_CSUM_BLANK | NET_GSO_TCP4};
	ip4_addr_t a, m, g;
	struct netif *n;

	gone = 0;
	CHECK(netdev_register(&d) == 0);
	n = stack_netif_by_name("eth0");
	CHECK(n && n->mtu == 1500);
	IP4_ADDR(&a, 10, 0, 0, 5);
	IP4_ADDR(&m, 255, 255, 255, 0);
	IP4_ADDR(&g, 10, 0, 0, 1);
	netif_set_addr(n, &a, &m, &g);
	/* No link: nothing comes, nothing goes. */
	sent = 0;
	netdev_rx_copy(&d, who_has, sizeof(who_has), 0);
	netdev_rx_done(&d);
	CHECK(sent == 0 && d.stats.rx_dropped == 1);
	d.link = true;
	netdev_link_changed(&d);
	CHECK(sent > 0); /* gratuitous ARP */
	sent = 0;
	netdev_rx_copy(&d, who_has, sizeof(who_has), 0);
	netdev_rx_done(&d);
	CHECK(sent == 1);
	noise(&d);
	d.link = false;
	netdev_link_changed(&d);
	gone = 1;
	fake_run(1000000000);
	netdev_unregister(&d);
	CHECK(!stack_netif_by_name("eth0") && !d.stack);
	/* Fragments of the noise go by time. */
	fake_run(100000000000);
	CHECK(sent_gone == 0);
}

void test_plug(void)
{
	long before;

	life();
	before = frames_out;
	life();
	life();
	CHECK(frames_out == before);
}
