/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libc-note.s: what x86_64-posixen-cc's assembler reads before each source, so
 * that link-app knows an object that was compiled against musl's headers
 * (posixenlib/glibc.py). A note in a section that is not loaded; it outlives
 * strip, and link-app leaves it out of images.
 *
 * Exceptions may pass through C, as on Linux, and so all code has tables for
 * the unwinder. link-app leaves those out of images that do not unwind: there
 * they are once more where debuggers look and no memory is taken for them.
 */
	.cfi_sections .eh_frame, .debug_frame
	.pushsection .note.posixen, "", @note
	.long	8, 4, 1
	.asciz	"Posixen"
	.long	1
	.popsection
