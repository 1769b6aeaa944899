/* SPDX-License-Identifier: BSD-2-Clause */
/* The main thread ends before the others: pthread_exit(3).  t: alone */
#include "t.h"
#include <pthread.h>

static void *last(void *arg)
{
	usleep(30000);
	t_say("after the main thread\n");
	return NULL;
}

static void at_exit(void)
{
	t_say("atexit\n");
}

int main(void)
{
	pthread_t t;

	atexit(at_exit);
	pthread_create(&t, NULL, last, NULL);
	pthread_exit(NULL);
}
