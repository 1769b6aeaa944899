/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is done before the suite's main(), linked in beside its objects: the
 * suite refuses to run as root, and some tests want an echo server.
 *
 * That server is the suite's own. Its runner starts it as a second process;
 * here it is a thread. So build gives its object a loop of its own instead of
 * uv_default_loop(), which is the test's, and it tells us that it is ready
 * instead of a parent.
 */
#include <grp.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

void *uv_loop_new(void);
int run_helper_tcp4_echo_server(void);
int run_helper_tcp6_echo_server(void);
int run_helper_udp4_echo_server(void);
int run_helper_pipe_echo_server(void);
void *suite_helper_loop(void);
void suite_helper_ready(void);

static const struct helper {
	const char *name;
	int (*run)(void);
} helpers[] = {
	{"tcp4_echo_server", run_helper_tcp4_echo_server},
	{"tcp6_echo_server", run_helper_tcp6_echo_server},
	{"udp4_echo_server", run_helper_udp4_echo_server},
	{"pipe_echo_server", run_helper_pipe_echo_server},
};

static const char *const owned[] = {
	"/suite",
	"/suite/test",
	"/suite/test/fixtures",
	"/suite/test/fixtures/empty_file",
	"/suite/test/fixtures/load_error.node",
	"/suite/test/fixtures/lorem_ipsum.txt",
};

static sem_t ready;

void *suite_helper_loop(void)
{
	return uv_loop_new();
}

void suite_helper_ready(void)
{
	sem_post(&ready);
}

static void *run_helper(void *helper)
{
	if (((const struct helper *)helper)->run() != 0)
		abort();
	return NULL;
}

/* SUITE_HELPER: the server to start. Signals are the test's. */
static void start_helper(void)
{
	const char *want = getenv("SUITE_HELPER");
	sigset_t all, old;
	pthread_t thread;
	size_t i;

	for (i = 0; want && i < sizeof(helpers) / sizeof(helpers[0]); i++) {
		if (strcmp(helpers[i].name, want) != 0)
			continue;
		sem_init(&ready, 0, 0);
		sigfillset(&all);
		pthread_sigmask(SIG_SETMASK, &all, &old);
		if (pthread_create(&thread, NULL, run_helper,
				   (void *)&helpers[i]) != 0)
			abort();
		pthread_sigmask(SIG_SETMASK, &old, NULL);
		sem_wait(&ready);
	}
}

static void become_nobody(void)
{
	size_t i;

	mkdir("/tmp", 0777);
	if (chmod("/tmp", 01777) < 0)
		perror("/tmp");
	for (i = 0; i < sizeof(owned) / sizeof(owned[0]); i++) {
		if (chown(owned[i], NOBODY, NOBODY) < 0)
			perror(owned[i]);
	}
	if (chdir("/suite") < 0 || setgroups(0, NULL) < 0 ||
	    setgid(NOBODY) < 0 || setuid(NOBODY) < 0) {
		perror("tests/suites/libuv: cannot become nobody");
		_exit(99);
	}
}

__attribute__((constructor)) static void start(void)
{
	become_nobody();
	start_helper();
}
