/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry_pv.S: what the domain builder reads of the image (ELF notes), the
 * first instructions, the hypercall page and the stacks.
 */
#include "abi.h"

#define PAGE 4096

/*
 * ELF notes, xen/elfnote.h. VIRT_BASE and PADDR_OFFSET 0: virtual addresses of
 * the initial mapping are page frame number times the page size.
 */
.macro note type:req, kind:req, desc:vararg
	.pushsection .note.Xen, "a", @note
	.balign	4
	.long	2f - 1f, 4f - 3f, \type
1:	.asciz	"Xen"
2:	.balign	4
3:	\kind	\desc
4:	.balign	4
	.popsection
.endm

	note	XEN_ELFNOTE_GUEST_OS, .asciz, "Posixen"
	note	XEN_ELFNOTE_XEN_VERSION, .asciz, "xen-3.0"
	note	XEN_ELFNOTE_LOADER, .asciz, "generic"
	note	XEN_ELFNOTE_PAE_MODE, .asciz, "yes"
	note	XEN_ELFNOTE_FEATURES, .asciz, "!writable_page_tables|pae_pgdir_above_4gb"
	note	XEN_ELFNOTE_VIRT_BASE, .quad, 0
	note	XEN_ELFNOTE_PADDR_OFFSET, .quad, 0
	note	XEN_ELFNOTE_ENTRY, .quad, px_xen_start
	note	XEN_ELFNOTE_HYPERCALL_PAGE, .quad, hypercall_page

/*
 * Xen enters here in the guest's kernel mode with rsi = start_info and rsp at
 * the end of the last page that the builder used. Events are masked.
 */
	.section .text.px_xen_start, "ax", @progbits
	.globl	px_xen_start
	.type	px_xen_start, @function
px_xen_start:
	cld
	rdtsc
	shl	$32, %rdx
	or	%rax, %rdx		/* third argument: the time now */
	mov	%rsi, %rdi		/* first: start_info */
	mov	%rsp, %rsi		/* second: where the builder ended */
	lea	boot_stack_top(%rip), %rsp
	xor	%ebp, %ebp
	call	start_pv
	ud2
	.size	px_xen_start, . - px_xen_start

/*
 * Filled by the domain builder or by Xen before the first instruction. If that
 * did not happen, a call finds int3 and not a stray instruction.
 */
	/* Not in the file: the domain builder fills it. */
	.section .hypercall_page, "ax", @nobits
	.balign	PAGE
	.globl	hypercall_page
	.type	hypercall_page, @function
hypercall_page:
	.skip	PAGE
	.size	hypercall_page, PAGE

/*
 * Whole pages, each stack with a page below it that is unmapped at start, so
 * that an overflow faults. shared_info_page's frame is not used: the address
 * gets the frame that Xen shares with us. pagetable.c gives the frames behind
 * these three pages to the page allocator.
 */
	.section .bss.stacks, "aw", @nobits
	.balign	PAGE
	.globl	shared_info_page, boot_guard, boot_stack, boot_stack_top, exception_guard
	.globl	exception_stack, exception_stack_top
shared_info_page:
	.skip	PAGE
boot_guard:
	.skip	PAGE
boot_stack:
	.skip	4 * PAGE
boot_stack_top:
exception_guard:
	.skip	PAGE
exception_stack:
	.skip	4 * PAGE
exception_stack_top:

	.section .note.GNU-stack, "", @progbits
