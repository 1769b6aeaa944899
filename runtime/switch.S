/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The switch between kernel contexts. It happens inside a C call, so by the
 * System V ABI (3.2.1) only rbx, rbp, r12-r15 and the control bits of MXCSR
 * and the x87 control word live on; the vector registers do not.
 *
 * The layout of what is pushed is written by thread_create() too.
 */
	.text

	.globl cpu_switch
	.type cpu_switch, @function
	/* rdi: where to save the old stack pointer or 0, rsi: the new one */
cpu_switch:
	push	%rbp
	push	%rbx
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	sub	$8, %rsp
	stmxcsr	(%rsp)
	fnstcw	4(%rsp)
	test	%rdi, %rdi
	jz	1f
	mov	%rsp, (%rdi)
1:	mov	%rsi, %rsp
	ldmxcsr	(%rsp)
	fldcw	4(%rsp)
	add	$8, %rsp
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbx
	pop	%rbp
	ret
	.size cpu_switch, . - cpu_switch

	.globl thread_begin
	.type thread_begin, @function
thread_begin:
	xor	%ebp, %ebp
	call	sched_switched
	mov	%r12, %rdi
	call	*%rbx
	ud2
	.size thread_begin, . - thread_begin

	.section .note.GNU-stack, "", @progbits
