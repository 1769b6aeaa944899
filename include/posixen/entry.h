/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.h: how a program gets into the runtime and out again (shim/entry.S).
 *
 * libc calls px_<name>, a thunk that names a row (struct px_call) and jumps to
 * px_enter. That changes to the thread's kernel stack, builds a struct px_frame
 * at its top, calls the row's handler and, when thread->work is set on the way
 * out, kernel_exit_work().
 *
 * What code behind the entry may do with the frame:
 *
 *  - Run a signal handler. In kernel_exit_work(), keep what has to be restored,
 *    set uframe->rip to the handler, uframe->rsp to the handler's stack pointer
 *    minus 8 (the exit drops the word at rsp, where a return address stands),
 *    and args[0..2] to its arguments.
 *  - Begin the call again (ERESTARTSYS): uframe_restart().
 *  - Make a child: copy *uframe, set rsp of the copy to the child's stack
 *    pointer minus 8, and have the child's first kernel function end in
 *    uframe_resume(&copy, 0).
 */
#ifndef POSIXEN_ENTRY_H
#define POSIXEN_ENTRY_H

#include <posixen/thread.h>

struct arg_type;

/* One row of the table, as the running image has it. */
struct px_call {
	/* sys_<name>; called with the row's real type, in assembler. */
	void (*handler)(void);
	void (*thunk)(void); /* px_<name>, to begin the call again */
	const struct arg_type *types[6]; /* argc of them: shim/trace.h */
	uint16_t nr;
	uint8_t argc;
	uint8_t state; /* enum px_state */
	char name[];
};

enum px_state { PX_FULL, PX_PARTIAL, PX_STUB, PX_ABSENT };

/* Rows that are not Linux's. */
#define PX_NR_UNKNOWN	1000 /* px_syscall with a number that has no row */
#define PX_NR_UNMAPSELF 1001

/*
 * The top of a kernel stack while its thread is in a handler (not in a leaf,
 * which stays on the program's stack). args are the six argument registers,
 * whatever argc says.
 */
struct px_frame {
	long ret; /* used while tracing */
	const struct px_call *call;
	uint64_t args[6]; /* rdi rsi rdx rcx r8 r9 */
	struct uframe user;
};

static inline struct px_frame *uframe_to_frame(struct uframe *u)
{
	return (struct px_frame *)((char *)u - offsetof(struct px_frame, user));
}

/* Entry of all thunks; rax names the row. Not callable from C. */
extern const char px_enter[];

/*
 * Make the exit go back into the call it came from, with the arguments it had.
 * Returns what kernel_exit_work() then has to return (or, with a signal handler
 * to run first, what the restored rax has to be). Kernel context.
 */
static inline long uframe_restart(struct uframe *u)
{
	u->rsp -= 8;
	u->rip = (uintptr_t)px_enter;
	return (long)uframe_to_frame(u)->call;
}

/*
 * Leave the kernel for the program: callee-saved registers, stack and address
 * from u, ret in rax, as if the call that built u returned. u may lie on the
 * current stack. Kernel context.
 */
void __noreturn uframe_resume(const struct uframe *u, long ret);

/* Reads trace=, syscalls= and syscall-stats=; after param_init(). */
void shim_init(void);
/* Say which absent calls the program made, and how often each call, if asked
 * to; at its exit. */
void shim_report(void);

#endif
