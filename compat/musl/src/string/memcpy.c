/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_move.h"

/* Overlapping buffers are undefined here; being right costs nothing, but only
 * if the compiler is not told that they do not overlap: no `restrict`. */
void *memcpy(void *dest, const void *src, size_t n)
{
	return px_move(dest, src, n);
}
