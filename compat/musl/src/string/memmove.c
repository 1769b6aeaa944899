/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "px_move.h"

void *memmove(void *dest, const void *src, size_t n)
{
	return px_move(dest, src, n);
}
