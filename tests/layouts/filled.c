/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structures that musl has longer, by what it keeps for later: a call must
 * not write behind glibc's.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

static char room[1024];

static void *prepare(size_t size)
{
	memset(room, 0, size);
	memset(room + size, 0x5a, sizeof(room) - size);
	return room;
}

static void clean(const char *what, size_t size, int result)
{
	int touched = 0;

	for (size_t i = size; i < sizeof(room); i++)
		touched += room[i] != 0x5a;
	printf("%s: %zu bytes, %d, %d overwritten\n", what, size, result,
	       touched);
}

static void semaphores(void)
{
	struct semid_ds *ds = prepare(sizeof(*ds));
	int id = semget(IPC_PRIVATE, 3, 0600);

	memset(ds, 0xff, sizeof(*ds));
	clean("semctl", sizeof(*ds), semctl(id, 0, IPC_STAT, ds));
	printf("%lu semaphores, mode %o\n", (unsigned long)ds->sem_nsems,
	       ds->sem_perm.mode);
	ds->sem_perm.mode = 0640;
	clean("IPC_SET", sizeof(*ds), semctl(id, 0, IPC_SET, ds));
	clean("IPC_STAT", sizeof(*ds), semctl(id, 0, IPC_STAT, ds));
	printf("mode %o\n", ds->sem_perm.mode);
	semctl(id, 0, IPC_RMID);
}

void test_filled(void)
{
	struct rusage *ru = prepare(sizeof(*ru));
	struct sysinfo *si;
	socklen_t length = sizeof(struct tcp_info);
	int s, result;

	clean("getrusage", sizeof(*ru), getrusage(RUSAGE_SELF, ru));
	printf("%d\n", ru->ru_maxrss > 0);
	ru = prepare(sizeof(*ru));
	result = wait4(-1, NULL, WNOHANG, ru);
	clean("wait4", sizeof(*ru), result);
	printf("%d\n", errno);
	si = prepare(sizeof(*si));
	clean("sysinfo", sizeof(*si), sysinfo(si));
	printf("%d %d\n", si->totalram > 0, si->mem_unit > 0);
	semaphores();
	s = socket(AF_INET, SOCK_STREAM, 0);
	prepare(length);
	result = getsockopt(s, IPPROTO_TCP, TCP_INFO, room, &length);
	clean("tcp_info", sizeof(struct tcp_info), result);
	printf("%u\n", length);
	close(s);
}
