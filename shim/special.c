/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows and handlers behind special_entry.S. */
#include <posixen/entry.h>
#include <posixen/syscalls.h>
#include "shim.h"
#include "trace.h"

extern const struct px_call px_call_unknown;
const struct px_call px_call_unknown = {
	.handler = (void (*)(void))shim_unknown,
	.nr = PX_NR_UNKNOWN,
	.argc = 6,
	.state = PX_ABSENT,
	.types = {&arg_px_long, &arg_px_ulonghex, &arg_px_ulonghex,
		  &arg_px_ulonghex, &arg_px_ulonghex, &arg_px_ulonghex},
	.name = "syscall_",
};

/* The program sees this as the munmap(2) that its libc meant. */
extern const struct px_call px_call_unmapself;
const struct px_call px_call_unmapself = {
	.handler = (void (*)(void))shim_unmapself,
	.nr = PX_NR_UNMAPSELF,
	.argc = 2,
	.state = PX_FULL,
	.types = {&arg_px_addr, &arg_px_size},
	.name = "munmap",
};

long shim_unmapself(unsigned long addr, unsigned long size)
{
	sys_munmap(addr, size);
	return sys_exit(0);
}
