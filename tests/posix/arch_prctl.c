/* SPDX-License-Identifier: BSD-2-Clause */
/* arch_prctl(): see arch_prctl(2). */
#include "t.h"
#include <asm/prctl.h>

int main(void)
{
	unsigned long fs = 0, word;

	t_ret("FS", syscall(SYS_arch_prctl, ARCH_GET_FS, &fs));
	/* The first word of the thread's block points to itself. */
	__asm__ volatile("mov %%fs:0, %0" : "=r"(word));
	t_is("it is", fs && word == *(unsigned long *)fs);
	t_ret("the same again", syscall(SYS_arch_prctl, ARCH_SET_FS, fs));
	t_ret("too high", syscall(SYS_arch_prctl, ARCH_SET_FS, ~0UL));
	t_ret("bad pointer", syscall(SYS_arch_prctl, ARCH_GET_FS, T_BAD));
	t_ret("no such operation", syscall(SYS_arch_prctl, 0x9999, 0));
	return 0;
}
