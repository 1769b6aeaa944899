/* SPDX-License-Identifier: BSD-2-Clause */
/* interface.h: an lwIP interface as Linux would describe it (interface.c). */
#ifndef NET_INTERFACE_H
#define NET_INTERFACE_H

#include "stack.h"

/* linux/if.h and linux/if_arp.h, which want a C library's headers. */
#define IFF_UP	      0x1u
#define IFF_BROADCAST 0x2u
#define IFF_LOOPBACK  0x8u
#define IFF_RUNNING   0x40u
#define IFF_MULTICAST 0x1000u
#define IFF_LOWER_UP  0x10000u

#define ARPHRD_ETHER	1
#define ARPHRD_LOOPBACK 772

/* The interface with the smallest index >= *index, which becomes that; NULL. */
struct netif *interface_next(unsigned int *index);
bool interface_is_lo(const struct netif *n);
unsigned int interface_flags(const struct netif *n); /* IFF_ */
unsigned int interface_type(const struct netif *n);  /* ARPHRD_ */
unsigned int interface_mtu(const struct netif *n);
/* Bits of a netmask in network order. */
unsigned int mask_bits(uint32_t mask);

#endif
