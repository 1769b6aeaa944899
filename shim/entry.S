/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the program into a handler and back (see <posixen/entry.h>).
 *
 * The program made an ordinary C call, so only the callee-saved registers are
 * live besides the arguments, and the kernel is compiled without SSE, so that
 * the program's stays as it is.
 *
 * in_kernel decides what an event that arrives meanwhile may do: while it is 1
 * the event is only noted in thread->work. It is set before any kernel data is
 * touched, and cleared before work is looked at: an event before the store has
 * set work, which is seen; one after the store is handled on the spot. The
 * other order would lose it until the next call.
 */
#include "offsets.h"

	.cfi_sections .debug_frame
	.section .text.px_enter, "ax", @progbits

/*
 * For debuggers, which cannot follow a change of stacks by themselves: the
 * caller's frame is where the word at rsp + FRAME_USER + UFRAME_RSP says (112,
 * or more by TRACE_SIZE), plus 8. That is DW_CFA_def_cfa_expression with
 * DW_OP_breg7, DW_OP_deref, DW_OP_plus_uconst 8.
 */
#define CFA_BY_FRAME	    .cfi_escape 0x0f, 6, 0x77, 0xf0, 0x00, 6, 0x23, 8
#define CFA_BY_TRACED_FRAME .cfi_escape 0x0f, 6, 0x77, 0xe0, 0x04, 6, 0x23, 8
#if FRAME_USER + UFRAME_RSP != 0x70 || TRACE_SIZE + 0x70 != 0x260
#error "the expressions above have other offsets"
#endif

/* Thread in r11, the program's stack pointer in r10: build a px_frame. */
	.macro	ENTER
	movl	$1, THREAD_IN_KERNEL(%r11)
	movq	THREAD_KSTACK_TOP(%r11), %rsp
	pushq	(%r10)
	pushq	%r10
	pushq	%r15
	pushq	%r14
	pushq	%r13
	pushq	%r12
	pushq	%rbp
	pushq	%rbx
	movq	%rsp, THREAD_UFRAME(%r11)
	pushq	%r9
	pushq	%r8
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	pushq	%rax
	pushq	$0
	.endm

	.macro	LOAD_ARGS
	movq	FRAME_ARGS + 0(%rsp), %rdi
	movq	FRAME_ARGS + 8(%rsp), %rsi
	movq	FRAME_ARGS + 16(%rsp), %rdx
	movq	FRAME_ARGS + 24(%rsp), %rcx
	movq	FRAME_ARGS + 32(%rsp), %r8
	movq	FRAME_ARGS + 40(%rsp), %r9
	.endm

/* px_enter: rax = row, the stack and the other registers as the program calls
 * a C function. */
	.globl	px_enter
	.type	px_enter, @function
	.balign	16
px_enter:
	.cfi_startproc
	/* Or gdb takes the step from the kernel's stack down to the program's
	 * for a broken one. */
	.cfi_signal_frame
	movq	current_thread(%rip), %r11
	movq	%rsp, %r10
	.cfi_def_cfa %r10, 8
	ENTER
	CFA_BY_FRAME
	cmpb	$0, shim_tracing(%rip)
	jne	.Ltraced
	call	*CALL_HANDLER(%rax)
.Lleave:
	movq	current_thread(%rip), %r11
	movl	$0, THREAD_IN_KERNEL(%r11)
	cmpl	$0, THREAD_WORK(%r11)
	jne	.Lwork
	.cfi_remember_state
	movq	FRAME_USER + UFRAME_RSP(%rsp), %rsp
	.cfi_def_cfa %rsp, 8
	ret
	.cfi_restore_state

/* The program's registers may be others after this, and rip may not be where
 * the program's stack says: load everything. */
.Lwork:
	movl	$1, THREAD_IN_KERNEL(%r11)
	movq	%rax, %rdi
	call	kernel_exit_work
	movq	current_thread(%rip), %r11
	movl	$0, THREAD_IN_KERNEL(%r11)
	cmpl	$0, THREAD_WORK(%r11)
	jne	.Lwork
	LOAD_ARGS
	movq	FRAME_USER + UFRAME_RBX(%rsp), %rbx
	movq	FRAME_USER + UFRAME_RBP(%rsp), %rbp
	movq	FRAME_USER + UFRAME_R12(%rsp), %r12
	movq	FRAME_USER + UFRAME_R13(%rsp), %r13
	movq	FRAME_USER + UFRAME_R14(%rsp), %r14
	movq	FRAME_USER + UFRAME_R15(%rsp), %r15
	movq	FRAME_USER + UFRAME_RIP(%rsp), %r11
	.cfi_remember_state
	movq	FRAME_USER + UFRAME_RSP(%rsp), %rsp
	.cfi_def_cfa %rsp, 8
	addq	$8, %rsp
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %r11
	jmp	*%r11
	.cfi_restore_state

/* A struct trace lies between the frame and the handler. */
.Ltraced:
	movq	%rsp, %rdi
	subq	$TRACE_SIZE, %rsp
	CFA_BY_TRACED_FRAME
	movq	%rsp, %rsi
	call	shim_trace_enter
	addq	$TRACE_SIZE, %rsp
	CFA_BY_FRAME
	LOAD_ARGS
	movq	FRAME_CALL(%rsp), %rax
	subq	$TRACE_SIZE, %rsp
	CFA_BY_TRACED_FRAME
	call	*CALL_HANDLER(%rax)
	movq	%rax, TRACE_SIZE + FRAME_RET(%rsp)
	leaq	TRACE_SIZE(%rsp), %rdi
	movq	%rsp, %rsi
	call	shim_trace_exit
	addq	$TRACE_SIZE, %rsp
	CFA_BY_FRAME
	movq	FRAME_RET(%rsp), %rax
	jmp	.Lleave
	.cfi_endproc
	.size	px_enter, . - px_enter

/*
 * px_enter_leaf: the handler neither sleeps nor needs much stack, so it runs
 * on the program's. Events are handled while it runs: a leaf must not touch
 * what they change. Only when there is work on the way out, or a tracer, is
 * the kernel stack entered after all.
 */
	.section .text.px_enter_leaf, "ax", @progbits
	.globl	px_enter_leaf
	.type	px_enter_leaf, @function
	.balign	16
px_enter_leaf:
	.cfi_startproc
	cmpb	$0, shim_tracing(%rip)
	jne	px_enter
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	*CALL_HANDLER(%rax)
	addq	$8, %rsp
	.cfi_def_cfa_offset 8
	movq	current_thread(%rip), %r11
	cmpl	$0, THREAD_WORK(%r11)
	jne	1f
	ret
1:	movq	%rsp, %r10
	.cfi_def_cfa %r10, 8
	ENTER
	jmp	.Lwork
	.cfi_endproc
	.size	px_enter_leaf, . - px_enter_leaf

/* void uframe_resume(const struct uframe *u, long ret) */
	.section .text.uframe_resume, "ax", @progbits
	.globl	uframe_resume
	.type	uframe_resume, @function
uframe_resume:
	movq	current_thread(%rip), %r11
	movl	$0, THREAD_IN_KERNEL(%r11)
	movq	%rsi, %rax
	movq	UFRAME_RBX(%rdi), %rbx
	movq	UFRAME_RBP(%rdi), %rbp
	movq	UFRAME_R12(%rdi), %r12
	movq	UFRAME_R13(%rdi), %r13
	movq	UFRAME_R14(%rdi), %r14
	movq	UFRAME_R15(%rdi), %r15
	movq	UFRAME_RIP(%rdi), %r11
	movq	UFRAME_RSP(%rdi), %rsp
	addq	$8, %rsp
	jmp	*%r11
	.size	uframe_resume, . - uframe_resume

	.section .note.GNU-stack, "", @progbits
