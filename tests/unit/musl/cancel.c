/* SPDX-License-Identifier: BSD-2-Clause */
/* pthread_cancel(3): each way in which a request can meet a thread. */
#define _GNU_SOURCE
#include "test.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int fds[2];
static volatile int ready, cleaned;

static void cleanup(void *arg)
{
	cleaned++;
}

/* Blocked in a call: it has no effect yet, so the request ends it. */
static void *blocked(void *arg)
{
	char c;

	pthread_cleanup_push(cleanup, NULL);
	ready = 1;
	read(fds[0], &c, 1);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *waiting(void *arg)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

	pthread_mutex_lock(&lock);
	pthread_cleanup_push(cleanup, NULL);
	ready = 1;
	for (;;)
		pthread_cond_wait(&cond, &lock);
	pthread_cleanup_pop(0);
	return NULL;
}

/* Disabled: the blocked call goes on, and ends with its data. */
static void *disabled(void *arg)
{
	char c = 0;
	ssize_t n;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	ready = 1;
	n = read(fds[0], &c, 1);
	return (void *)(n == 1 && c == 'd' ? 1L : 2L);
}

/* Pending before the call: it does not happen. */
static void *pending(void *arg)
{
	char c;

	ready = 1;
	while (ready != 2)
		;
	pthread_cleanup_push(cleanup, NULL);
	read(fds[0], &c, 1);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *spinning(void *arg)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	pthread_cleanup_push(cleanup, NULL);
	ready = 1;
	for (;;)
		;
	pthread_cleanup_pop(0);
	return NULL;
}

/* Within a signal handler that interrupted a blocked call. */
static volatile int in_handler, leave_handler;

static void slow_handler(int sig)
{
	in_handler = 1;
	while (!leave_handler)
		;
}

static void *interrupted(void *arg)
{
	struct sigaction sa = {.sa_handler = slow_handler,
			       .sa_flags = SA_RESTART};

	sigaction(SIGUSR2, &sa, NULL);
	return blocked(arg);
}

static void *start_and_wait(pthread_t *t, void *(*fn)(void *))
{
	ready = cleaned = 0;
	if (pthread_create(t, NULL, fn, NULL))
		abort();
	while (!ready)
		usleep(100);
	usleep(20000); /* into the call */
	return NULL;
}

static void *cancelled(void *(*fn)(void *))
{
	pthread_t t;
	void *ret;

	start_and_wait(&t, fn);
	CHECK(pthread_cancel(t) == 0);
	if (fn == pending)
		ready = 2;
	if (fn == disabled) {
		usleep(20000);
		CHECK(write(fds[1], "d", 1) == 1);
	}
	CHECK(pthread_join(t, &ret) == 0);
	return ret;
}

void test_cancel(void)
{
	pthread_t t;
	void *ret;
	char c;

	CHECK(pipe(fds) == 0);
	CHECK(cancelled(blocked) == PTHREAD_CANCELED && cleaned == 1);
	CHECK(cancelled(waiting) == PTHREAD_CANCELED && cleaned == 1);
	CHECK(cancelled(disabled) == (void *)1);
	CHECK(write(fds[1], "p", 1) == 1);
	CHECK(cancelled(pending) == PTHREAD_CANCELED && cleaned == 1);
	/* The cancelled read has left its byte where it was. */
	CHECK(read(fds[0], &c, 1) == 1 && c == 'p');
	CHECK(cancelled(spinning) == PTHREAD_CANCELED && cleaned == 1);

	start_and_wait(&t, interrupted);
	pthread_kill(t, SIGUSR2);
	while (!in_handler)
		usleep(100);
	CHECK(pthread_cancel(t) == 0);
	usleep(20000);
	leave_handler = 1;
	CHECK(pthread_join(t, &ret) == 0 && ret == PTHREAD_CANCELED);
	CHECK(cleaned == 1);
}
