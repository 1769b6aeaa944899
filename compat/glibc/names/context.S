/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getcontext(3), setcontext(3), swapcontext(3) and the first instructions of a
 * context that makecontext(3) made. Offsets are those of ucontext_t, the same
 * in glibc's and musl's headers up to the end of the floating point state.
 *
 * A context that one of these saved is resumed like a return from it with 0:
 * registers that a call may change (but the arguments that makecontext() puts
 * there) have no meaning in it.
 */
#define GREGS	40
#define R8	(GREGS + 0 * 8)
#define R9	(GREGS + 1 * 8)
#define R12	(GREGS + 4 * 8)
#define R13	(GREGS + 5 * 8)
#define R14	(GREGS + 6 * 8)
#define R15	(GREGS + 7 * 8)
#define RDI	(GREGS + 8 * 8)
#define RSI	(GREGS + 9 * 8)
#define RBP	(GREGS + 10 * 8)
#define RBX	(GREGS + 11 * 8)
#define RDX	(GREGS + 12 * 8)
#define RCX	(GREGS + 14 * 8)
#define RSP	(GREGS + 15 * 8)
#define RIP	(GREGS + 16 * 8)
#define FPREGS	224
#define SIGMASK	296
#define FPMEM	424
/* In the state that fxsave(1) would write. */
#define MXCSR	24

#define SIG_BLOCK	0
#define SIG_SETMASK	2
#define NSIG_BYTES	8

/* Save the caller's registers to the context at rdi. */
.macro save
	mov %rbx, RBX(%rdi)
	mov %rbp, RBP(%rdi)
	mov %r12, R12(%rdi)
	mov %r13, R13(%rdi)
	mov %r14, R14(%rdi)
	mov %r15, R15(%rdi)
	mov %rdi, RDI(%rdi)
	mov %rsi, RSI(%rdi)
	mov %rdx, RDX(%rdi)
	mov %rcx, RCX(%rdi)
	mov %r8, R8(%rdi)
	mov %r9, R9(%rdi)
	mov (%rsp), %rcx
	mov %rcx, RIP(%rdi)
	lea 8(%rsp), %rcx
	mov %rcx, RSP(%rdi)
	lea FPMEM(%rdi), %rcx
	mov %rcx, FPREGS(%rdi)
	fnstenv (%rcx)
	fldenv (%rcx)
	stmxcsr MXCSR(%rcx)
.endm

	.section .text.getcontext, "ax", @progbits
	.globl getcontext
	.type getcontext, @function
getcontext:
	save
	lea SIGMASK(%rdi), %rdx
	xor %esi, %esi
	mov $SIG_BLOCK, %edi
	mov $NSIG_BYTES, %ecx
	sub $8, %rsp
	call px_rt_sigprocmask
	add $8, %rsp
	xor %eax, %eax
	ret
	.size getcontext, . - getcontext

	.section .text.swapcontext, "ax", @progbits
	.globl swapcontext
	.type swapcontext, @function
swapcontext:
	save
	push %rsi
	lea SIGMASK(%rdi), %rdx
	lea SIGMASK(%rsi), %rsi
	mov $SIG_SETMASK, %edi
	mov $NSIG_BYTES, %ecx
	call px_rt_sigprocmask
	pop %rdi
	jmp resume
	.size swapcontext, . - swapcontext

	.globl setcontext
	.type setcontext, @function
setcontext:
	push %rdi
	lea SIGMASK(%rdi), %rsi
	xor %edx, %edx
	mov $SIG_SETMASK, %edi
	mov $NSIG_BYTES, %ecx
	call px_rt_sigprocmask
	pop %rdi
/* The mask is the new context's already; its registers are at rdi. */
resume:
	mov FPREGS(%rdi), %rcx
	fldenv (%rcx)
	ldmxcsr MXCSR(%rcx)
	mov RBX(%rdi), %rbx
	mov RBP(%rdi), %rbp
	mov R12(%rdi), %r12
	mov R13(%rdi), %r13
	mov R14(%rdi), %r14
	mov R15(%rdi), %r15
	mov RSP(%rdi), %rsp
	push RIP(%rdi)
	mov RSI(%rdi), %rsi
	mov RDX(%rdi), %rdx
	mov RCX(%rdi), %rcx
	mov R8(%rdi), %r8
	mov R9(%rdi), %r9
	mov RDI(%rdi), %rdi
	xor %eax, %eax
	ret
	.size setcontext, . - setcontext

/*
 * Where the function of a made context returns to; rbx points at the word that
 * holds the context to go on with, or NULL for the end of the thread.
 */
	.section .text.__px_context_end, "ax", @progbits
	.globl __px_context_end
	.type __px_context_end, @function
__px_context_end:
	mov %rbx, %rsp
	mov (%rbx), %rdi
	and $-16, %rsp
	test %rdi, %rdi
	jz 1f
	call setcontext
	mov $255, %edi
1:	call exit
	hlt
	.size __px_context_end, . - __px_context_end

	.section .note.GNU-stack, "", @progbits
