/* SPDX-License-Identifier: BSD-2-Clause */
/* tap_abi.h: what of Linux's tun devices needs no C library: its if_tun.h wants
 * one's if.h. */
#ifndef HOST_TAP_ABI_H
#define HOST_TAP_ABI_H

#include <posixen/types.h>
#include <asm/ioctl.h>
#include <linux/virtio_net.h>

#define TUNSETIFF     _IOW('T', 202, int)
#define TUNSETOFFLOAD _IOW('T', 208, unsigned int)

#define IFF_TAP	     0x0002
#define IFF_NO_PI    0x1000
#define IFF_VNET_HDR 0x4000

#define TUN_F_CSUM 0x01
#define TUN_F_TSO4 0x02
#define TUN_F_TSO6 0x04

/* The part of struct ifreq that TUNSETIFF reads. */
struct tap_ifreq {
	char name[16];
	short flags;
	char unused[22];
};

#endif
