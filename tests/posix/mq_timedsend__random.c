/* SPDX-License-Identifier: BSD-2-Clause */
/* Random sends and receives against a model: what comes is always the oldest of
 * the highest priority; and many threads at once, which lose nothing. */
#include "mq.h"
#include <pthread.h>

#define MAX 10

static uint64_t state = 4711;

static void against_model(void)
{
	struct {
		int prio, id, len;
	} m[MAX];
	int n = 0, next = 0, wrong = 0;
	long q = mqo("model", O_RDWR | O_CREAT | O_NONBLOCK, 0600, MAX, 100);

	for (int step = 0; step < 20000; step++) {
		char buf[100];
		int prio = t_rnd(&state, 4);
		int len = 4 + t_rnd(&state, 97), best = 0;
		long ret;

		if (t_rnd(&state, 2)) {
			memset(buf, next, sizeof(buf));
			memcpy(buf, &next, 4);
			ret = syscall(SYS_mq_timedsend, q, buf, len, prio, 0);
			wrong += ret != (n == MAX ? -1 : 0);
			if (!ret) {
				m[n].prio = prio;
				m[n].len = len;
				m[n++].id = next++;
			}
			continue;
		}
		ret = syscall(SYS_mq_timedreceive, q, buf, 100, &prio, 0);
		if (!n) {
			wrong += ret != -1;
			continue;
		}
		for (int i = 1; i < n; i++)
			if (m[i].prio > m[best].prio)
				best = i;
		wrong += ret != m[best].len || prio != m[best].prio ||
			 memcmp(buf, &m[best].id, 4) ||
			 (ret > 4 && buf[ret - 1] != (char)m[best].id);
		memmove(m + best, m + best + 1, (--n - best) * sizeof(m[0]));
	}
	t_val("differences from the model", wrong);
	close(q);
	syscall(SYS_mq_unlink, "model");
}

#define THREADS 6
#define EACH	500

static long shared;
static unsigned char seen[THREADS][EACH];
static int late;

static void *send_all(void *arg)
{
	for (int i = 0; i < EACH; i++) {
		int what[2] = {(long)arg, i};

		syscall(SYS_mq_timedsend, shared, what, 8, i % 3, NULL);
	}
	return NULL;
}

static void *receive(void *arg)
{
	for (int i = 0; i < EACH; i++) {
		int what[2];
		struct timespec t = mq_in(20000);

		if (syscall(SYS_mq_timedreceive, shared, what, 8, NULL, &t) ==
		    8)
			__atomic_add_fetch(&seen[what[0]][what[1]], 1,
					   __ATOMIC_RELAXED);
		else
			__atomic_add_fetch(&late, 1, __ATOMIC_RELAXED);
	}
	return NULL;
}

int main(void)
{
	pthread_t s[THREADS], r[THREADS];
	int once = 0;

	against_model();
	shared = mqo("shared", O_RDWR | O_CREAT, 0600, 4, 8);
	for (long i = 0; i < THREADS; i++) {
		pthread_create(&s[i], NULL, send_all, (void *)i);
		pthread_create(&r[i], NULL, receive, NULL);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(s[i], NULL);
		pthread_join(r[i], NULL);
	}
	for (int i = 0; i < THREADS; i++)
		for (int j = 0; j < EACH; j++)
			once += seen[i][j] == 1;
	t_val("came once", once);
	t_val("did not come", late);
	mqa("left", shared);
	close(shared);
	syscall(SYS_mq_unlink, "shared");
	return 0;
}
