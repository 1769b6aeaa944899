/* SPDX-License-Identifier: BSD-2-Clause */
#include <math.h>
#include <pthread.h>
#include <stdio.h>

int part(void);

static void *thread(void *arg)
{
	printf("part %d root %.0f\n", part(), sqrt(*(double *)arg));
	return NULL;
}

int main(int argc, char **argv)
{
	double square = argc * 16.0;
	pthread_t t;

	(void)argv;
	pthread_create(&t, NULL, thread, &square);
	pthread_join(t, NULL);
	return 5;
}
