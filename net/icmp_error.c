/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * icmp_error.c: what ICMP and ICMPv6 say about packets we sent. lwIP does not
 * look; a raw pcb of our own sees every message before lwIP does, and leaves it
 * to lwIP.
 *
 * As on Linux, a connected datagram socket hears that its peer's port is closed
 * (or its protocol unknown), and with IP_RECVERR any datagram socket hears of
 * everything (errqueue.c); a stream socket hears that its peer is out of reach
 * while it connects, and later nothing.
 */
#include <posixen/lib.h>
#include <lwip/prot/icmp.h>
#include <lwip/prot/icmp6.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/ip6.h>
#include <lwip/icmp.h>
#include <lwip/raw.h>
#include "dgram.h"

/* Of the packet that is complained about: addresses, and the first eight bytes
 * behind IP's header, which is what RFC 792 has in any case. */
struct quote {
	ip_addr_t src, dst;
	uint8_t proto;
	struct { /* in network order */
		uint16_t ports[2];
		uint32_t seq; /* TCP's */
	} first;
};

static void tell(const struct quote *q, struct icmp_said *e)
{
	e->local = &q->src;
	e->remote = &q->dst;
	e->lport = lwip_ntohs(q->first.ports[0]);
	e->rport = lwip_ntohs(q->first.ports[1]);
	if (q->proto == IP_PROTO_UDP)
		udp_unreachable(e);
	else if (q->proto == IP_PROTO_TCP && e->stream)
		tcp_unreachable(e->local, e->lport, e->remote, e->rport,
				lwip_ntohl(q->first.seq), e->error);
}

/* Linux's table of the codes of "destination unreachable" (RFC 792, 1122). */
static int error_v4(uint8_t code, bool *hard)
{
	static const uint8_t errors[] = {
		ENETUNREACH,  EHOSTUNREACH, ENOPROTOOPT,  ECONNREFUSED,
		EMSGSIZE,     EOPNOTSUPP,   ENETUNREACH,  EHOSTDOWN,
		ENONET,	      ENETUNREACH,  EHOSTUNREACH, ENETUNREACH,
		EHOSTUNREACH, EHOSTUNREACH, EHOSTUNREACH, EHOSTUNREACH,
	};

	if (code >= ARRAY_SIZE(errors))
		return EHOSTUNREACH;
	*hard = code == 2 || code == 3 || (code >= 6 && code <= 10) ||
		code >= 13;
	return errors[code];
}

/* Which error it is of type and code, if it is one: e's error and hard. */
static bool meant_v4(const struct icmp_echo_hdr *icmp, struct icmp_said *e)
{
	e->type = icmp->type;
	e->code = icmp->code;
	switch (icmp->type) {
	case ICMP_DUR:
		e->error = error_v4(icmp->code, &e->hard);
		e->stream = true;
		return icmp->code != ICMP_DUR_FRAG;
	case ICMP_TE:
		e->error = EHOSTUNREACH;
		return true;
	case ICMP_PP:
		e->error = EPROTO;
		e->hard = true;
		e->info = lwip_ntohs(icmp->id) >> 8; /* RFC 792: a byte */
		return true;
	default:
		return false;
	}
}

static u8_t on_icmp4(void *arg, struct raw_pcb *pcb, struct pbuf *p,
		     const ip_addr_t *from)
{
	unsigned int at = IPH_HL_BYTES((const struct ip_hdr *)p->payload);
	struct icmp_said e = {.offender = from, .p = p};
	struct icmp_echo_hdr icmp;
	struct ip_hdr ip;
	struct quote q;

	if (pbuf_copy_partial(p, &icmp, sizeof(icmp), (u16_t)at) !=
		    sizeof(icmp) ||
	    !meant_v4(&icmp, &e))
		return 0;
	at += 8;
	if (pbuf_copy_partial(p, &ip, IP_HLEN, (u16_t)at) != IP_HLEN)
		return 0;
	at += IPH_HL_BYTES(&ip);
	if (pbuf_copy_partial(p, &q.first, 8, (u16_t)at) != 8)
		return 0;
	e.off = at + 8;
	memset(&q.src, 0, sizeof(q.src));
	memset(&q.dst, 0, sizeof(q.dst));
	ip_addr_copy_from_ip4(q.src, ip.src);
	ip_addr_copy_from_ip4(q.dst, ip.dest);
	q.proto = IPH_PROTO(&ip);
	tell(&q, &e);
	return 0;
}

static void error_v6(uint8_t code, struct icmp_said *e)
{
	switch (code) {
	case ICMP6_DUR_PORT:
		e->error = ECONNREFUSED;
		e->hard = true;
		break;
	case ICMP6_DUR_PROHIBITED:
	case 5: /* RFC 4443: ingress or egress policy */
	case 6: /* RFC 4443: reject route */
		e->error = EACCES;
		e->hard = true;
		break;
	case ICMP6_DUR_NO_ROUTE:
		e->error = ENETUNREACH;
		break;
	default:
		e->error = EHOSTUNREACH;
	}
}

static bool meant_v6(const struct icmp6_hdr *icmp, struct icmp_said *e)
{
	e->type = icmp->type;
	e->code = icmp->code;
	switch (icmp->type) {
	case ICMP6_TYPE_DUR:
		error_v6(icmp->code, e);
		e->stream = true;
		return true;
	case ICMP6_TYPE_TE:
		e->error = EHOSTUNREACH;
		return true;
	case ICMP6_TYPE_PP:
		e->error = EPROTO;
		e->hard = true;
		e->info = lwip_ntohl(icmp->data);
		return true;
	default:
		return false;
	}
}

static void add_zone(ip_addr_t *ip)
{
	if (ip6_addr_lacks_zone(ip_2_ip6(ip), IP6_UNICAST))
		ip6_addr_assign_zone(ip_2_ip6(ip), IP6_UNICAST,
				     ip_current_input_netif());
}

static u8_t on_icmp6(void *arg, struct raw_pcb *pcb, struct pbuf *p,
		     const ip_addr_t *from)
{
	unsigned int at = ip_current_header_tot_len();
	struct icmp_said e = {.offender = from, .p = p};
	struct icmp6_hdr icmp;
	struct ip6_hdr ip;
	struct quote q;

	if (pbuf_copy_partial(p, &icmp, sizeof(icmp), (u16_t)at) !=
		    sizeof(icmp) ||
	    !meant_v6(&icmp, &e))
		return 0;
	at += 8;
	if (pbuf_copy_partial(p, &ip, IP6_HLEN, (u16_t)at) != IP6_HLEN ||
	    pbuf_copy_partial(p, &q.first, 8, (u16_t)(at + IP6_HLEN)) != 8)
		return 0;
	e.off = at + IP6_HLEN + 8;
	ip_addr_copy_from_ip6_packed(q.src, ip.src);
	ip_addr_copy_from_ip6_packed(q.dst, ip.dest);
	add_zone(&q.src);
	add_zone(&q.dst);
	q.proto = IP6H_NEXTH(&ip);
	tell(&q, &e);
	return 0;
}

int icmp_errors_start(void)
{
	static struct raw_pcb *v4, *v6;

	if (!v4) {
		v4 = raw_new_ip_type(IPADDR_TYPE_V4, IP_PROTO_ICMP);
		if (v4)
			raw_recv(v4, on_icmp4, NULL);
	}
	if (!v6) {
		v6 = raw_new_ip_type(IPADDR_TYPE_V6, IP6_NEXTH_ICMP6);
		if (v6)
			raw_recv(v6, on_icmp6, NULL);
	}
	return v4 && v6 ? 0 : -ENOMEM;
}
