/* SPDX-License-Identifier: BSD-2-Clause */
/* What glibc's headers ask sysconf() for; keys; a thread's stack. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEEP (6 << 20) /* more than musl's threads have, less than glibc's */

static volatile int handled, destroyed;

static void on_signal(int sig)
{
	(void)sig;
	handled++;
}

static void destroy(void *value)
{
	destroyed += value != NULL;
}

static void *deep(void *unused)
{
	char room[DEEP];

	(void)unused;
	memset(room, 1, sizeof(room));
	return (void *)(long)room[DEEP / 2];
}

static void *with_keys(void *keys)
{
	pthread_key_t *k = keys;

	for (int i = 0; i < 1000; i++)
		pthread_setspecific(k[i], &k[i]);
	for (int i = 0; i < 1000; i++)
		if (pthread_getspecific(k[i]) != &k[i])
			return NULL;
	return keys;
}

static void stacks(void)
{
	stack_t ss = {.ss_size = SIGSTKSZ}, small;
	struct sigaction sa = {.sa_flags = SA_ONSTACK, .sa_handler = on_signal};
	pthread_attr_t attr;
	pthread_t t;
	void *result;

	ss.ss_sp = malloc(ss.ss_size);
	small = ss;
	small.ss_size = MINSIGSTKSZ;
	sigaction(SIGUSR1, &sa, NULL);
	printf("%d", sigaltstack(&ss, NULL));
	raise(SIGUSR1);
	printf(" %d", sigaltstack(&small, NULL));
	raise(SIGUSR1);
	printf(" %d %d\n", handled, SIGSTKSZ >= 4 * 2048);
	ss.ss_flags = SS_DISABLE;
	sigaltstack(&ss, NULL);
	pthread_attr_init(&attr);
	printf("%ld %d\n", (long)PTHREAD_STACK_MIN,
	       pthread_attr_setstacksize(&attr, PTHREAD_STACK_MIN));
	if (!pthread_create(&t, NULL, deep, NULL)) {
		pthread_join(t, &result);
		printf("%ld\n", (long)result);
	}
}

void test_limits(void)
{
	static pthread_key_t keys[1000];
	void *result = NULL;
	pthread_t t;
	int made = 0;
	char user[L_cuserid + 16];

	stacks();
	while (made < 1000 && !pthread_key_create(&keys[made], destroy))
		made++;
	printf("%d keys\n", made);
	if (made == 1000 && !pthread_create(&t, NULL, with_keys, keys))
		pthread_join(t, &result);
	printf("%d, %d destroyed\n", result == keys, destroyed);
	for (int i = 0; i < made; i++)
		pthread_key_delete(keys[i]);
	printf("%ld %ld %ld %ld\n", sysconf(_SC_THREAD_KEYS_MAX),
	       sysconf(_SC_GETPW_R_SIZE_MAX), sysconf(_SC_GETGR_R_SIZE_MAX),
	       sysconf(_SC_PAGESIZE));
	printf("%ld %ld\n", sysconf(_SC_NGROUPS_MAX),
	       sysconf(_SC_HOST_NAME_MAX));
	errno = 0;
	printf("%ld %d\n", sysconf(12345), errno);
	memset(user, 'x', sizeof(user));
	cuserid(user);
	printf("%d\n", user[L_cuserid] == 'x');
}
