/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a signal handler returns to: sigreturn(2). */
#include <asm/unistd.h>
	.text
	.globl	host_sigreturn
	.type	host_sigreturn, @function
host_sigreturn:
	mov	$__NR_rt_sigreturn, %eax
	syscall
	.size	host_sigreturn, . - host_sigreturn

	.section .note.GNU-stack, "", @progbits
