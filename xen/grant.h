/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grant.h: the grant table, version 1 (xen/grant_table.h): which other domain
 * may reach which of our frames (grant.c).
 *
 * Granting and revoking are writes to memory, not hypercalls; the table grows
 * by hypercall when it runs out. Kernel context, any; nothing blocks.
 */
#ifndef XEN_GRANT_H
#define XEN_GRANT_H

#include <posixen/types.h>
#include "abi.h"
#include <xen/grant_table.h>

/* Let domain domid reach the frame behind page (direct map): the reference, or
 * -ENOSPC (the table is at Xen's limit), -ENOMEM. */
int grant_access(domid_t domid, const void *page, bool readonly);
/* Take it back and free the reference: true. False: the other side has it
 * mapped or is copying; neither the reference nor the page may be used again
 * before a later call returns true. */
bool grant_end(grant_ref_t ref);
/* Take it back and free the reference as soon as the other side lets go, then
 * page_put() the frame: for what must not wait. */
void grant_end_later(grant_ref_t ref, pfn_t pfn);

/* For pools: a free reference without access, which grant_set() points
 * somewhere and grant_clear() points nowhere (false as above), any number of
 * times; grant_free() gives it back. */
int grant_reserve(void);
void grant_set(grant_ref_t ref, domid_t domid, const void *page, bool readonly);
bool grant_clear(grant_ref_t ref);
void grant_free(grant_ref_t ref);

#endif
