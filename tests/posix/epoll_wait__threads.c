/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads that share an epoll instance: with EPOLLONESHOT each event is one
 * thread's, with EPOLLEXCLUSIVE and edges nothing is lost. */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#define PIPES	8
#define WORKERS 4
#define TOKENS	2000

static int ep, p[PIPES][2], stop;
static int taken[PIPES], busy[PIPES], clashes;

static void arm(int op, int i)
{
	struct epoll_event ev = {
		.events = EPOLLIN | EPOLLONESHOT,
		.data.u32 = (unsigned int)i,
	};

	epoll_ctl(ep, op, p[i][0], &ev);
}

static void *worker(void *arg)
{
	struct epoll_event ev;
	char c;

	while (epoll_wait(ep, &ev, 1, -1) == 1) {
		int i = (int)ev.data.u32;

		if (i == PIPES)
			return NULL;
		if (__atomic_add_fetch(&busy[i], 1, __ATOMIC_SEQ_CST) != 1)
			__atomic_add_fetch(&clashes, 1, __ATOMIC_SEQ_CST);
		if (read(p[i][0], &c, 1) == 1)
			__atomic_add_fetch(&taken[i], 1, __ATOMIC_SEQ_CST);
		__atomic_sub_fetch(&busy[i], 1, __ATOMIC_SEQ_CST);
		arm(EPOLL_CTL_MOD, i);
	}
	return NULL;
}

static void one_shot(void)
{
	struct epoll_event ev = {.events = EPOLLIN, .data.u32 = PIPES};
	pthread_t t[WORKERS];
	uint64_t one = 1;
	int all = 0;

	ep = epoll_create1(0);
	stop = eventfd(0, 0);
	for (int i = 0; i < PIPES; i++) {
		pipe(p[i]);
		arm(EPOLL_CTL_ADD, i);
	}
	for (int i = 0; i < WORKERS; i++)
		pthread_create(&t[i], NULL, worker, NULL);
	for (int i = 0; i < TOKENS; i++)
		write(p[i * 5 % PIPES][1], "x", 1);
	while (all < TOKENS) {
		usleep(1000);
		all = 0;
		for (int i = 0; i < PIPES; i++)
			all += __atomic_load_n(&taken[i], __ATOMIC_SEQ_CST);
	}
	epoll_ctl(ep, EPOLL_CTL_ADD, stop, &ev);
	write(stop, &one, 8);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(t[i], NULL);
	t_val("tokens", all);
	t_val("two threads at one pipe", clashes);
}

static int events, got;

/* Each has an instance of its own that watches the same counter. */
static void *exclusive(void *arg)
{
	struct epoll_event ev = {.events = EPOLLIN | EPOLLEXCLUSIVE};
	int own = epoll_create1(0);
	uint64_t v;

	epoll_ctl(own, EPOLL_CTL_ADD, events, &ev);
	while (epoll_wait(own, &ev, 1, -1) == 1) {
		if (read(events, &v, 8) != 8)
			continue;
		if (__atomic_add_fetch(&got, 1, __ATOMIC_SEQ_CST) > 500)
			break;
	}
	close(own);
	return NULL;
}

static void shared_counter(void)
{
	pthread_t t[WORKERS];
	uint64_t one = 1;

	events = eventfd(0, EFD_SEMAPHORE | EFD_NONBLOCK);
	for (int i = 0; i < WORKERS; i++)
		pthread_create(&t[i], NULL, exclusive, NULL);
	for (int i = 0; i < 500; i++)
		write(events, &one, 8);
	while (__atomic_load_n(&got, __ATOMIC_SEQ_CST) < 500)
		usleep(1000);
	t_val("counted", got);
	for (int i = 0; i < WORKERS; i++)
		write(events, &one, 8);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(t[i], NULL);
	t_val("in the end", got);
}

static void *edge_writer(void *arg)
{
	for (int i = 0; i < 3000; i++) {
		write(*(int *)arg, "abcdefg", 1 + i % 7);
		if (i % 100 == 0)
			usleep(100);
	}
	close(*(int *)arg);
	return NULL;
}

static void edges(void)
{
	struct epoll_event ev = {.events = EPOLLIN | EPOLLET};
	int q[2], n = 0, r;
	char b[64];
	pthread_t t;

	pipe2(q, O_NONBLOCK);
	fcntl(q[1], F_SETFL, 0);
	ep = epoll_create1(0);
	epoll_ctl(ep, EPOLL_CTL_ADD, q[0], &ev);
	pthread_create(&t, NULL, edge_writer, &q[1]);
	do {
		epoll_wait(ep, &ev, 1, -1);
		while ((r = read(q[0], b, sizeof(b))) > 0)
			n += r;
	} while (r);
	pthread_join(t, NULL);
	t_val("by edges alone", n);
}

int main(void)
{
	one_shot();
	shared_counter();
	edges();
	return 0;
}
