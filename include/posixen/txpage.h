/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * txpage.h: pages for data on its way out of a network device
 * (runtime/txpage.c).
 *
 * Sockets copy what a program sends into such pages, once; protocol headers may
 * lie elsewhere. A driver that shows pages to another domain shows each of
 * these once, read-only, and keeps it shown while it lives (the cookie is its
 * reference): so sending costs no grant. A page is given back to the allocator
 * only after the driver has taken it back from the other side.
 *
 * Kernel context, any; nothing here blocks.
 */
#ifndef POSIXEN_TXPAGE_H
#define POSIXEN_TXPAGE_H

#include <posixen/types.h>

/* A page (4096 bytes, contents undefined) with one reference, or NULL: no
 * memory. */
void *txpage_alloc(void);
/* addr points anywhere into the page. */
void txpage_get(const void *addr);
void txpage_put(const void *addr);
/* Is addr in such a page? */
bool is_txpage(const void *addr);

/* The driver's: 0 until it sets one. Only one device at a time may own the
 * cookies of all pages: txpage_set_revoke() tells who, and -EBUSY that another
 * does (that one copies what it sends). revoke(page, cookie) takes the page
 * back from the other side; false: it is still in use there, ask later.
 * txpage_clear_revoke(): the device is gone; every cookie becomes 0. */
uint32_t txpage_cookie(const void *addr);
void txpage_set_cookie(const void *addr, uint32_t cookie);
int txpage_set_revoke(bool (*revoke)(void *page, uint32_t cookie));
void txpage_clear_revoke(void);

#endif
