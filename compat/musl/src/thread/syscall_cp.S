/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __px_cp_call(cancel, call, a, b, c, d, e, f): the cancellation window.
 *
 * A cancellation request must be acted upon if it comes before the call has
 * taken effect, and must not be if it comes after (POSIX 2.9.5.2).  On the
 * way in *cancel is looked at once.  If the signal handler runs later than
 * that and before the handler of the call does its work, it finds one of:
 *
 *   pc in [__cp_begin, __cp_end)	the call has not been entered;
 *   pc == rbx, *rsp == __cp_end	the runtime has rewound the call to its
 *					first instruction, to restart it once
 *					the signal handler returns (SA_RESTART)
 *
 * and makes the thread go on at __cp_cancel with rsp as it is in the window.
 * rbx holds the called address for the sake of the second test.  A call that
 * was interrupted and is not restarted returns -EINTR to pthread_cancel.c.
 */
	.text
	.global __cp_begin, __cp_end, __cp_cancel, __px_cp_call
	.hidden __cp_begin, __cp_end, __cp_cancel, __px_cp_call, __cancel
	.type	__px_cp_call, @function
__px_cp_call:
	push	%rbx
	mov	%rdi, %rax
	mov	%rsi, %rbx
	mov	%rdx, %rdi
	mov	%rcx, %rsi
	mov	%r8, %rdx
	mov	%r9, %rcx
	mov	16(%rsp), %r8
	mov	24(%rsp), %r9
__cp_begin:
	cmpl	$0, (%rax)
	jne	__cp_cancel
	call	*%rbx
__cp_end:
	pop	%rbx
	ret
__cp_cancel:
	pop	%rbx
	jmp	__cancel
	.size	__px_cp_call, . - __px_cp_call

	.section .note.GNU-stack, "", @progbits
