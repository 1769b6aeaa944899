/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where assembler finds the fields it uses; entry_check.c compares each with
 * the C structure.
 */
#ifndef SHIM_OFFSETS_H
#define SHIM_OFFSETS_H

/* struct thread */
#define THREAD_KSTACK_TOP 0
#define THREAD_WORK	  8
#define THREAD_IN_KERNEL  12
#define THREAD_UFRAME	  16

/* struct px_call */
#define CALL_HANDLER 0

/* struct px_frame */
#define FRAME_RET  0
#define FRAME_CALL 8
#define FRAME_ARGS 16
#define FRAME_USER 64
#define FRAME_SIZE 128

/* struct uframe */
#define UFRAME_RBX 0
#define UFRAME_RBP 8
#define UFRAME_R12 16
#define UFRAME_R13 24
#define UFRAME_R14 32
#define UFRAME_R15 40
#define UFRAME_RSP 48
#define UFRAME_RIP 56

/* struct trace */
#define TRACE_SIZE 496

/* struct px_table */
#define TABLE_COUNT 0
#define TABLE_ROWS  8

#endif
