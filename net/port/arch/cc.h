/* SPDX-License-Identifier: BSD-2-Clause */
/* arch/cc.h: what lwIP asks of compiler and platform (its doc/sys_arch.txt). */
#ifndef NET_PORT_ARCH_CC_H
#define NET_PORT_ARCH_CC_H

#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/random.h>

/* There is no C library below: types.h and lib.h have what is needed. */
#define LWIP_NO_INTTYPES_H 1
#define LWIP_NO_LIMITS_H   1
#define LWIP_NO_UNISTD_H   1
#define LWIP_NO_CTYPE_H	   1
#define SSIZE_MAX	   LONG_MAX

/* Formats of messages; the widths are those of x86-64. */
#define X8_F  "02x"
#define U16_F "u"
#define S16_F "d"
#define X16_F "x"
#define U32_F "u"
#define S32_F "d"
#define X32_F "x"
#define SZT_F "lu"

#define BYTE_ORDER LITTLE_ENDIAN

/* gcc makes a few instructions of these where the size is known, which
 * -ffreestanding keeps it from doing under their plain names. */
#define MEMCPY(d, s, n)	 __builtin_memcpy((d), (s), (n))
#define SMEMCPY(d, s, n) __builtin_memcpy((d), (s), (n))
#define MEMMOVE(d, s, n) memmove((d), (s), (n))

#define lwip_htons(x) __builtin_bswap16(x)
#define lwip_htonl(x) __builtin_bswap32(x)

uint32_t net_random(void);
#define LWIP_RAND() net_random()

/* lwIP's assertions cost instructions in each packet: they are in the platform
 * that checks for undefined behaviour, under which the tests run too. */
#ifndef POSIXEN_UBSAN
#define LWIP_NOASSERT
#endif
#define LWIP_PLATFORM_ASSERT(x) panic("lwIP: %s\n", x)
#define LWIP_PLATFORM_DIAG(x)	klog x

#endif
