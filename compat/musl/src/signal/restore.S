/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __restore_rt: where a signal handler returns to.
 *
 * The handler's ret has popped this address, so rsp is at the ucontext of the
 * signal frame.  The runtime takes the frame from rsp: jump, do not call.
 */
	.text
	.global	__restore_rt
	.hidden	__restore_rt
	.type	__restore_rt, @function
__restore_rt:
	jmp	px_rt_sigreturn
	.size	__restore_rt, . - __restore_rt

	.section .note.GNU-stack, "", @progbits
