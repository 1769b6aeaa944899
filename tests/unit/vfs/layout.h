/* SPDX-License-Identifier: BSD-2-Clause */
/* layout.h: included first, moves what lies at the address sanitizer's
 * tables. */
#include <posixen/layout.h>
#undef DIRECT_BASE
#undef PAGES_BASE
#define DIRECT_BASE 0x200000000000UL
#define PAGES_BASE  0x300000000000UL
