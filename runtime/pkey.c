/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pkey.c: protection keys (pkeys(7)) as a Linux on a processor without them
 * answers: none can be had. Xen offers none to PV guests.
 */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/vm.h>
#include <linux/mman.h>

long sys_pkey_alloc(px_uint flags, px_ulonghex rights)
{
	if (flags || rights & ~(unsigned long)PKEY_ACCESS_MASK)
		return -EINVAL;
	return -ENOSPC;
}

long sys_pkey_free(px_int pkey)
{
	return -EINVAL;
}

long sys_pkey_mprotect(px_addr addr, px_size len, px_prot prot, px_int pkey)
{
	/* -1 asks for what mprotect(2) does. No other key was ever given out,
	 * which Linux looks at after the range. */
	if (pkey == -1)
		return vm_mprotect(current_process()->vm, addr, len, prot);
	if (addr % PAGE_SIZE)
		return -EINVAL;
	if (!len)
		return 0;
	return addr + PAGE_UP(len) <= addr ? -ENOMEM : -EINVAL;
}
