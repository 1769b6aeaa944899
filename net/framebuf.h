/* SPDX-License-Identifier: BSD-2-Clause */
/* framebuf.h: pbufs whose bytes lie in page frames (framebuf.c). Kernel
 * context, any; nothing blocks. */
#ifndef NET_FRAMEBUF_H
#define NET_FRAMEBUF_H

#include <posixen/mem.h>
#include <lwip/pbuf.h>

/* A pbuf of len bytes at off in a frame, whose reference it takes and gives
 * back when it is freed. NULL: no memory; the frame stays the caller's. */
struct pbuf *framebuf_wrap(pfn_t pfn, unsigned int off, unsigned int len);
/* A copy of n bytes in frames of its own, a chain if they do not fit one. NULL:
 * no memory. */
struct pbuf *framebuf_copy(const void *data, size_t n);
/* A copy of a chain that shares nothing with it. NULL: no memory. */
struct pbuf *framebuf_clone(const struct pbuf *p);

#endif
