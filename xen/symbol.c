/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbol.c: names of functions. The domain builder does not load the image's
 * symbol table, so the guest prints addresses, and tools/run-domu, which has
 * the image, adds the names (docs/console-protocol.md, backtraces).
 */
#include <posixen/platform.h>

const char *plat_symbol(uintptr_t addr, size_t *off)
{
	return NULL;
}
