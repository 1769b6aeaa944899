/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The whole table by number (see table.h). A number that two rows claim is an
 * initialiser given twice, which does not compile.
 */
#include "table.h"

#pragma GCC diagnostic error "-Woverride-init"

#define ROW(nr, name, ...) extern const struct px_call px_call_##name;
#include "rows.h"

#define ROW(nr, name, ...) char at_##nr[nr + 1];
union last_number {
#include "rows.h"
};

__weak const struct px_table px_table = {
	.count = sizeof(union last_number),
	.row =
		{
#define ROW(nr, name, ...) [nr] = &px_call_##name,
#include "rows.h"
		},
};
