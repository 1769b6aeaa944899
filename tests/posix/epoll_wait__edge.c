/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll(7), edge-triggered and one-shot: what counts as a new event on pipes,
 * counters, timers, signals and other instances.
 */
#include "t.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

static int ep;

static void ctl(int op, int fd, uint32_t events)
{
	struct epoll_event ev = {.events = events, .data.u64 = events};

	t_ret("  ctl", epoll_ctl(ep, op, fd, &ev) < 0 ? -errno : 0);
}

static void show(const char *what)
{
	struct epoll_event out[8];
	int n = epoll_wait(ep, out, 8, 0);

	t_say("%s:", what);
	for (int i = 0; i < n; i++)
		t_say(" %x", out[i].events);
	t_say("%s\n", n ? "" : " nothing");
}

static void pipes(void)
{
	static char big[70000];
	int p[2];
	char b[8];

	pipe2(p, O_NONBLOCK);
	t_say("the reading end\n");
	ctl(EPOLL_CTL_ADD, p[0], EPOLLIN | EPOLLET);
	show("empty");
	write(p[1], "ab", 2);
	write(p[1], "cd", 2);
	show("two writes");
	show("seen");
	ctl(EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET);
	show("MOD tells again");
	ctl(EPOLL_CTL_DEL, p[0], 0);
	ctl(EPOLL_CTL_ADD, p[0], EPOLLIN | EPOLLET);
	show("so does ADD");
	write(p[1], "e", 1);
	read(p[0], b, 8);
	show("written and read");
	ctl(EPOLL_CTL_MOD, p[0], EPOLLOUT | EPOLLET);
	write(p[1], "e", 1);
	show("not asked for");
	ctl(EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET | EPOLLONESHOT);
	show("one shot");
	write(p[1], "e", 1);
	show("is over");
	close(p[1]);
	show("nor is HUP told");
	ctl(EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET | EPOLLONESHOT);
	show("until it is armed");
	ctl(EPOLL_CTL_MOD, p[0], EPOLLET);
	show("HUP need not be asked for");
	show("once");
	ctl(EPOLL_CTL_MOD, p[0], 0);
	show("level");
	show("level");
	close(p[0]);
	show("closed");

	t_say("the writing end\n");
	pipe2(p, O_NONBLOCK);
	ctl(EPOLL_CTL_ADD, p[1], EPOLLOUT | EPOLLET);
	show("empty");
	t_val("fill", write(p[1], big, sizeof(big)));
	show("full");
	read(p[0], big, 1);
	show("a byte of room");
	read(p[0], big, 4095);
	show("a page of room");
	read(p[0], big, 4096);
	show("more room");
	write(p[1], big, sizeof(big));
	read(p[0], big, sizeof(big));
	show("filled and emptied");
	close(p[0]);
	show("no reader");
	show("once");
	close(p[1]);
}

static void counters(void)
{
	uint64_t n = 1, max = UINT64_MAX - 1;
	int fd = eventfd(0, EFD_NONBLOCK);

	t_say("eventfd\n");
	ctl(EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLOUT | EPOLLET);
	show("new");
	write(fd, &n, 8);
	show("one");
	write(fd, &n, 8);
	show("two");
	show("seen");
	read(fd, &n, 8);
	show("read");
	read(fd, &n, 8);
	show("read of nothing");
	write(fd, &max, 8);
	show("full");
	read(fd, &n, 8);
	show("read");
	ctl(EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLET);
	show("empty");
	n = 0;
	write(fd, &n, 8);
	show("nothing added");
	close(fd);
}

static void timers(void)
{
	struct itimerspec its = {{0, 1000000}, {0, 1000000}};
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	struct epoll_event out;
	uint64_t n;

	t_say("timerfd\n");
	ctl(EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLET);
	show("not set");
	timerfd_settime(fd, 0, &its, NULL);
	t_val("it comes", epoll_wait(ep, &out, 1, 1000));
	usleep(20000);
	show("it does not come again unread");
	t_is("read", read(fd, &n, 8) == 8 && n >= 10);
	t_val("then it does", epoll_wait(ep, &out, 1, 1000));
	its.it_interval.tv_nsec = 0;
	timerfd_settime(fd, 0, &its, NULL);
	t_val("set again", epoll_wait(ep, &out, 1, 1000));
	usleep(5000);
	show("once");
	close(fd);
}

static void signals(void)
{
	struct signalfd_siginfo si;
	sigset_t s;
	int fd;

	t_say("signalfd\n");
	sigemptyset(&s);
	sigaddset(&s, SIGUSR1);
	sigaddset(&s, SIGUSR2);
	sigprocmask(SIG_BLOCK, &s, NULL);
	sigdelset(&s, SIGUSR2);
	fd = signalfd(-1, &s, SFD_NONBLOCK);
	ctl(EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLET);
	show("none");
	raise(SIGUSR1);
	show("one");
	show("seen");
	raise(SIGUSR2);
	t_is("read", read(fd, &si, sizeof(si)) == sizeof(si));
	show("another is not for it");
	raise(SIGUSR1);
	show("again");
	ctl(EPOLL_CTL_MOD, fd, EPOLLIN);
	show("level");
	read(fd, &si, sizeof(si));
	show("read");
	close(fd);
	fd = signalfd(-1, &s, SFD_NONBLOCK);
	sigaddset(&s, SIGUSR2);
	ctl(EPOLL_CTL_ADD, fd, EPOLLIN);
	show("the other waits");
	signalfd(fd, &s, 0);
	show("now it is for it");
	close(fd);
}

static void nested(void)
{
	int inner = epoll_create1(0), p[2], q[2];
	struct epoll_event ev = {.events = EPOLLIN}, out;
	char b[8];

	t_say("nested\n");
	pipe2(p, O_NONBLOCK);
	pipe2(q, O_NONBLOCK);
	epoll_ctl(inner, EPOLL_CTL_ADD, p[0], &ev);
	epoll_ctl(inner, EPOLL_CTL_ADD, q[0], &ev);
	ctl(EPOLL_CTL_ADD, inner, EPOLLIN | EPOLLET);
	show("quiet");
	write(p[1], "a", 1);
	show("one is ready");
	show("seen");
	write(p[1], "a", 1);
	show("it is ready again");
	write(q[1], "a", 1);
	show("another is ready");
	epoll_wait(inner, &out, 1, 0);
	show("the inner one was asked");
	ev.events = EPOLLIN;
	epoll_ctl(inner, EPOLL_CTL_MOD, p[0], &ev);
	show("MOD of what is ready");
	read(p[0], b, 8);
	read(q[0], b, 8);
	show("read");
	epoll_wait(inner, &out, 1, 0);
	write(q[1], "a", 1);
	epoll_ctl(inner, EPOLL_CTL_MOD, q[0], &ev);
	show("and again");
	ctl(EPOLL_CTL_MOD, inner, EPOLLIN);
	show("level");
	read(q[0], b, 8);
	show("read");
	epoll_ctl(inner, EPOLL_CTL_DEL, q[0], NULL);
	write(q[1], "a", 1);
	show("taken out");
	ctl(EPOLL_CTL_MOD, inner, EPOLLIN | EPOLLET);
	epoll_ctl(inner, EPOLL_CTL_ADD, q[0], &ev);
	show("put in while ready");
	show("once");
	close(inner);
	show("closed");
}

int main(void)
{
	ep = epoll_create1(0);
	pipes();
	counters();
	timers();
	signals();
	nested();
	return 0;
}
