/* SPDX-License-Identifier: BSD-2-Clause */
/* exit_group(): see exit_group(2). The status is the runner's to compare.
 * t: alone */
#include "t.h"
#include <pthread.h>

static void *other(void *arg)
{
	syscall(SYS_exit_group, 0x123);
	return NULL;
}

int main(void)
{
	pthread_t t;

	t_say("before\n");
	pthread_create(&t, NULL, other, NULL);
	for (;;)
		pause();
}
