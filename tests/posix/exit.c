/* SPDX-License-Identifier: BSD-2-Clause */
/* exit(): the end of one thread, see _exit(2). */
#include "t.h"
#include <pthread.h>

static int step;

static void *other(void *arg)
{
	step = 1;
	syscall(SYS_exit, 5);
	step = 2;
	return NULL;
}

int main(void)
{
	pthread_t t;

	pthread_create(&t, NULL, other, NULL);
	/* musl's and glibc's join rely on the word that the kernel clears. */
	while (!__atomic_load_n(&step, __ATOMIC_SEQ_CST))
		usleep(1000);
	usleep(20000);
	t_val("not behind it", step);
	t_say("the process goes on\n");
	return 0;
}
