/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest PV guest: the notes that Xen's builder wants (xen/elfnote.h),
 * the entry, the hypercall page. Linked at 1 MB; PADDR_OFFSET and VIRT_BASE
 * of 0 make virtual and pseudo-physical addresses the same.
 */
#include <xen/elfnote.h>

.macro note type, kind:vararg
	.pushsection .note.Xen, "a", @note
	.balign	4
	.long	4, 2f - 1f, \type
	.asciz	"Xen"
1:	\kind
2:	.balign	4
	.popsection
.endm

note XEN_ELFNOTE_ENTRY, .quad _start
note XEN_ELFNOTE_HYPERCALL_PAGE, .quad hypercall_page
note XEN_ELFNOTE_VIRT_BASE, .quad 0
note XEN_ELFNOTE_PADDR_OFFSET, .quad 0
note XEN_ELFNOTE_PAE_MODE, .asciz "yes"
note XEN_ELFNOTE_LOADER, .asciz "generic"
note XEN_ELFNOTE_GUEST_OS, .asciz "posixen-mini"
note XEN_ELFNOTE_XEN_VERSION, .asciz "xen-3.0"

	.text
	.globl	_start
_start:
	cld
	lea	stack_end(%rip), %rsp
	mov	%rsi, %rdi
	call	mini_main
	ud2

	.bss
	.balign	4096
	.globl	shared_page
shared_page:
	.skip	4096
	.skip	16384
stack_end:

	.text
	.balign	4096
	.globl	hypercall_page
hypercall_page:
	.skip	4096

	.section .note.GNU-stack, "", @progbits
