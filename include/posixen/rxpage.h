/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rxpage.h: frames that another domain writes received packets to
 * (runtime/rxpage.c).
 *
 * A frame that another domain can write it can read as well, so it must hold
 * nothing that is not the other's (Xen's advisory XSA-403). Clearing a frame
 * for each packet would cost more than the packet; so those that have held
 * nothing but packets are kept apart from others when they are free.
 *
 * Kernel context, any; nothing here blocks.
 */
#ifndef POSIXEN_RXPAGE_H
#define POSIXEN_RXPAGE_H

#include <posixen/types.h>

/* A frame as of page_alloc(PAGE_KERNEL, 0) that holds zeros, or what domain
 * source has written to it before. PFN_NONE: no memory. */
pfn_t rxpage_alloc(uint32_t source);
/* As page_put(), of any frame; what lay in one of rxpage_alloc() must be a
 * packet still. */
void rxpage_put(pfn_t pfn);
/* How many free ones are kept for the next. */
size_t rxpage_count(void);

#endif
