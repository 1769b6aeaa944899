/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap_entry.S: where Xen brings a PV guest for exceptions, events and system
 * calls, and the way back.
 *
 * From user mode Xen switches to the exception stack (HYPERVISOR_stack_switch)
 * and pushes { rcx, r11, [error,] rip, cs, rflags, rsp, ss }; from kernel mode
 * it pushes the same below the current rsp. Events are masked from here until
 * HYPERVISOR_iret, which unmasks them when rflags.IF is set: so kernel mode is
 * never interrupted, and events nest only in a hypercall that blocks.
 */
#include "abi.h"

#define VECTOR_EVENT	256
#define VECTOR_SYSCALL	257
#define VECTOR_FAILSAFE	258

#define HYPERCALL_IRET	hypercall_page + __HYPERVISOR_iret * 32

/* Make the top of the stack look like the end of struct regs (posixen/trap.h):
 * vector, error, rip ..., and give rcx and r11 back. */
.macro stub vector:req, has_error:req
	.balign	16
trap_stub_\vector:
	pop	%rcx
	pop	%r11
	.if !\has_error
	push	$0
	.endif
	push	$\vector
	jmp	trap_common
.endm

	.section .text.trap_entry, "ax", @progbits

	/* One stub every 16 bytes, in the order of the vectors 0 to 19:
	 * traps.c computes their addresses. */
	.balign	16
	.globl	trap_stubs
trap_stubs:
	.irp	v, 0, 1, 2, 3, 4, 5, 6, 7
	stub	\v, 0
	.endr
	stub	8, 1
	stub	9, 0
	.irp	v, 10, 11, 12, 13, 14
	stub	\v, 1
	.endr
	stub	15, 0
	stub	16, 0
	stub	17, 1
	stub	18, 0
	stub	19, 0
	.balign	16

	.globl	event_callback
event_callback:
	pop	%rcx
	pop	%r11
	push	$0
	push	$VECTOR_EVENT
	jmp	trap_common

	/* Xen could not return to where iret said: its selectors are bad. The
	 * frame has ds, es, fs, gs in it. */
	.globl	failsafe_callback
failsafe_callback:
	pop	%rcx
	pop	%r11
	add	$32, %rsp
	push	$0
	push	$VECTOR_FAILSAFE

trap_common:
	push	%rdi
	push	%rsi
	push	%rdx
	push	%rcx
	push	%rax
	push	%r8
	push	%r9
	push	%r10
	push	%r11
	push	%rbx
	push	%rbp
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	/* Exceptions leave DF as the program had it; C wants it clear. */
	cld
	mov	%rsp, %rdi
	call	trap_dispatch
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
	pop	%rax
	pop	%rcx
	pop	%rdx
	pop	%rsi
	pop	%rdi
	/* The vector goes; iret's flags stand where the error was. The page's
	 * code pushes rcx, r11 and rax, and Xen loads all from there. */
	add	$8, %rsp
	movq	$0, (%rsp)
	jmp	HYPERCALL_IRET

/*
 * `syscall` in user mode. One from the hypercall page is the runtime's
 * hypercall: make it again from here. All argument registers are untouched,
 * rcx and r11 are free: the instruction itself destroyed them. Any other is
 * the program's.
 */
	.balign	16
	.globl	syscall_callback
syscall_callback:
	mov	16(%rsp), %rcx		/* rip, behind the instruction */
	sub	$hypercall_page, %rcx
	cmp	$4096, %rcx
	ja	1f
	mov	%eax, %ecx
	shl	$5, %ecx
	add	$hypercall_page, %rcx
	call	*%rcx
	/* Drop rcx; r11's place takes the flags: with VGCF_in_syscall Xen
	 * returns by sysret and leaves rcx and r11 destroyed. */
	add	$8, %rsp
	movq	$VGCF_in_syscall, (%rsp)
	jmp	HYPERCALL_IRET
1:	pop	%rcx
	pop	%r11
	push	$0
	push	$VECTOR_SYSCALL
	jmp	trap_common

/*
 * void plat_enter_user_mode(void): return to the caller, but in the guest's
 * user mode with events unmasked. Called once, in kernel mode.
 */
	.section .text.plat_enter_user_mode, "ax", @progbits
	.globl	plat_enter_user_mode
	.type	plat_enter_user_mode, @function
plat_enter_user_mode:
	pop	%rdx
	mov	%rsp, %rcx
	push	$FLAT_USER_SS
	push	%rcx
	push	$0x200			/* rflags: IF */
	push	$FLAT_USER_CS
	push	%rdx
	push	$0
	jmp	HYPERCALL_IRET
	.size	plat_enter_user_mode, . - plat_enter_user_mode

	.section .note.GNU-stack, "", @progbits
