/* SPDX-License-Identifier: BSD-2-Clause */
/* The image's entry on the host: Linux starts here with argc, argv, envp and
 * auxv on the stack (System V ABI 3.4.1). */
	.text
	.globl	px_host_start
	.type	px_host_start, @function
px_host_start:
	rdtsc
	shl	$32, %rdx
	or	%rdx, %rax
	xor	%ebp, %ebp
	mov	%rsp, %rdi
	mov	%rax, %rsi
	and	$-16, %rsp
	call	host_start
	ud2
	.size	px_host_start, . - px_host_start

	.section .note.GNU-stack, "", @progbits
