/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loop.c: the interface lo, and packets of other interfaces to their own
 * addresses.
 *
 * A packet is copied, since lwIP changes headers where they lie and the sender
 * keeps its segments until they are acknowledged, and queued. It is delivered
 * by stack_flush(), not from within the output that sent it: lwIP's functions
 * are not prepared for a pcb that changes while they work on it.
 */
#include <lwip/ip.h>
#include <lwip/prot/ip4.h>
#include <posixen/lib.h>
#include "framebuf.h"
#include "loop.h"
#include "pool.h"
#include "timers.h"

struct looped {
	struct looped *next;
	struct pbuf *p;
	struct netif *in;
};

#define CHECKSUM_GEN_ALL 0x00ff /* NETIF_CHECKSUM_GEN_ bits */

struct netif loop_netif;
uint64_t loop_packets, loop_bytes;
static struct pool loopeds = {.size = ALIGN_UP(sizeof(struct looped), 16)};
static struct looped *first, **end = &first;

err_t loop_output(struct netif *n, struct pbuf *p)
{
	struct looped *l = pool_alloc(&loopeds);

	if (!l)
		return ERR_MEM;
	l->p = framebuf_clone(p);
	if (!l->p) {
		pool_free(l);
		return ERR_MEM;
	}
	l->p->flags |= p->flags & (PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST);
	l->in = n;
	l->next = NULL;
	*end = l;
	end = &l->next;
	if (n == &loop_netif) {
		loop_packets++;
		loop_bytes += p->tot_len;
	}
	timers_tcp_active();
	return ERR_OK;
}

/*
 * All of 127.0.0.0/8 is this machine, but an interface of lwIP has one address:
 * while a packet to another of them comes in, that one is lo's.
 */
static void input_lo(struct pbuf *p)
{
	const struct ip_hdr *ip = p->payload;
	ip_addr_t own = loop_netif.ip_addr;

	if (p->len >= IP_HLEN && IPH_V(ip) == 4 &&
	    ip4_addr_isloopback(&ip->dest))
		ip4_addr_copy(*ip_2_ip4(&loop_netif.ip_addr), ip->dest);
	ip_input(p, &loop_netif);
	loop_netif.ip_addr = own;
}

bool loop_deliver(void)
{
	struct looped *l = first;

	if (!l)
		return false;
	/* What the packets cause to be sent comes in the next round. */
	first = NULL;
	end = &first;
	while (l) {
		struct looped *next = l->next;
		struct netif *in = l->in;
		u16_t checks = in->chksum_flags;

		/* Nothing on the way can have changed it. */
		in->chksum_flags &= CHECKSUM_GEN_ALL;
		if (in == &loop_netif)
			input_lo(l->p);
		else
			ip_input(l->p, in);
		in->chksum_flags = checks;
		pool_free(l);
		l = next;
	}
	return true;
}

static err_t output_ip4(struct netif *n, struct pbuf *p, const ip4_addr_t *to)
{
	return loop_output(n, p);
}

/* lwIP chooses lo for any address when there is no other interface. */
static err_t output_ip6(struct netif *n, struct pbuf *p, const ip6_addr_t *to)
{
	if (!ip6_addr_isloopback(to) && !ip6_addr_ismulticast(to))
		return ERR_RTE;
	return loop_output(n, p);
}

static err_t init(struct netif *n)
{
	n->name[0] = 'l', n->name[1] = 'o';
	n->output = output_ip4;
	n->output_ip6 = output_ip6;
	n->mtu = n->mtu6 = LOOP_MTU - 1;
	n->flags |= NETIF_FLAG_IGMP | NETIF_FLAG_MLD6;
	/* What does not leave the machine needs no checksum, but programs look
	 * at those of IP and ICMP. */
	NETIF_SET_CHECKSUM_CTRL(n, NETIF_CHECKSUM_GEN_IP |
					   NETIF_CHECKSUM_GEN_ICMP |
					   NETIF_CHECKSUM_GEN_ICMP6);
	return ERR_OK;
}

void loop_start(void)
{
	ip4_addr_t addr, mask, gw;
	ip6_addr_t addr6;

	IP4_ADDR(&addr, 127, 0, 0, 1);
	IP4_ADDR(&mask, 255, 0, 0, 0);
	ip4_addr_set_zero(&gw);
	netif_add(&loop_netif, &addr, &mask, &gw, NULL, init, ip_input);
	IP6_ADDR(&addr6, 0, 0, 0, PP_HTONL(1));
	netif_ip6_addr_set(&loop_netif, 0, &addr6);
	netif_ip6_addr_set_state(&loop_netif, 0, IP6_ADDR_PREFERRED);
	netif_set_link_up(&loop_netif);
	netif_set_up(&loop_netif);
}
