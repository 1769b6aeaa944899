/* SPDX-License-Identifier: BSD-2-Clause */
/* layout.h: instead of posixen/layout.h, where gcc's address checks keep their
 * own memory. */
#ifndef POSIXEN_LAYOUT_H
#define POSIXEN_LAYOUT_H

#define DIRECT_BASE 0x300000000000UL
#define DIRECT_MAX  0x301000000000UL
#define PAGES_BASE  0x310000000000UL

#endif
