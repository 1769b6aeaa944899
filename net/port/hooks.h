/* SPDX-License-Identifier: BSD-2-Clause */
/* hooks.h: where lwIP asks us: LWIP_HOOK_ in its opt.h. */
#ifndef NET_PORT_HOOKS_H
#define NET_PORT_HOOKS_H

#include <lwip/err.h>
#include <lwip/ip_addr.h>

/* net/isn.c */
uint32_t net_initial_seq(const ip_addr_t *local, uint16_t local_port,
			 const ip_addr_t *remote, uint16_t remote_port);
#define LWIP_HOOK_TCP_ISN net_initial_seq

/* net/tcp_recovery.c: a segment of connection pcb, whose options are len bytes,
 * len1 behind the header and the others at rest; p is its data. */
struct pbuf;
struct tcp_hdr;
struct tcp_pcb;
err_t net_tcp_input(struct tcp_pcb *pcb, const struct tcp_hdr *h, uint16_t len,
		    uint16_t len1, const uint8_t *rest, const struct pbuf *p);
#define LWIP_HOOK_TCP_INPACKET_PCB net_tcp_input

/* net/tcp_output.c: segment p of connection pcb (NULL: of none), whose header
 * h is complete but for the checksum, is about to leave. Returns options, where
 * more of them could go. */
uint32_t *net_tcp_header(struct pbuf *p, struct tcp_hdr *h,
			 const struct tcp_pcb *pcb, uint32_t *options);
#define LWIP_HOOK_TCP_OUT_ADD_TCPOPTS net_tcp_header

/* net/config.c */
struct netif;
const ip6_addr_t *net_ip6_gateway(struct netif *n, const ip6_addr_t *to);
#define LWIP_HOOK_ND6_GET_GW net_ip6_gateway
struct netif *net_ip6_route(const ip6_addr_t *to);
#define LWIP_HOOK_IP6_ROUTE(src, dest) net_ip6_route(dest)

#endif
