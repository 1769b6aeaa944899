/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __restore_rt: where a signal handler returns to.
 *
 * The handler's ret has popped this address, so rsp is at the ucontext of the
 * signal frame.  The runtime takes the frame from rsp: jump, do not call.
 *
 * Debuggers, and exceptions that a handler throws, go on to the code that was interrupted by the rules below: each
 * register lies in uc_mcontext (asm/sigcontext.h), which begins at 40.  They
 * look for the rules of the byte before the address, hence the nop.
 */
	.cfi_sections .eh_frame, .debug_frame

/* DW_CFA_expression: register \reg is at rsp + \off, a SLEB128 of two bytes. */
	.macro	saved reg:req, off:req
	.cfi_escape 0x10, \reg, 3, 0x77, (\off & 0x7f) | 0x80, \off >> 7
	.endm

	.text
	.cfi_startproc
	.cfi_signal_frame
	/* DW_CFA_def_cfa_expression: the rsp that is at rsp + 160. */
	.cfi_escape 0x0f, 4, 0x77, 0xa0, 0x01, 0x06
	saved	8, 40		/* r8 */
	saved	9, 48		/* r9 */
	saved	10, 56		/* r10 */
	saved	11, 64		/* r11 */
	saved	12, 72		/* r12 */
	saved	13, 80		/* r13 */
	saved	14, 88		/* r14 */
	saved	15, 96		/* r15 */
	saved	5, 104		/* rdi */
	saved	4, 112		/* rsi */
	saved	6, 120		/* rbp */
	saved	3, 128		/* rbx */
	saved	1, 136		/* rdx */
	saved	0, 144		/* rax */
	saved	2, 152		/* rcx */
	saved	7, 160		/* rsp */
	saved	16, 168		/* rip */
	nop
	.global	__restore_rt
	.hidden	__restore_rt
	.type	__restore_rt, @function
__restore_rt:
	jmp	px_rt_sigreturn
	.cfi_endproc
	.size	__restore_rt, . - __restore_rt

	.section .note.GNU-stack, "", @progbits
