/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * long host_syscall6(long nr, long a, long b, long c, long d, long e, long f)
 *
 * The one place from which the host platform enters Linux (besides the return
 * from a signal): the test that looks for trap instructions in images knows it
 * by name. Registers as in syscall(2).
 */
	.section .text.host_syscall6, "ax", @progbits
	.globl	host_syscall6
	.type	host_syscall6, @function
host_syscall6:
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	syscall
	ret
	.size	host_syscall6, . - host_syscall6

	.section .note.GNU-stack, "", @progbits
