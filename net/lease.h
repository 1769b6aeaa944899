/* SPDX-License-Identifier: BSD-2-Clause */
/* lease.h: when a lease of DHCP is renewed (lease.c). Kernel context, any;
 * nothing blocks. */
#ifndef NET_LEASE_H
#define NET_LEASE_H

#include <posixen/types.h>

/* An interface's lease; all 0: none. Times as plat_monotonic_ns(). */
struct lease {
	uint64_t since, next;
};

/* When the next lease needs something, after a look at what DHCP has got since
 * the last call; UINT64_MAX: none does. */
uint64_t lease_plan(uint64_t now);
/* Do what is due: ask for more time, or give the address up. */
void lease_act(uint64_t now);

#endif
