/* SPDX-License-Identifier: BSD-2-Clause */
/* timers.h: when lwIP's timers run (timers.c). Kernel context, any. */
#ifndef NET_TIMERS_H
#define NET_TIMERS_H

#include <posixen/types.h>

/* Packets are about to come in: lwIP's clock of TCP must be right. */
void timers_before_input(void);
/* TCP sent or received something: its timers run for a while. */
void timers_tcp_active(void);
/* An ARP request went out; a fragment came in: the timers that time out what
 * now waits for an answer or for the rest. */
void timers_arp_active(void);
void timers_fragment(void);

#endif
