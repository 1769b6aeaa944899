/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack.h: lwIP in this runtime: what the sockets on top of it (inet*.c,
 * tcp*.c, udp.c, raw.c) and the core below them (stack.c, netdev.c, timers.c,
 * config.c) ask of one another.
 *
 * lwIP runs in kernel context, on whatever thread or event is at work; the
 * kernel is not preempted, so it needs no lock. lwIP's callbacks are therefore
 * called in event context: they do not block.
 */
#ifndef NET_STACK_H
#define NET_STACK_H

#include <posixen/subsystem.h>
#include <posixen/types.h>
#include <lwip/err.h>
#include <lwip/netif.h>

/* Every way to an INET socket contains SUBSYSTEM_REQUIRE(network): it links the
 * stack, the driver and the configuration, and starts them before the program.
 */

/* lwIP and lo. Before anything else here. */
void stack_init(void);

/* -errno of an err_t. */
int stack_errno(err_t err);

/* The end of a burst of calls into lwIP that may have sent packets: what was
 * held back to be sent as one goes out, the device is told, and lwIP's
 * loop-back packets are delivered. After each call of the program that sends,
 * and at the end of netdev_rx_done() and of the timers. Cheap when there is
 * nothing to do. */
void stack_flush(void);

/* lwIP may have started or stopped needing its timers: arm them. Called by the
 * stack itself after input and timers, by sockets through stack_flush(). */
void stack_timers(void);

/* How much memory sockets may hold, from the domain's: scale for defaults. */
size_t stack_sndbuf_default(void);
size_t stack_rcvbuf_default(void);

/* Interfaces by index (1 is lo) and by name, for SIOCGIF*, netlink and
 * SO_BINDTODEVICE: NULL if there is none. netif's own index counts from 1 as
 * Linux's does. Names are Linux's: lo, eth0. */
struct netif *stack_netif_by_index(unsigned int index);
struct netif *stack_netif_by_name(const char *name);
void stack_netif_name(const struct netif *n, char name[16]);

#endif
