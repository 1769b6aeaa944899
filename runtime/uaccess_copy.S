/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uaccess_copy.S: the loops of uaccess.c that may fault.
 *
 *	size_t uaccess_copy(void *dst, const void *src, size_t n);
 *	size_t uaccess_clear(void *dst, size_t n);
 *
 * Both return how many bytes were left undone. Words first, then bytes. When
 * the word loop faults, the bytes of the words still to do are added to the
 * tail and the byte loop goes on up to the very byte that cannot be reached:
 * read(2) into a buffer that ends in the middle of a word fills it exactly.
 */

.macro ex_table insn, fixup
	.pushsection __ex_table, "a"
	.balign 8
	.quad \insn, \fixup
	.popsection
.endm

	.section .text.uaccess_copy, "ax"
	.globl uaccess_copy
	.type uaccess_copy, @function
uaccess_copy:
	mov %rdx, %rcx
	shr $3, %rcx
	and $7, %edx
1:	rep movsq
	mov %rdx, %rcx
2:	rep movsb
3:	mov %rcx, %rax
	ret
4:	lea (%rdx,%rcx,8), %rcx
	jmp 2b
	ex_table 1b, 4b
	ex_table 2b, 3b
	.size uaccess_copy, . - uaccess_copy

	.section .text.uaccess_clear, "ax"
	.globl uaccess_clear
	.type uaccess_clear, @function
uaccess_clear:
	mov %rsi, %rcx
	mov %esi, %edx
	shr $3, %rcx
	and $7, %edx
	xor %eax, %eax
1:	rep stosq
	mov %rdx, %rcx
2:	rep stosb
3:	mov %rcx, %rax
	ret
4:	lea (%rdx,%rcx,8), %rcx
	jmp 2b
	ex_table 1b, 4b
	ex_table 2b, 3b
	.size uaccess_clear, . - uaccess_clear

	.section .note.GNU-stack, "", @progbits
