/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grant_table.h: what grant.c asks that depends on how the domain was entered.
 * grant_pv.c answers for a PV guest.
 */
#ifndef XEN_GRANT_TABLE_H
#define XEN_GRANT_TABLE_H

#include <posixen/types.h>

/* Have Xen make the grant table n + 1 frames long at least and show frame n of
 * it at va. 0, -ENOSPC (it may not be that long), -ENOMEM. */
int grant_show_frame(unsigned int n, uintptr_t va);

/* Frame numbers as table entries hold them: machine frames of a PV guest. An
 * entry of version 1 has 32 bits for it, which is 16 TB of memory. */
uint32_t grant_frame(pfn_t pfn);
pfn_t grant_frame_pfn(uint32_t frame);

#endif
