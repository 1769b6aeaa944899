/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table by number, for syscall(2) with a variable number (px_syscall).
 *
 * table.c has the whole of it, as a weak symbol, and whoever refers to it links
 * every handler. An image that is known to need a few numbers only can bring a
 * px_table of its own, made by gen-table: the linker takes that one and drops
 * what it does not name.
 */
#ifndef SHIM_TABLE_H
#define SHIM_TABLE_H

#include <posixen/entry.h>

struct px_table {
	uint64_t count;
	const struct px_call *row[]; /* by number; NULL: no such call */
};

extern const struct px_table px_table;

#endif
