/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lwip/priv/tcp_priv.h as lwIP and net/ see it: lwIP's own, but its lists of
 * connections are entered and left, and segments come in, through net/demux.c.
 * tcp_in.c, which defines tcp_input(), is compiled with NET_TCP_IN.
 */
#ifndef NET_PORT_TCP_PRIV_H
#define NET_PORT_TCP_PRIV_H

#include_next <lwip/priv/tcp_priv.h>

void demux_add(struct tcp_pcb **list, struct tcp_pcb *p);
void demux_remove(struct tcp_pcb **list, struct tcp_pcb *p);
void demux_input(struct pbuf *p, struct netif *in);

#undef TCP_REG
#undef TCP_RMV
#define TCP_REG(list, p) demux_add(list, p)
#define TCP_RMV(list, p) demux_remove(list, p)
#ifndef NET_TCP_IN
#define tcp_input demux_input
#endif

#endif
