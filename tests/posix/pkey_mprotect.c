/* SPDX-License-Identifier: BSD-2-Clause */
/* pkey_mprotect(addr, len, prot, pkey): see pkey_mprotect(2). */
#include "mem.h"

static long protect(void *p, size_t n, int prot, int key)
{
	return syscall(SYS_pkey_mprotect, p, n, prot, key);
}

int main(void)
{
	char *p = mmap(NULL, 2 * PG, RW, ANON, -1, 0);

	t_val("key -1 is mprotect", protect(p, PG, PROT_READ, -1));
	say_map("read only", p, 2);
	t_val("not allocated", protect(p, PG, RW, 7));
	t_val("not allocated, length 0", protect(p, 0, RW, 7));
	t_val("not allocated, unaligned", protect(p + 1, 0, RW, 7));
	t_val("not allocated, wraps", protect(p, -PG, RW, 7));
	t_val("key -1, unaligned", protect(p + 1, PG, RW, -1));
	say_map("still", p, 2);
	munmap(p, 2 * PG);
	return 0;
}
