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

/* A page with one reference, or NULL: no memory. It holds zeros or what was
 * once to be sent. */
void *txpage_alloc(void);
/* addr points anywhere into the page. */
void txpage_get(const void *addr);
void txpage_put(const void *addr);
/* Is addr in such a page? */
bool is_txpage(const void *addr);
/* How many there are, and how many of these are kept free for the next. */
size_t txpage_count(size_t *nr_free);

/* The driver's: 0 until it sets one. Only one owner at a time has the cookies
 * of all pages: txpage_set_revoke() tells who, and -EBUSY that there is another
 * (that one copies what it sends). revoke(page, cookie, false) takes the page
 * back from the other side; false: it is still in use there, ask later. With
 * last it is not asked again: false then says that the driver has taken a
 * reference of the frame (page_get()), which it puts when the other side lets
 * go; the page is not used for sending any more.
 * txpage_clear_revoke(): the owner is gone; every cookie becomes 0. */
uint32_t txpage_cookie(const void *addr);
void txpage_set_cookie(const void *addr, uint32_t cookie);
int txpage_set_revoke(bool (*revoke)(void *page, uint32_t cookie, bool last));
void txpage_clear_revoke(void);

#endif
