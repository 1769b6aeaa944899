/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll_wait(epfd, events, n, ms): see epoll(7). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>

static int ep, p[2];
static struct epoll_event out[64];

static void add(int fd, unsigned int events, uint64_t data)
{
	struct epoll_event ev = {.events = events, .data.u64 = data};

	if (epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) &&
	    epoll_ctl(ep, EPOLL_CTL_MOD, fd, &ev))
		t_ret("epoll_ctl", -1);
}

static void show(const char *what, int n)
{
	t_val(what, n);
	for (int i = 0; i < n; i++)
		t_say("  %llu: %#x\n", (unsigned long long)out[i].data.u64,
		      out[i].events);
}

static void *writer(void *arg)
{
	usleep(20000);
	write(p[1], "late", 4);
	return NULL;
}

static void on_alarm(int sig)
{
}

static void modes(void)
{
	char b[16];

	add(p[0], EPOLLIN, 1);
	show("nothing", epoll_wait(ep, out, 8, 0));
	write(p[1], "ab", 2);
	show("level", epoll_wait(ep, out, 8, 0));
	show("again", epoll_wait(ep, out, 8, 0));
	read(p[0], b, 16);
	show("read", epoll_wait(ep, out, 8, 0));
	write(p[1], "ab", 2);
	add(p[0], EPOLLIN | EPOLLET, 2);
	show("edge", epoll_wait(ep, out, 8, 0));
	show("once", epoll_wait(ep, out, 8, 0));
	read(p[0], b, 1);
	show("some read", epoll_wait(ep, out, 8, 0));
	write(p[1], "c", 1);
	show("another write", epoll_wait(ep, out, 8, 0));
	show("once", epoll_wait(ep, out, 8, 0));
	add(p[0], EPOLLIN | EPOLLONESHOT, 3);
	show("one shot", epoll_wait(ep, out, 8, 0));
	write(p[1], "d", 1);
	show("disabled", epoll_wait(ep, out, 8, 0));
	add(p[0], EPOLLIN | EPOLLONESHOT, 4);
	show("armed again", epoll_wait(ep, out, 8, 0));
	add(p[0], 0, 5);
	show("no events", epoll_wait(ep, out, 8, 0));
	add(p[0], EPOLLIN | EPOLLRDNORM, 6);
	show("two names", epoll_wait(ep, out, 8, 0));
	read(p[0], b, 16);
	add(p[1], EPOLLOUT, 7);
	show("writable", epoll_wait(ep, out, 8, 0));
	epoll_ctl(ep, EPOLL_CTL_DEL, p[1], NULL);
}

/* More ready than asked for: each gets its turn. */
static void turns(void)
{
	int q[4][2], seen = 0;

	for (int i = 0; i < 4; i++) {
		pipe(q[i]);
		add(q[i][0], EPOLLIN, 10 + i);
		write(q[i][1], "x", 1);
	}
	for (int i = 0; i < 2; i++) {
		t_val("two of four", epoll_wait(ep, out, 2, 0));
		seen |= 1 << (out[0].data.u64 - 10);
		seen |= 1 << (out[1].data.u64 - 10);
	}
	t_val("all had their turn", seen);
	close(q[0][1]);
	close(q[1][1]);
	t_val("four", epoll_wait(ep, out, 8, 0));
	for (int i = 0; i < 4; i++) {
		close(q[i][0]);
		close(q[i][1]);
	}
	t_val("closed", epoll_wait(ep, out, 8, 0));
}

static void nested(void)
{
	int outer = epoll_create1(0);
	struct epoll_event ev = {.events = EPOLLIN, .data.u64 = 99};
	struct pollfd f = {ep, POLLIN, 0};
	char b[8];

	epoll_ctl(outer, EPOLL_CTL_ADD, ep, &ev);
	t_val("quiet", epoll_wait(outer, out, 8, 0));
	t_val("poll", poll(&f, 1, 0));
	write(p[1], "x", 1);
	show("inner is ready", epoll_wait(outer, out, 8, 0));
	t_val("poll", poll(&f, 1, 0));
	read(p[0], b, 8);
	t_val("no more", epoll_wait(outer, out, 8, 0));
	close(outer);
}

static void many(void)
{
	int q[50][2], n = 0, got;

	for (int i = 0; i < 50; i++) {
		pipe(q[i]);
		add(q[i][0], EPOLLIN, i);
	}
	for (int i = 0; i < 50; i += 3)
		write(q[i][1], "x", 1);
	got = epoll_wait(ep, out, 64, 0);
	for (int i = 0; i < got; i++)
		n += out[i].data.u64;
	t_val("ready", got);
	t_val("their sum", n);
	for (int i = 0; i < 50; i++) {
		close(q[i][0]);
		close(q[i][1]);
	}
}

int main(void)
{
	pthread_t th;
	char b[16];

	ep = epoll_create1(0);
	pipe(p);
	modes();
	turns();
	nested();
	many();
	pthread_create(&th, NULL, writer, NULL);
	show("woken", epoll_wait(ep, out, 8, -1));
	pthread_join(th, NULL);
	read(p[0], b, 16);
	t_val("time-out", epoll_wait(ep, out, 8, 20));
	struct sigaction sa = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 0);
	t_val("signal", epoll_wait(ep, out, 8, -1));
	close(p[1]);
	show("hang-up", epoll_wait(ep, out, 8, -1));
	t_val("no room", epoll_wait(ep, out, 0, 0));
	t_val("negative", epoll_wait(ep, out, -1, 0));
	t_val("bad events", epoll_wait(ep, T_BAD, 1, 0));
	t_val("closed", epoll_wait(99, out, 1, 0));
	t_val("no epoll", epoll_wait(0, out, 1, 0));
	return 0;
}
