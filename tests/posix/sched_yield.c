/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_yield(): see sched_yield(2). */
#include "t.h"
#include <pthread.h>

static volatile int ready;

static void *other(void *arg)
{
	ready = 1;
	return NULL;
}

int main(void)
{
	pthread_t t;

	t_ret("alone", syscall(SYS_sched_yield));
	pthread_create(&t, NULL, other, NULL);
	while (!ready)
		syscall(SYS_sched_yield);
	t_val("the other ran", ready);
	pthread_join(t, NULL);
	return 0;
}
