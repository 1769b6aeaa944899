/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone(): 10,000 threads at once, in 512 MB. Each takes 16 KB for its kernel
 * stack, a page of its own stack and a copy of the thread-local data, which in
 * the program of all these tests are large.  t: alone, t: memory 512
 */
#include "t.h"
#include <linux/futex.h>
#include <pthread.h>

enum { THREADS = 10000, STACK = 1 << 20 };

static pthread_t threads[THREADS];
static unsigned int go;
static int there, sum;

static void *waits(void *arg)
{
	__atomic_add_fetch(&there, 1, __ATOMIC_SEQ_CST);
	while (!__atomic_load_n(&go, __ATOMIC_SEQ_CST))
		syscall(SYS_futex, &go, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	__atomic_add_fetch(&sum, (int)(long)arg, __ATOMIC_SEQ_CST);
	return NULL;
}

int main(void)
{
	pthread_attr_t a;
	int n = 0, woken;

	pthread_attr_init(&a);
	pthread_attr_setstacksize(&a, STACK);
	while (n < THREADS &&
	       pthread_create(&threads[n], &a, waits, (void *)(long)n) == 0)
		n++;
	t_val("threads", n);
	while (__atomic_load_n(&there, __ATOMIC_SEQ_CST) < n)
		usleep(1000);
	usleep(10000);
	go = 1;
	woken = syscall(SYS_futex, &go, FUTEX_WAKE_PRIVATE, n, NULL, NULL, 0);
	for (int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	t_is("most slept", woken > n / 2);
	t_val("sum", sum);
	/* Their memory is there again. */
	for (int i = 0; i < n; i++)
		if (pthread_create(&threads[0], &a, waits, NULL) ||
		    pthread_join(threads[0], NULL))
			t_say("no thread %d\n", i);
	t_val("as many again", there);
	return 0;
}
