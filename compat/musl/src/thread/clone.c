/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __clone: a thread (or process) that starts in fn(arg) on its own stack and
 * ends with fn's value.
 *
 * px_clone_start() lets the child begin at a given function on the given
 * stack, so that no call has to return twice.  The child begins in an
 * assembler stub, which owes nothing to how the stack pointer is aligned.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <sched.h>
#include "pthread_impl.h"

long px_clone_start(unsigned long flags, void *stack, int *ptid, int *ctid,
		    unsigned long tls, int (*entry)(void *), void *arg);

struct child {
	int (*fn)(void *);
	void *arg;
};

hidden int __px_child_entry(void *child);

__asm__(".section .text.__px_child_entry, \"ax\", @progbits\n"
	".hidden __px_child_entry\n"
	".type __px_child_entry, @function\n"
	"__px_child_entry:\n"
	"	.cfi_startproc\n"
	"	.cfi_undefined %rip\n" /* a backtrace ends here */
	"	xor %ebp, %ebp\n"      /* for those without tables too */
	"	and $-16, %rsp\n"
	"	call __px_child\n"
	"	ud2\n"
	"	.cfi_endproc\n"
	".size __px_child_entry, . - __px_child_entry\n"
	".text\n");

hidden _Noreturn void __px_child(struct child *child)
{
	int ret = child->fn(child->arg);

	for (;;)
		__syscall(SYS_exit, ret);
}

int __clone(int (*fn)(void *), void *stack, int flags, void *arg, ...)
{
	struct child *child;
	int *ptid = 0, *ctid = 0;
	unsigned long tls = 0;
	va_list ap;

	/* The optional arguments are read only if a flag announces them. */
	va_start(ap, arg);
	if (flags & (CLONE_PARENT_SETTID | CLONE_SETTLS | CLONE_CHILD_SETTID |
		     CLONE_CHILD_CLEARTID))
		ptid = va_arg(ap, int *);
	if (flags & (CLONE_SETTLS | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID))
		tls = va_arg(ap, unsigned long);
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID))
		ctid = va_arg(ap, int *);
	va_end(ap);

	child = (struct child *)((uintptr_t)stack & -16UL) - 1;
	child->fn = fn;
	child->arg = arg;
	return px_clone_start((unsigned)flags, child, ptid, ctid, tls,
			      __px_child_entry, child);
}
