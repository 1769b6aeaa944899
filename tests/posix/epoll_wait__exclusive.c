/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * EPOLLEXCLUSIVE of epoll_ctl(2): of several instances with a thread that
 * waits, one is woken; with none that waits all of them know.
 */
#include "t.h"
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#define N 4

static int eps[N], fd;
static int woken;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void watch(int i, uint32_t events)
{
	struct epoll_event ev = {.events = events, .data.u64 = i};

	eps[i] = epoll_create1(0);
	t_ret("add", epoll_ctl(eps[i], EPOLL_CTL_ADD, fd, &ev));
}

static void *waiter(void *arg)
{
	struct epoll_event out;
	int n = epoll_wait(*(int *)arg, &out, 1, 400);

	pthread_mutex_lock(&lock);
	woken += n;
	pthread_mutex_unlock(&lock);
	return NULL;
}

/* All wait; then the counter changes. */
static void all_wait(const char *what, uint64_t add)
{
	pthread_t t[N];
	char b[8];

	woken = 0;
	for (int i = 0; i < N; i++)
		pthread_create(&t[i], NULL, waiter, &eps[i]);
	usleep(100000);
	write(fd, &add, 8);
	for (int i = 0; i < N; i++)
		pthread_join(t[i], NULL);
	t_val(what, woken);
	read(fd, b, 8);
}

static int count_ready(void)
{
	struct epoll_event out;
	int n = 0;

	for (int i = 0; i < N; i++)
		n += epoll_wait(eps[i], &out, 1, 0);
	return n;
}

static void errors(void)
{
	int ep = epoll_create1(0), other = epoll_create1(0);
	struct epoll_event ev = {.events = EPOLLIN | EPOLLEXCLUSIVE};

	t_ret("of an instance",
	      epoll_ctl(ep, EPOLL_CTL_ADD, other, &ev) < 0 ? -errno : 0);
	ev.events = EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT;
	t_ret("and ONESHOT",
	      epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0 ? -errno : 0);
	ev.events = EPOLLIN | EPOLLEXCLUSIVE | EPOLLRDHUP;
	t_ret("and RDHUP",
	      epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0 ? -errno : 0);
	ev.events = EPOLLIN | EPOLLEXCLUSIVE | EPOLLPRI;
	t_ret("and PRI",
	      epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0 ? -errno : 0);
	ev.events = EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLWAKEUP |
		    EPOLLET | EPOLLEXCLUSIVE;
	t_ret("all that goes",
	      epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0 ? -errno : 0);
	ev.events = EPOLLIN;
	t_ret("MOD", epoll_ctl(ep, EPOLL_CTL_MOD, fd, &ev) < 0 ? -errno : 0);
	t_ret("DEL", epoll_ctl(ep, EPOLL_CTL_DEL, fd, NULL));
	t_ret("ADD", epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev));
	ev.events = EPOLLIN | EPOLLEXCLUSIVE;
	t_ret("MOD to it",
	      epoll_ctl(ep, EPOLL_CTL_MOD, fd, &ev) < 0 ? -errno : 0);
	close(ep);
	close(other);
}

int main(void)
{
	uint64_t one = 1;

	fd = eventfd(0, EFD_NONBLOCK);
	errors();
	for (int i = 0; i < N; i++)
		watch(i, EPOLLIN | EPOLLEXCLUSIVE);
	all_wait("exclusive", 1);
	write(fd, &one, 8);
	t_val("nobody waits", count_ready());
	t_val("level", count_ready());
	read(fd, &one, 8);
	t_val("no more", count_ready());
	for (int i = 0; i < N; i++)
		close(eps[i]);

	for (int i = 0; i < N; i++)
		watch(i, EPOLLIN);
	all_wait("not exclusive", 1);
	for (int i = 0; i < N; i++)
		close(eps[i]);

	for (int i = 0; i < N; i++)
		watch(i, i < 2 ? EPOLLIN : EPOLLIN | EPOLLET | EPOLLEXCLUSIVE);
	all_wait("two of each", 1);
	return 0;
}
