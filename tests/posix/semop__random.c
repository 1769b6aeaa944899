/* SPDX-License-Identifier: BSD-2-Clause */
/* Random operations on a set of semaphores against a model that does not wait;
 * then many threads that move units between semaphores: none is lost. */
#include "sysv.h"
#include <pthread.h>

#define SEMS 4

static uint64_t state = 4711;

static int id;

/* 0 and changes m, or the errno. */
static int model(int *m, const struct sembuf *op, int n)
{
	int t[SEMS];

	memcpy(t, m, sizeof(t));
	for (int i = 0; i < n; i++) {
		int *v = &t[op[i].sem_num];

		if (op[i].sem_op ? *v + op[i].sem_op < 0 : *v)
			return EAGAIN;
		*v += op[i].sem_op;
		if (*v > 32767)
			return ERANGE;
	}
	memcpy(m, t, sizeof(t));
	return 0;
}

static void against_model(void)
{
	int m[SEMS] = {0}, wrong = 0, done = 0;
	unsigned short got[SEMS];

	for (int step = 0; step < 20000; step++) {
		struct sembuf op[5];
		int n = 1 + t_rnd(&state, 5), ret;

		for (int i = 0; i < n; i++) {
			op[i].sem_num = t_rnd(&state, SEMS);
			op[i].sem_op =
				t_rnd(&state, 50)
					? (int)t_rnd(&state, 9) - 4
					: (int)t_rnd(&state, 60000) - 30000;
			op[i].sem_flg = IPC_NOWAIT;
		}
		ret = semop(id, op, n) ? errno : 0;
		wrong += ret != model(m, op, n);
		done += !ret;
		semctl(id, 0, GETALL, (union semun_arg){.array = got});
		for (int i = 0; i < SEMS; i++)
			wrong += got[i] != m[i];
	}
	t_val("done", done);
	t_val("differences from the model", wrong);
}

#define THREADS 12
#define MOVES	400
#define UNITS	3

/* Take from one or two, give to as many others; then take the hint that there
 * are fewer units than threads. */
static void *mover(void *arg)
{
	unsigned long s = (long)arg * 977 + 3;
	int bad = 0;

	for (int i = 0; i < MOVES; i++) {
		struct sembuf op[2] = {{0}};
		int from = t_rnd(&s, SEMS), to = t_rnd(&s, SEMS);

		op[0] = (struct sembuf){from, -1, 0};
		op[1] = (struct sembuf){to, 1, 0};
		if (t_rnd(&s, 3) == 0) {
			/* Wait for a zero, but not for ever. */
			struct timespec t = {0, 1000000};
			struct sembuf z = {to, 0, 0};

			syscall(SYS_semtimedop, id, &z, 1, &t);
			continue;
		}
		bad += semop(id, op, 2) != 0;
	}
	return (void *)(long)bad;
}

int main(void)
{
	unsigned short v[SEMS] = {UNITS, UNITS, UNITS, UNITS};
	pthread_t th[THREADS];
	long bad = 0;
	int sum = 0, waiting = 0;
	void *ret;

	id = semget(IPC_PRIVATE, SEMS, 0600);
	against_model();
	semctl(id, 0, SETALL, (union semun_arg){.array = v});
	for (long i = 0; i < THREADS; i++)
		pthread_create(&th[i], NULL, mover, (void *)i);
	/* Whoever waits for a unit of an empty semaphore must get one: give
	 * one and take another away, as long as somebody works. */
	for (int i = 0; i < THREADS; i++) {
		struct timespec t;

		for (;;) {
			clock_gettime(CLOCK_REALTIME, &t);
			t.tv_nsec += 2000000;
			if (t.tv_nsec >= 1000000000) {
				t.tv_nsec -= 1000000000;
				t.tv_sec++;
			}
			if (!pthread_timedjoin_np(th[i], &ret, &t))
				break;
			for (int k = 0; k < SEMS; k++) {
				struct sembuf give = {k, 1, 0};

				if (!semctl(id, k, GETVAL,
					    (union semun_arg){0})) {
					semop(id, &give, 1);
					sum--;
				}
			}
		}
		bad += (long)ret;
	}
	for (int k = 0; k < SEMS; k++) {
		sum += semctl(id, k, GETVAL, (union semun_arg){0});
		waiting += semctl(id, k, GETNCNT, (union semun_arg){0}) +
			   semctl(id, k, GETZCNT, (union semun_arg){0});
	}
	t_val("failed", bad);
	t_val("units", sum);
	t_val("waiting", waiting);
	semctl(id, 0, IPC_RMID, (union semun_arg){0});
	return 0;
}
