/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll(7) on local sockets, in every mode: level, edge, once, nested. */
#include "t.h"
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>

static char big[300000];
static int ep;

static void ctl(int op, int fd, uint32_t events)
{
	struct epoll_event ev = {.events = events, .data.fd = fd};

	if (epoll_ctl(ep, op, fd, &ev) < 0)
		t_ret("epoll_ctl", -errno);
}

static void look(const char *what)
{
	struct epoll_event out[8];
	int n = epoll_wait(ep, out, 8, 0);

	t_say("%s: %d", what, n);
	for (int i = 0; i < n; i++)
		t_say(" %x", out[i].events);
	t_say("\n");
}

static void take(int fd, size_t n)
{
	static char b[300000];

	t_val("take", recv(fd, b, n, MSG_DONTWAIT));
}

/* One socket of a pair under the mode; the other writes, reads and closes. */
static void pair(int type, uint32_t mode)
{
	int s[2];

	socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, s);
	ep = epoll_create1(0);
	ctl(EPOLL_CTL_ADD, s[0], EPOLLIN | EPOLLOUT | EPOLLRDHUP | mode);
	look("at first");
	look("again");
	write(s[1], "abc", 3);
	look("a message");
	look("again");
	write(s[1], "def", 3);
	look("another");
	take(s[0], 2);
	look("some taken");
	take(s[0], 10);
	take(s[0], 10);
	look("all taken");
	ctl(EPOLL_CTL_MOD, s[0], EPOLLIN | EPOLLOUT | EPOLLRDHUP | mode);
	look("armed again");
	ctl(EPOLL_CTL_MOD, s[0], EPOLLIN | mode);
	look("armed for input");
	write(s[1], "x", 1);
	look("input");
	look("again");
	take(s[0], 10);
	/* Full: no more room until the other has read. */
	ctl(EPOLL_CTL_MOD, s[0], EPOLLOUT | mode);
	while (write(s[0], big, 1000) > 0)
		continue;
	t_ret("full", -errno);
	look("full");
	while (recv(s[1], big, sizeof(big), 0) > 0)
		continue;
	look("read by the other");
	look("again");
	ctl(EPOLL_CTL_MOD, s[0], EPOLLIN | EPOLLRDHUP | mode);
	if (type != SOCK_DGRAM) {
		shutdown(s[1], SHUT_WR);
		look("no more to come");
		look("again");
	}
	close(s[1]);
	look("closed");
	look("again");
	close(s[0]);
	look("of none");
	close(ep);
}

static void modes(const char *name, int type)
{
	static const struct {
		const char *name;
		uint32_t mode;
	} all[] = {
		{"level", 0},
		{"edge", EPOLLET},
		{"once", EPOLLONESHOT},
		{"edge, once", EPOLLET | EPOLLONESHOT},
	};

	for (int i = 0; i < 4; i++) {
		t_say("== %s, %s\n", name, all[i].name);
		pair(type, all[i].mode);
	}
}

static void listener(uint32_t mode)
{
	struct sockaddr_un a = {AF_UNIX, "listener"};
	int l = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0), c[3], s;

	t_say("== listener, mode %x\n", mode);
	ep = epoll_create1(0);
	bind(l, (void *)&a, sizeof(a));
	ctl(EPOLL_CTL_ADD, l, EPOLLIN | mode);
	look("not listening");
	listen(l, 5);
	look("listening");
	for (int i = 0; i < 3; i++) {
		c[i] = socket(AF_UNIX, SOCK_STREAM, 0);
		t_ret("connect", connect(c[i], (void *)&a, sizeof(a)));
		look("one came");
		look("again");
	}
	for (int i = 0; i < 3; i++) {
		s = accept(l, NULL, NULL);
		t_is("accepted", s >= 0);
		look("one less");
		close(s);
		close(c[i]);
	}
	t_val("none left", accept(l, NULL, NULL) < 0 ? -errno : 0);
	close(l);
	unlink("listener");
	close(ep);
}

/* A socket that is to be connected, is refused, is connected. */
static void connecting(void)
{
	struct sockaddr_un a = {AF_UNIX, "later"};
	int l = socket(AF_UNIX, SOCK_STREAM, 0);
	int c = socket(AF_UNIX, SOCK_STREAM, 0);

	t_say("== connecting\n");
	ep = epoll_create1(0);
	ctl(EPOLL_CTL_ADD, c, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
	look("not connected");
	t_val("nobody", connect(c, (void *)&a, sizeof(a)) < 0 ? -errno : 0);
	look("refused");
	bind(l, (void *)&a, sizeof(a));
	listen(l, 1);
	t_val("somebody", connect(c, (void *)&a, sizeof(a)) < 0 ? -errno : 0);
	look("connected");
	close(l);
	look("never accepted");
	t_val("write", send(c, "x", 1, MSG_NOSIGNAL) < 0 ? -errno : 0);
	close(c);
	close(ep);
	unlink("later");
}

/* Several instances: exclusive ones, and one in another. */
static void several(void)
{
	struct epoll_event ev = {.events = EPOLLIN | EPOLLEXCLUSIVE};
	int s[2], in[3];

	t_say("== several\n");
	socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, s);
	ep = epoll_create1(0);
	for (int i = 0; i < 3; i++) {
		in[i] = epoll_create1(0);
		t_ret("exclusive", epoll_ctl(in[i], EPOLL_CTL_ADD, s[0], &ev));
		ctl(EPOLL_CTL_ADD, in[i], EPOLLIN | (i ? EPOLLET : 0));
	}
	t_val("no change",
	      epoll_ctl(in[0], EPOLL_CTL_MOD, s[0], &ev) < 0 ? -errno : 0);
	look("nothing");
	write(s[1], "x", 1);
	for (int i = 0; i < 3; i++)
		t_val("each sees it", epoll_wait(in[i], &ev, 1, 0));
	take(s[0], 1);
	for (int i = 0; i < 3; i++)
		t_val("none", epoll_wait(in[i], &ev, 1, 0));
	close(s[0]);
	close(s[1]);
	for (int i = 0; i < 3; i++) {
		t_val("closed", epoll_wait(in[i], &ev, 1, 0));
		close(in[i]);
	}
	look("all gone");
	close(ep);
}

/* A descriptor that came by message is another name of the same socket. */
static void passed(void)
{
	char c[CMSG_SPACE(sizeof(int))], b;
	struct iovec v = {&b, 1};
	struct msghdr m = {.msg_iov = &v,
			   .msg_iovlen = 1,
			   .msg_control = c,
			   .msg_controllen = sizeof(c)};
	struct cmsghdr *h = CMSG_FIRSTHDR(&m);
	int s[2], q[2];

	t_say("== passed on\n");
	socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, s);
	socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, q);
	ep = epoll_create1(0);
	ctl(EPOLL_CTL_ADD, q[0], EPOLLIN);
	*h = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)),
			      .cmsg_level = SOL_SOCKET,
			      .cmsg_type = SCM_RIGHTS};
	memcpy(CMSG_DATA(h), &q[0], sizeof(int));
	t_val("send", sendmsg(s[0], &m, 0));
	close(q[0]);
	write(q[1], "x", 1);
	look("on its way, still watched");
	m.msg_controllen = sizeof(c);
	t_val("receive", recvmsg(s[1], &m, 0));
	look("arrived");
	memcpy(&q[0], CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof(int));
	close(q[0]);
	look("closed");
	close(q[1]);
	close(s[0]);
	close(s[1]);
	close(ep);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	modes("stream", SOCK_STREAM);
	modes("datagram", SOCK_DGRAM);
	modes("seqpacket", SOCK_SEQPACKET);
	listener(0);
	listener(EPOLLET);
	listener(EPOLLONESHOT);
	connecting();
	several();
	passed();
	return 0;
}
