/* SPDX-License-Identifier: BSD-2-Clause */
/* pkey_free(pkey): see pkey_free(2). */
#include "mem.h"

int main(void)
{
	t_val("not allocated", syscall(SYS_pkey_free, 7));
	t_val("no key at all", syscall(SYS_pkey_free, -1));
	t_val("too large", syscall(SYS_pkey_free, 1000));
	return 0;
}
