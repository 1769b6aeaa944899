/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netdev.c: between devices (posixen/netdev.h) and lwIP's interfaces.
 *
 * What comes in is not copied: each frame becomes a pbuf that gives it back
 * when it is freed. Ethernet's header is read here and left out, so that a
 * packet of 64 KB keeps within pbufs' 16-bit lengths. What goes out passes
 * gso.c.
 */
#include <lwip/etharp.h>
#include <lwip/ethip6.h>
#include <lwip/ip.h>
#include <lwip/prot/ethernet.h>
#include <lwip/prot/ip4.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/tcp.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "config.h"
#include "framebuf.h"
#include "loop.h"
#include "netdev.h"
#include "stack.h"
#include "tcp_recovery.h"
#include "timers.h"

#define ETH 14u
/* All headers that lwIP reads must lie in one piece: Ethernet, IP with options,
 * TCP. */
#define PULL 134u

struct list ifaces = LIST_INIT(ifaces);
void (*netdev_tcp_room)(struct tcp_pcb *p);

/* Out. */

static bool own_ip6(struct netif *n, const ip6_addr_t *to)
{
	for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
		if (ip6_addr_isvalid(netif_ip6_addr_state(n, i)) &&
		    ip6_addr_cmp_zoneless(to, netif_ip6_addr(n, i)))
			return true;
	return false;
}

static err_t output_ip4(struct netif *n, struct pbuf *p, const ip4_addr_t *to)
{
	if (ip4_addr_cmp(to, netif_ip4_addr(n)))
		return loop_output(n, p);
	if (p->flags & PBUF_FLAG_MCASTLOOP && ip4_addr_ismulticast(to))
		loop_output(n, p);
	return etharp_output(n, p, to);
}

static err_t output_ip6(struct netif *n, struct pbuf *p, const ip6_addr_t *to)
{
	if (ip6_addr_ismulticast(to)) {
		if (p->flags & PBUF_FLAG_MCASTLOOP)
			loop_output(n, p);
	} else if (own_ip6(n, to)) {
		return loop_output(n, p);
	}
	return ethip6_output(n, p, to);
}

static err_t link_output(struct netif *n, struct pbuf *p)
{
	/* What lwIP says in farewell has nobody to carry it. */
	if (!netif_is_link_up(n))
		return ERR_IF;
	return gso_output(&((struct iface *)n)->gso, p);
}

bool netdev_cuts_tcp(const struct netif *n, bool v6)
{
	unsigned int need = NET_CSUM_BLANK | (v6 ? NET_GSO_TCP6 : NET_GSO_TCP4);

	return n->linkoutput == link_output &&
	       (~((const struct iface *)n)->dev->features & need) == 0;
}

void netdev_flush(void)
{
	list_for_each (pos, &ifaces)
		gso_flush(&list_entry(pos, struct iface, link)->gso);
}

/* The device's filter of multicast addresses: RFC 1112, 6.4; RFC 2464, 7. */
static err_t filter(struct netif *n, const uint8_t mac[6],
		    enum netif_mac_filter_action action)
{
	struct netdev *d = ((struct iface *)n)->dev;

	timers_touch();
	if (d->ops->multicast)
		d->ops->multicast(d, mac, action == NETIF_ADD_MAC_FILTER);
	return ERR_OK;
}

static err_t filter_ip4(struct netif *n, const ip4_addr_t *group,
			enum netif_mac_filter_action action)
{
	const uint8_t mac[6] = {0x01,
				0x00,
				0x5e,
				ip4_addr2(group) & 0x7f,
				ip4_addr3(group),
				ip4_addr4(group)};

	return filter(n, mac, action);
}

static err_t filter_ip6(struct netif *n, const ip6_addr_t *group,
			enum netif_mac_filter_action action)
{
	const uint8_t *last = (const uint8_t *)&group->addr[3];
	const uint8_t mac[6] = {0x33, 0x33, last[0], last[1], last[2], last[3]};

	return filter(n, mac, action);
}

/* In. */

/* The first headers of p in one piece: p, or another pbuf in its place. NULL:
 * no memory, p is freed. */
static struct pbuf *pull(struct pbuf *p)
{
	unsigned int n = MIN(p->tot_len, PULL);
	struct pbuf *head;

	if (p->len >= n)
		return p;
	head = pbuf_alloc(PBUF_RAW, n, PBUF_RAM);
	if (!head) {
		pbuf_free(p);
		return NULL;
	}
	pbuf_copy_partial(p, head->payload, n, 0);
	p = pbuf_free_header(p, n);
	if (p)
		pbuf_cat(head, p);
	return head;
}

static bool is_fragment(const struct pbuf *p, bool v6)
{
	const uint8_t *ip = p->payload;

	if (v6)
		return p->len >= 40 && ip[6] == IP6_NEXTH_FRAGMENT;
	return p->len >= 20 && ((ip[6] & 0x3f) || ip[7]);
}

/*
 * What came as one large packet was several segments for the sender, who waits
 * for their acknowledgement: RFC 9293 (3.8.6.3) asks for one at least for every
 * second segment. lwIP saw one segment and may delay.
 */
static void acknowledge_now(uint32_t ports)
{
	struct tcp_pcb *pcb = tcp_active_pcbs; /* the one just used: tcp_in.c */

	if (pcb && pcb->flags & TF_ACK_DELAY &&
	    pcb->remote_port == __builtin_bswap16(ports) &&
	    pcb->local_port == __builtin_bswap16(ports >> 16)) {
		tcp_ack_now(pcb);
		tcp_output(pcb);
	}
}

static void tell_room(void)
{
	struct tcp_pcb *pcb = tcp_active_pcbs; /* the one just used: tcp_in.c */

	if (pcb && pcb->unacked && !pcb->unsent && netdev_tcp_room)
		netdev_tcp_room(pcb);
}

/* Source and destination port of a TCP packet without options of IP. */
static uint32_t ports_of(const struct pbuf *p, bool v6)
{
	unsigned int at = v6 ? 40 : 20;
	uint32_t ports = 0;

	if (p->len >= at + 4)
		__builtin_memcpy(&ports, (char *)p->payload + at, 4);
	return ports;
}

/* RFC 9293, 3.10.7.4, fifth: a segment without ACK is dropped, unless it is SYN
 * or RST. lwIP would take its data and FIN. */
static bool has_ack(const struct pbuf *p, bool v6)
{
	const uint8_t *ip = p->payload;
	unsigned int at = (v6 ? 40 : (ip[0] & 15) * 4u) + 13;

	return p->len <= at || ip[at] & (TCP_SYN | TCP_RST | TCP_ACK);
}

static void input_ip(struct iface *i, struct pbuf *p, bool v6,
		     unsigned int flags, unsigned int gso_size)
{
	struct netif *n = &i->netif;
	uint16_t checks = n->chksum_flags;
	uint32_t ports = gso_size ? ports_of(p, v6) : 0;
	const uint8_t *ip = p->payload;
	bool tcp = p->len >= 20 && ip[v6 ? 6 : 9] == IP_PROTO_TCP;

	if (tcp)
		timers_tcp_active();
	else
		timers_touch();
	if (is_fragment(p, v6)) {
		timers_fragment();
	} else if (tcp && !has_ack(p, v6)) {
		pbuf_free(p);
		return;
	} else if (flags & (NET_CSUM_VALID | NET_CSUM_BLANK)) {
		n->chksum_flags &=
			~(NETIF_CHECKSUM_CHECK_TCP | NETIF_CHECKSUM_CHECK_UDP);
	}
	if (v6)
		ip6_input(p, n);
	else
		ip4_input(p, n);
	n->chksum_flags = checks;
	if (tcp)
		tell_room();
	if (gso_size)
		acknowledge_now(ports);
}

/* A packet behind its Ethernet header eth. */
static void input(struct iface *i, const uint8_t *eth, struct pbuf *p,
		  unsigned int flags, unsigned int gso_size)
{
	struct netif *n = &i->netif;

	if (eth[0] & 1)
		p->flags |=
			eth[0] == 0xff ? PBUF_FLAG_LLBCAST : PBUF_FLAG_LLMCAST;
	else if (__builtin_memcmp(eth, n->hwaddr, 6))
		goto drop; /* flooded by a bridge that has not learned */
	p->if_idx = netif_get_index(n);
	switch (eth[12] << 8 | eth[13]) {
	case ETHTYPE_IP:
		input_ip(i, p, false, flags, gso_size);
		return;
	case ETHTYPE_IPV6:
		input_ip(i, p, true, flags, gso_size);
		return;
	case ETHTYPE_ARP:
		timers_touch();
		etharp_input(p, n);
		return;
	}
drop:
	pbuf_free(p);
}

static bool is_up(const struct iface *i)
{
	return i && netif_is_up(&i->netif) && netif_is_link_up(&i->netif);
}

void netdev_rx(struct netdev *d, const struct net_rx_frag *frags,
	       unsigned int nr, unsigned int flags, unsigned int gso_size)
{
	const uint8_t *eth =
		(const uint8_t *)pfn_to_virt(frags[0].pfn) + frags[0].off;
	uint8_t header[ETH];
	struct pbuf *p = NULL, *q;
	unsigned int len = 0, k;

	for (k = 0; k < nr; k++)
		len += frags[k].len;
	k = 0;
	if (!is_up(d->stack) || frags[0].len <= ETH || len - ETH > 0xffff)
		goto drop;
	/* Its frame may be gone when the address is looked at. */
	__builtin_memcpy(header, eth, ETH);
	for (; k < nr; k++) {
		unsigned int cut = k ? 0 : ETH;

		q = framebuf_wrap(frags[k].pfn, frags[k].off + cut,
				  frags[k].len - cut);
		if (!q)
			goto drop;
		if (p)
			pbuf_cat(p, q);
		else
			p = q;
	}
	timers_before_input();
	p = pull(p);
	if (!p)
		goto drop;
	input(d->stack, header, p, flags, gso_size);
	return;
drop:
	d->stats.rx_dropped++;
	if (p)
		pbuf_free(p);
	for (; k < nr; k++)
		page_put(frags[k].pfn);
}

void netdev_rx_copy(struct netdev *d, const void *data, size_t len,
		    unsigned int flags)
{
	struct pbuf *p = NULL;
	uint8_t header[ETH];

	if (is_up(d->stack) && len > ETH && len <= 0xffff)
		p = framebuf_copy(data, len);
	if (!p) {
		d->stats.rx_dropped++;
		return;
	}
	timers_before_input();
	__builtin_memcpy(header, p->payload, ETH);
	pbuf_remove_header(p, ETH);
	input(d->stack, header, p, flags, 0);
}

void netdev_rx_done(struct netdev *d)
{
	stack_flush();
}

void netdev_tx_ready(struct netdev *d)
{
	struct iface *i = d->stack;

	if (!i)
		return;
	gso_ready(&i->gso);
	if (i->gso.refused && i->gso.waiting == 0) {
		i->gso.refused = false;
		tcp_output_refused(&i->gso.refused);
		stack_flush();
	}
}

/* Life. */

static err_t init(struct netif *n)
{
	struct netdev *d = ((struct iface *)n)->dev;

	n->name[0] = 'e', n->name[1] = 't';
	n->output = output_ip4;
	n->output_ip6 = output_ip6;
	n->linkoutput = link_output;
	n->hwaddr_len = 6;
	memcpy(n->hwaddr, d->mac, 6);
	n->flags |= NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP |
		    NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP | NETIF_FLAG_MLD6;
	netif_set_igmp_mac_filter(n, filter_ip4);
	netif_set_mld_mac_filter(n, filter_ip6);
	return ERR_OK;
}

/* What the device says about itself, which may change while its link is down.
 */
static void read_device(struct iface *i)
{
	struct netif *n = &i->netif;

	n->mtu = n->mtu6 = MIN(i->dev->mtu, 0xffffu - ETH);
	/* TCP's checksum is the device's; UDP's is lwIP's own, because of
	 * fragments. */
	if (i->dev->features & NET_CSUM_BLANK)
		n->chksum_flags &= ~NETIF_CHECKSUM_GEN_TCP;
	else
		n->chksum_flags |= NETIF_CHECKSUM_GEN_TCP;
}

int netdev_register(struct netdev *d)
{
	struct iface *i = kzalloc(sizeof(*i));

	if (!i)
		return -ENOMEM;
	i->dev = d;
	gso_init(&i->gso, d);
	if (!netif_add(&i->netif, NULL, NULL, NULL, i, init, ip_input)) {
		kfree(i);
		return -ENOMEM;
	}
	read_device(i);
	list_append(&ifaces, &i->link);
	d->stack = i;
	netif_set_up(&i->netif);
	config_add(i);
	if (d->link)
		netdev_link_changed(d);
	stack_flush();
	return 0;
}

void netdev_unregister(struct netdev *d)
{
	struct iface *i = d->stack;

	if (!i)
		return;
	netif_set_link_down(&i->netif);
	gso_stop(&i->gso);
	config_remove(i);
	netif_remove(&i->netif);
	list_del(&i->link);
	d->stack = NULL;
	kfree(i);
	stack_flush();
}

void netdev_link_changed(struct netdev *d)
{
	struct iface *i = d->stack;

	if (!i || d->link == !!netif_is_link_up(&i->netif))
		return;
	if (d->link) {
		read_device(i);
		netif_set_link_up(&i->netif);
	} else {
		netif_set_link_down(&i->netif);
		gso_stop(&i->gso);
	}
	config_link(i);
	stack_flush();
}
