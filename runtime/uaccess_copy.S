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

/*
 * Not zero: do without rep. An emulator that carries rep out in steps and does
 * not undo a step that faulted (valgrind) would lose it.
 */
	.section .data.uaccess_plain, "aw"
	.globl uaccess_plain
	.type uaccess_plain, @object
uaccess_plain:
	.byte 0
	.size uaccess_plain, 1

	.section .text.uaccess_copy, "ax"
	.globl uaccess_copy
	.type uaccess_copy, @function
uaccess_copy:
	/* rep costs tens of cycles to begin: not for a structure or two. */
	cmp $64, %rdx
	jb 5f
	cmpb $0, uaccess_plain(%rip)
	jne 5f
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

5:	sub $8, %rdx
	jb 8f
6:	mov (%rsi), %rax
7:	mov %rax, (%rdi)
	add $8, %rsi
	add $8, %rdi
	sub $8, %rdx
	jae 6b
8:	add $8, %rdx
	jz 11f
9:	mov (%rsi), %al
10:	mov %al, (%rdi)
	inc %rsi
	inc %rdi
	dec %rdx
	jnz 9b
11:	mov %rdx, %rax
	ret
	ex_table 6b, 8b
	ex_table 7b, 8b
	ex_table 9b, 11b
	ex_table 10b, 11b
	.size uaccess_copy, . - uaccess_copy

	.section .text.uaccess_clear, "ax"
	.globl uaccess_clear
	.type uaccess_clear, @function
uaccess_clear:
	cmpb $0, uaccess_plain(%rip)
	jne 5f
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

5:	test %rsi, %rsi
	jz 7f
6:	movb $0, (%rdi)
	inc %rdi
	dec %rsi
	jnz 6b
7:	mov %rsi, %rax
	ret
	ex_table 6b, 7b
	.size uaccess_clear, . - uaccess_clear

	.section .note.GNU-stack, "", @progbits
