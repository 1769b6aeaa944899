/* SPDX-License-Identifier: BSD-2-Clause */
/* layout.h: stands in for posixen/layout.h, whose addresses are those of the
 * address sanitizer's tables. */
#define POSIXEN_LAYOUT_H
#define DIRECT_BASE 0x200000000000UL
#define PAGES_BASE  0x300000000000UL
