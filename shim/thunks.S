/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * px_<name> for every row: load the row's address and enter. Each lies in a
 * section of its own; unreferenced ones disappear with their rows.
 *
 * An absent call never enters as a leaf: shim_count_absent looks at the frame.
 */
#define THUNK(name, enter)                                         \
	.section .text.px.name, "ax", @progbits;                   \
	.globl px_##name;                                          \
	.type px_##name, @function;                                \
	px_##name: leaq px_call_##name(%rip), %rax; jmp enter;     \
	.size px_##name, . - px_##name;

#define ENTER_FULL_0	px_enter
#define ENTER_FULL_1	px_enter_leaf
#define ENTER_PARTIAL_0 px_enter
#define ENTER_PARTIAL_1 px_enter_leaf
#define ENTER_STUB_0	px_enter
#define ENTER_STUB_1	px_enter_leaf
#define ENTER_ABSENT_0	px_enter
#define ENTER_ABSENT_1	px_enter

#define ROW(nr, name, state, sub, leaf, ...) \
	THUNK(name, ENTER_##state##_##leaf)
#include "rows.h"

	.section .note.GNU-stack, "", @progbits
