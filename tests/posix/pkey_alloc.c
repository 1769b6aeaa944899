/* SPDX-License-Identifier: BSD-2-Clause */
/* pkey_alloc(flags, access_rights): see pkey_alloc(2). What differs between
 * processors with and without protection keys is not asked. */
#include "mem.h"

int main(void)
{
	t_val("flags", syscall(SYS_pkey_alloc, 1, 0));
	t_val("rights", syscall(SYS_pkey_alloc, 0, 8));
	t_val("both", syscall(SYS_pkey_alloc, 1, 8));
	return 0;
}
