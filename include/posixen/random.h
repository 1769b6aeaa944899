/* SPDX-License-Identifier: BSD-2-Clause */
/* random.h: random bytes for getrandom(2), /dev/urandom and AT_RANDOM. */
#ifndef POSIXEN_RANDOM_H
#define POSIXEN_RANDOM_H

#include <posixen/types.h>

/* Cryptographic quality, never blocks (runtime/random.c). */
void random_bytes(void *buf, size_t n);

#endif
