/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads that use the heap and end, while others free what they left. */
#include "t.h"
#include <pthread.h>

#define THREADS 40

static void *left[THREADS];

static void *use(void *arg)
{
	int n = *(int *)arg;
	char *p[64];

	for (int i = 0; i < 64; i++) {
		p[i] = malloc((i + 1) * (n + 1) * 50);
		memset(p[i], n, (i + 1) * (n + 1) * 50);
	}
	for (int i = 1; i < 64; i++)
		free(p[i]);
	free(left[n ? n - 1 : 0]);
	if (n)
		left[n - 1] = NULL;
	left[n] = malloc(3000000);
	memset(left[n], n, 3000000);
	return p[0];
}

int main(void)
{
	int ids[THREADS], wrong = 0;
	pthread_t t;

	for (int i = 0; i < THREADS; i++) {
		void *p;

		ids[i] = i;
		pthread_create(&t, NULL, use, &ids[i]);
		pthread_join(t, &p);
		wrong += *(unsigned char *)p != i;
		free(p);
	}
	free(left[THREADS - 1]);
	t_val("wrong", wrong);
	return 0;
}
