/* SPDX-License-Identifier: BSD-2-Clause */
/* semtimedop(id, operations, how many, timeout): see semop(2). */
#include "sysv.h"
#include <pthread.h>

static int id;

static void *later(void *arg)
{
	struct sembuf op = {0, 1, 0};

	usleep(50000);
	semop(id, &op, 1);
	return NULL;
}

static long wait(const void *t)
{
	struct sembuf op = {0, -1, 0};

	return syscall(SYS_semtimedop, id, &op, 1, t);
}

int main(void)
{
	struct timespec none = {0, 0}, some = {0, 30000000}, much = {20, 0};
	struct timespec bad = {0, 1000000000}, neg = {-1, 0}, a, b;
	pthread_t th;

	id = semget(IPC_PRIVATE, 1, 0600);
	t_ret("no time", wait(&none));
	clock_gettime(CLOCK_MONOTONIC, &a);
	t_ret("30 ms", wait(&some));
	clock_gettime(CLOCK_MONOTONIC, &b);
	t_is("it took that long",
	     (b.tv_sec - a.tv_sec) * 1000000000LL + b.tv_nsec - a.tv_nsec >=
		     30000000);
	t_ret("bad time", wait(&bad));
	t_ret("negative", wait(&neg));
	t_ret("bad pointer", wait(T_BAD));
	t_ret("bad operations", syscall(SYS_semtimedop, id, T_BAD, 1, &none));
	t_ret("nobody waits", semctl(id, 0, GETNCNT, 0));
	pthread_create(&th, NULL, later, NULL);
	t_ret("enough", wait(&much));
	pthread_join(th, NULL);
	pthread_create(&th, NULL, later, NULL);
	t_ret("for ever", wait(NULL));
	pthread_join(th, NULL);
	semctl(id, 0, IPC_RMID, 0);
	t_ret("bad time comes first", wait(&bad));
	return 0;
}
