/* SPDX-License-Identifier: BSD-2-Clause */
/* clone(): see clone(2); threads, and the errors of flags. Processes are not
 * compared: Posixen has one. */
#include "t.h"
#include <linux/futex.h>
#include <sched.h>

#define THREAD                                                                 \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |    \
	 CLONE_SYSVSEM)

static char stack[65536] __attribute__((aligned(16)));
static int child_word = 77, got, parent_tid, child_tid = 1;

static int child(void *arg)
{
	got = *(int *)arg;
	child_word = syscall(SYS_gettid);
	return 3;
}

static long raw(unsigned long flags)
{
	return syscall(SYS_clone, flags, stack + sizeof(stack), 0, 0, 0);
}

int main(void)
{
	int number = 42, tid;
	unsigned long tls;

	/* The child uses the parent's thread block: it does little. */
	__asm__ volatile("mov %%fs:0, %0" : "=r"(tls));
	tid = clone(child, stack + sizeof(stack),
		    THREAD | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID |
			    CLONE_CHILD_SETTID | CLONE_SETTLS,
		    &number, &parent_tid, (void *)tls, &child_tid);
	t_is("a thread", tid > 0);
	while (__atomic_load_n(&child_tid, __ATOMIC_SEQ_CST))
		syscall(SYS_futex, &child_tid, FUTEX_WAIT, tid, NULL, NULL, 0);
	t_val("its argument", got);
	t_is("its id", child_word == tid);
	t_is("told to the parent", parent_tid == tid);
	t_val("cleared at its end", child_tid);

	t_ret("SIGHAND without VM", raw(CLONE_SIGHAND));
	t_ret("THREAD without SIGHAND", raw(CLONE_THREAD | CLONE_VM));
	t_ret("FS with NEWNS", raw(CLONE_FS | CLONE_NEWNS));
	return 0;
}
