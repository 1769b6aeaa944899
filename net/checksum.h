/* SPDX-License-Identifier: BSD-2-Clause */
/* checksum.h: the Internet checksum in parts (checksum.c). Any context. */
#ifndef NET_CHECKSUM_H
#define NET_CHECKSUM_H

#include <posixen/types.h>

/* Add n bytes to a sum (0 at the start). All pieces but the last must have an
 * even length. */
uint64_t checksum_add(uint64_t sum, const void *data, size_t n);
/* The sum in 16 bits, not inverted, in the byte order of the data. */
uint16_t checksum_fold(uint64_t sum);

#endif
