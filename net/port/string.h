/* SPDX-License-Identifier: BSD-2-Clause */
/* string.h: the name under which lwIP asks for what lib.h has. */
#ifndef NET_PORT_STRING_H
#define NET_PORT_STRING_H
#include <posixen/lib.h>
/* Inline where the size is known: see arch/cc.h. */
#define memcpy(d, s, n) __builtin_memcpy((d), (s), (n))
#define memset(d, c, n) __builtin_memset((d), (c), (n))
#define memcmp(a, b, n) __builtin_memcmp((a), (b), (n))
#endif
