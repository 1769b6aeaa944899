/* SPDX-License-Identifier: BSD-2-Clause */
/* The assembler's offsets are those of the structures. */
#include <posixen/entry.h>
#include "offsets.h"
#include "table.h"

#define SAME(offset, type, member)                                             \
	_Static_assert((offset) == offsetof(type, member), #member)

SAME(THREAD_KSTACK_TOP, struct thread, kstack_top);
SAME(THREAD_WORK, struct thread, work);
SAME(THREAD_IN_KERNEL, struct thread, in_kernel);
SAME(THREAD_UFRAME, struct thread, uframe);
SAME(CALL_HANDLER, struct px_call, handler);
SAME(FRAME_RET, struct px_frame, ret);
SAME(FRAME_CALL, struct px_frame, call);
SAME(FRAME_ARGS, struct px_frame, args);
SAME(FRAME_USER, struct px_frame, user);
SAME(UFRAME_RBX, struct uframe, rbx);
SAME(UFRAME_RBP, struct uframe, rbp);
SAME(UFRAME_R12, struct uframe, r12);
SAME(UFRAME_R13, struct uframe, r13);
SAME(UFRAME_R14, struct uframe, r14);
SAME(UFRAME_R15, struct uframe, r15);
SAME(UFRAME_RSP, struct uframe, rsp);
SAME(UFRAME_RIP, struct uframe, rip);
SAME(TABLE_COUNT, struct px_table, count);
SAME(TABLE_ROWS, struct px_table, row);
_Static_assert(FRAME_SIZE == sizeof(struct px_frame), "frame size");
/* The stack is aligned at the call of a handler. */
_Static_assert(FRAME_SIZE % 16 == 0, "frame alignment");
