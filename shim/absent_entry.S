/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A handler that nobody wrote: every sys_<name> is a weak name for shim_absent,
 * which counts the call and returns -ENOSYS. A strong definition anywhere in
 * the runtime takes the name over.
 */
#include <asm/errno.h>

#define ROW(nr, name, ...) .weak sys_##name; .set sys_##name, shim_absent;
	.section .text.shim_absent, "ax", @progbits
	.globl shim_absent
	.type shim_absent, @function
shim_absent:
	subq	$8, %rsp
	call	shim_count_absent
	addq	$8, %rsp
	movq	$-ENOSYS, %rax
	ret
	.size shim_absent, . - shim_absent

#include "rows.h"

	.section .note.GNU-stack, "", @progbits
