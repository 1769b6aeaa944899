/* SPDX-License-Identifier: BSD-2-Clause */
/* set_tid_address(): see set_tid_address(2). */
#include "t.h"
#include <linux/futex.h>
#include <pthread.h>

static int word = 1;

static void *other(void *arg)
{
	long tid = syscall(SYS_set_tid_address, &word);

	t_is("the caller's id", tid == syscall(SYS_gettid));
	syscall(SYS_exit, 0);
	return NULL;
}

int main(void)
{
	pthread_t t;

	pthread_create(&t, NULL, other, NULL);
	/* The kernel clears the word at the thread's end and wakes one. */
	while (__atomic_load_n(&word, __ATOMIC_SEQ_CST))
		syscall(SYS_futex, &word, FUTEX_WAIT, 1, NULL, NULL, 0);
	t_val("cleared", word);
	return 0;
}
