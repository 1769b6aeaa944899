/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Readiness of internet sockets in each state, by poll() and epoll in each
 * mode: see poll(2), epoll(7), tcp(7).
 */
#include "inet.h"
#include <sys/epoll.h>

static int ep;

static void add(int fd, uint32_t events)
{
	struct epoll_event ev = {.events = events, .data.u32 = events};

	t_ret("  add", epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0 ? -errno : 0);
}

static void mod(int fd, uint32_t events)
{
	struct epoll_event ev = {.events = events};

	t_ret("  mod", epoll_ctl(ep, EPOLL_CTL_MOD, fd, &ev) < 0 ? -errno : 0);
}

/* Packets may be on their way: look when they have come. */
static void show(const char *what)
{
	struct epoll_event out[8];
	int n;

	in_settle();
	n = epoll_wait(ep, out, 8, 0);
	t_say("%s:", what);
	for (int i = 0; i < n; i++)
		t_say(" %x", out[i].events);
	t_say("%s\n", n ? "" : " nothing");
}

#define ALL (EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI)

static void level(int family)
{
	char b[8];
	int s[2], fd;

	t_say("level\n");
	fd = socket(family, SOCK_STREAM, 0);
	add(fd, ALL);
	show("new");
	close(fd);
	fd = in_bound(family, SOCK_STREAM);
	add(fd, ALL);
	show("bound");
	listen(fd, 5);
	show("listening");
	close(fd);
	in_tcp(family, s);
	add(s[1], ALL);
	show("connected");
	send(s[0], "abc", 3, 0);
	show("data");
	read(s[1], b, 8);
	show("read");
	shutdown(s[0], SHUT_WR);
	show("the peer's end");
	read(s[1], b, 8);
	show("still");
	mod(s[1], EPOLLIN);
	show("by EPOLLIN");
	mod(s[1], EPOLLRDHUP);
	show("by EPOLLRDHUP");
	mod(s[1], 0);
	show("not asked for");
	shutdown(s[1], SHUT_WR);
	show("both ends");
	close(s[0]);
	close(s[1]);
	show("closed");
}

static void edge(int family)
{
	char b[8];
	int s[2], l, c;

	t_say("edge\n");
	in_tcp(family, s);
	add(s[1], EPOLLIN | EPOLLRDHUP | EPOLLET);
	show("connected");
	send(s[0], "abc", 3, 0);
	show("data");
	show("seen");
	read(s[1], b, 1);
	show("partly read");
	send(s[0], "d", 1, 0);
	show("more data");
	mod(s[1], EPOLLIN | EPOLLRDHUP | EPOLLET);
	show("MOD");
	read(s[1], b, 8);
	show("read");
	shutdown(s[0], SHUT_WR);
	show("end");
	show("once");
	close(s[0]);
	close(s[1]);
	show("closed");

	l = in_listener(family, 5);
	fcntl(l, F_SETFL, O_NONBLOCK);
	add(l, EPOLLIN | EPOLLET);
	show("a listener");
	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, in_port(l));
	show("a connection");
	show("seen");
	s[0] = socket(family, SOCK_STREAM, 0);
	in_connect(s[0], family, in_port(l));
	show("another");
	close(accept(l, NULL, NULL));
	show("one was taken");
	close(accept(l, NULL, NULL));
	show("both");
	close(c);
	close(s[0]);
	close(l);
}

static void once(int family)
{
	char b[8];
	int s[2];

	t_say("one shot\n");
	in_tcp(family, s);
	add(s[1], EPOLLIN | EPOLLONESHOT);
	send(s[0], "abc", 3, 0);
	show("data");
	send(s[0], "abc", 3, 0);
	show("more");
	mod(s[1], EPOLLIN | EPOLLONESHOT);
	show("armed");
	read(s[1], b, 8);
	mod(s[1], EPOLLIN | EPOLLONESHOT);
	show("armed while empty");
	close(s[0]);
	show("the peer closes");
	close(s[1]);
}

static void connecting(int family)
{
	int fd, port, l;

	t_say("connecting\n");
	l = in_bound(family, SOCK_STREAM);
	port = in_port(l);
	fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
	in_connect(fd, family, port);
	add(fd, ALL | EPOLLET);
	show("refused");
	show("once");
	mod(fd, ALL);
	show("level");
	t_val("SO_ERROR", in_opt(fd, SOL_SOCKET, SO_ERROR));
	show("taken");
	close(fd);
	listen(l, 5);
	fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
	add(fd, ALL | EPOLLET);
	show("new");
	in_connect(fd, family, port);
	show("connected");
	close(fd);
	close(l);
}

static void reset(int family)
{
	struct linger lin = {1, 0};
	int s[2];

	t_say("reset\n");
	in_tcp(family, s);
	add(s[1], ALL | EPOLLET);
	show("connected");
	setsockopt(s[0], SOL_SOCKET, SO_LINGER, &lin, sizeof(lin));
	close(s[0]);
	show("reset");
	mod(s[1], 0);
	show("not asked for");
	t_val("SO_ERROR", in_opt(s[1], SOL_SOCKET, SO_ERROR));
	show("taken");
	close(s[1]);
}

static void datagrams(int family)
{
	char b[8];
	int s[2];

	t_say("datagrams\n");
	in_udp(family, s);
	add(s[1], ALL);
	show("empty");
	send(s[0], "abc", 3, 0);
	show("one");
	read(s[1], b, 8);
	show("read");
	mod(s[1], EPOLLIN | EPOLLET);
	send(s[0], "abc", 3, 0);
	show("edge");
	send(s[0], "abc", 3, 0);
	show("another");
	read(s[1], b, 8);
	show("one read");
	read(s[1], b, 8);
	mod(s[1], ALL);
	close(s[0]);
	send(s[1], "x", 1, 0);
	show("refused");
	t_val("SO_ERROR", in_opt(s[1], SOL_SOCKET, SO_ERROR));
	show("taken");
	shutdown(s[1], SHUT_RD);
	show("shut");
	close(s[1]);
}

static void polls(int family)
{
	struct pollfd p;
	int s[2];

	in_tcp(family, s);
	p = (struct pollfd){s[0], 0, 0};
	t_val("nothing asked for", poll(&p, 1, 0));
	p.events = POLLIN;
	t_val("no data", poll(&p, 1, 10));
	p.events = -1 & ~POLLNVAL;
	t_val("everything", poll(&p, 1, 10));
	t_val("is", p.revents);
	send(s[1], "abc", 3, 0);
	in_wait(s[0], POLLIN);
	poll(&p, 1, 0);
	t_val("data", p.revents);
	close(s[1]);
	in_wait(s[0], POLLRDHUP);
	in_settle();
	poll(&p, 1, 0);
	t_val("closed", p.revents);
	shutdown(s[0], SHUT_WR);
	in_settle();
	poll(&p, 1, 0);
	t_val("shut", p.revents);
	close(s[0]);
}

static void all(int family)
{
	level(family);
	edge(family);
	once(family);
	connecting(family);
	reset(family);
	datagrams(family);
	polls(family);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	ep = epoll_create1(0);
	in_both(all);
	return 0;
}
