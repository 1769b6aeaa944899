/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry points that libc needs and that are no plain row of the table.
 *
 * The thunk px_rt_sigreturn of thunks.S needs nothing special: a signal
 * handler returns to it (it can be sa_restorer itself), so that uframe->rsp is
 * the address of what lies above the return address in the signal frame.
 * sys_rt_sigreturn() never returns through the entry code.
 */
#include <asm/errno.h>
#include "offsets.h"

/*
 * long px_syscall(long nr, long a, long b, long c, long d, long e, long f)
 *
 * A system call by number, as syscall(2) makes it, but -errno is returned. f
 * comes on the stack, which is as the program's caller left it.
 */
	.section .text.px_syscall, "ax", @progbits
	.globl	px_syscall
	.type	px_syscall, @function
px_syscall:
	/* Any operation of futex(2): runtime/futex_rest.c. Weak for tests of
	 * this file alone. */
	.weak	subsystem_futex_rest
	.reloc	., R_X86_64_NONE, subsystem_futex_rest
	/* Any path of open(2): vfs/devpts.c. */
	.weak	px_pty
	.reloc	., R_X86_64_NONE, px_pty
	leaq	px_table(%rip), %r10
	leaq	px_call_unknown(%rip), %rax
	cmpq	TABLE_COUNT(%r10), %rdi
	jae	px_enter
	movq	TABLE_ROWS(%r10, %rdi, 8), %r11
	testq	%r11, %r11
	jz	px_enter
	movq	%r11, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %rcx
	movq	%r9, %r8
	movq	8(%rsp), %r9
	jmp	px_enter
	.size	px_syscall, . - px_syscall

/*
 * long px_clone_start(unsigned long flags, void *stack, int *ptid, int *ctid,
 *		       unsigned long tls, int (*entry)(void *), void *arg)
 *
 * clone(2) whose child begins in entry(arg) on stack instead of returning.
 * entry and arg travel on the child's stack; the child leaves px_clone with 0
 * and that stack (uframe_resume). entry must not return.
 */
	.section .text.px_clone_start, "ax", @progbits
	.globl	px_clone_start
	.type	px_clone_start, @function
px_clone_start:
	testq	%rsi, %rsi
	jz	2f
	movq	8(%rsp), %rax
	subq	$16, %rsi
	movq	%r9, 0(%rsi)
	movq	%rax, 8(%rsi)
	subq	$8, %rsp
	call	px_clone
	testq	%rax, %rax
	jz	1f
	addq	$8, %rsp
	ret
1:	popq	%rax
	popq	%rdi
	jmp	*%rax
2:	movq	$-EINVAL, %rax
	ret
	.size	px_clone_start, . - px_clone_start

/*
 * void px_unmapself(void *base, size_t size): unmap the caller's own stack and
 * end the thread. The handler runs on the kernel stack, which stays.
 */
	.section .text.px_unmapself, "ax", @progbits
	.globl	px_unmapself
	.type	px_unmapself, @function
px_unmapself:
	leaq	px_call_unmapself(%rip), %rax
	jmp	px_enter
	.size	px_unmapself, . - px_unmapself

	.section .note.GNU-stack, "", @progbits
