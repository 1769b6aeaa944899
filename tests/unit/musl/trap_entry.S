/* SPDX-License-Identifier: BSD-2-Clause */
/* The entry points of the runtime that are no plain system calls, on Linux. */
	.text
	.globl px_syscall, px_clone_start, px_unmapself

px_syscall:
	mov	%rdi, %rax
	mov	%rsi, %rdi
	mov	%rdx, %rsi
	mov	%rcx, %rdx
	mov	%r8, %r10
	mov	%r9, %r8
	mov	8(%rsp), %r9
	syscall
	ret

/* (flags, stack, ptid, ctid, tls, entry, arg): the child has the parent's
 * registers but for rsp and rax. */
px_clone_start:
	push	%rbx
	mov	16(%rsp), %rbx
	mov	%rcx, %r10
	mov	$56, %eax
	syscall
	test	%rax, %rax
	jz	1f
	pop	%rbx
	ret
1:	mov	%rbx, %rdi
	jmp	*%r9

px_unmapself:
	mov	$11, %eax
	syscall
	xor	%edi, %edi
	mov	$60, %eax
	syscall

	.section .note.GNU-stack, "", @progbits
