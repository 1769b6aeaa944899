/* SPDX-License-Identifier: BSD-2-Clause */
/* timers.h: when lwIP's timers run (timers.c). Kernel context, any. */
#ifndef NET_TIMERS_H
#define NET_TIMERS_H

#include <posixen/types.h>

/* Packets are about to come in: lwIP's clock of TCP must be right. */
void timers_before_input(void);
/* TCP sent or received something: its timers run for a while. */
void timers_tcp_active(void);
/* Something that is not TCP went in or out, or a group was joined: look which
 * of the other timers are needed. */
void timers_touch(void);
/* A new IPv6 address or link: begin to ask for it (RFC 4862, 5.4) now, not with
 * the next tick. */
void timers_nd_now(void);
/* An ARP request went out; a fragment came in: the timers that time out what
 * now waits for an answer or for the rest. */
void timers_arp_active(void);
void timers_fragment(void);

#endif
