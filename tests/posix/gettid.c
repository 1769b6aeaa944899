/* SPDX-License-Identifier: BSD-2-Clause */
/* gettid(): see gettid(2). */
#include "t.h"
#include <pthread.h>

static void *other(void *arg)
{
	*(long *)arg = syscall(SYS_gettid);
	return NULL;
}

int main(void)
{
	long main_tid = syscall(SYS_gettid), tid = 0;
	pthread_t t;

	t_is("the main thread's is the pid", main_tid == getpid());
	pthread_create(&t, NULL, other, &tid);
	pthread_join(t, NULL);
	t_is("another thread's is another", tid > 0 && tid != main_tid);
	return 0;
}
