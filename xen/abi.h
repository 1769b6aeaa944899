/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * abi.h: Xen's own public headers, at the one version of the interface that
 * this folder speaks. Nothing of the ABI is written again by hand.
 */
#ifndef XEN_ABI_H
#define XEN_ABI_H

#define __XEN_INTERFACE_VERSION__ 0x00040d00

#ifndef __ASSEMBLER__
#include <stdint.h>
#endif
/* The public headers ask this of whoever includes them from assembler. */
#ifdef __ASSEMBLER__
#define __ASSEMBLY__
#endif

#include <xen/xen.h>
#include <xen/elfnote.h>
#ifndef __ASSEMBLER__
#include <xen/callback.h>
#include <xen/event_channel.h>
#include <xen/grant_table.h>
#include <xen/sched.h>
#include <xen/vcpu.h>
#include <xen/io/console.h>
#endif

#endif
