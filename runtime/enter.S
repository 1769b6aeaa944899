/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ways from the kernel stack into the program. struct thread's offsets are
 * checked in shim/entry_check.c.
 */
	.text

	.globl enter_user
	.type enter_user, @function
	/*
	 * rdi: where, rsi: with which stack pointer, rdx: first argument. The
	 * other registers hold nothing of ours: the program could not use it,
	 * but a dump is easier to read.
	 */
enter_user:
	mov	%rdi, %r11
	mov	%rdx, %rdi
	mov	current_thread(%rip), %rax
	mov	%rsi, %rsp
	movl	$0, 12(%rax)
	xor	%eax, %eax
	xor	%ebx, %ebx
	xor	%ecx, %ecx
	xor	%edx, %edx
	xor	%esi, %esi
	xor	%ebp, %ebp
	xor	%r8d, %r8d
	xor	%r9d, %r9d
	xor	%r10d, %r10d
	xor	%r12d, %r12d
	xor	%r13d, %r13d
	xor	%r14d, %r14d
	xor	%r15d, %r15d
	jmp	*%r11
	.size enter_user, . - enter_user

	.globl enter_regs
	.type enter_regs, @function
	/*
	 * rdi: a struct regs (trap.h) on the kernel stack. All registers are
	 * loaded from it; iretq changes no privilege here and so is allowed in
	 * user mode, and it is the one instruction that loads rip, rsp and rflags
	 * without touching the program's stack.
	 */
enter_regs:
	mov	%rdi, %rsp
	mov	current_thread(%rip), %rax
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbp
	pop	%rbx
	pop	%r11
	pop	%r10
	pop	%r9
	pop	%r8
	add	$8, %rsp		/* rax comes last */
	pop	%rcx
	pop	%rdx
	pop	%rsi
	pop	%rdi
	movl	$0, 12(%rax)
	mov	-40(%rsp), %rax
	add	$16, %rsp		/* vector, error */
	iretq
	.size enter_regs, . - enter_regs

	.globl fpu_save
	.type fpu_save, @function
	/* rdi: 64-byte aligned area with a zeroed XSAVE header; esi: which
	 * components, 0 for FXSAVE */
fpu_save:
	mov	%esi, %eax
	xor	%edx, %edx
	test	%eax, %eax
	jz	1f
	xsave64	(%rdi)
	ret
1:	fxsave64 (%rdi)
	ret
	.size fpu_save, . - fpu_save

	.globl fpu_restore
	.type fpu_restore, @function
fpu_restore:
	mov	%esi, %eax
	xor	%edx, %edx
	test	%eax, %eax
	jz	1f
	xrstor64 (%rdi)
	ret
1:	fxrstor64 (%rdi)
	ret
	.size fpu_restore, . - fpu_restore

	.globl trap_bounce
	.type trap_bounce, @function
	/*
	 * trap.c sends an interrupted thread here, on its kernel stack, rsp at
	 * its saved struct regs (16-byte aligned). The vector registers are still
	 * the program's.
	 */
trap_bounce:
	mov	%rsp, %rdi
	cld
	xor	%ebp, %ebp
	call	trap_on_kstack
	ud2
	.size trap_bounce, . - trap_bounce

	.section .note.GNU-stack, "", @progbits
