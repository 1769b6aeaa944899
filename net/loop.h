/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.h: what this machine sends to itself (loop.c). Kernel context, any. */
#ifndef NET_LOOP_H
#define NET_LOOP_H

#include <lwip/netif.h>

/* Linux's MTU of lo; the length fields of IP and of pbufs end a byte before.
 */
#define LOOP_MTU 65536

void loop_start(void); /* make the interface lo */
/* Queue a copy of the packet p, which begins with its IP header, to come in on
 * n. */
err_t loop_output(struct netif *n, struct pbuf *p);
/* Hand what is queued to lwIP; false if nothing was. */
bool loop_deliver(void);

extern struct netif loop_netif;
/* What went through lo, which is what came out of it. */
extern uint64_t loop_packets, loop_bytes;

#endif
