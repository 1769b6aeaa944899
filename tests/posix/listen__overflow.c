/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * More connections than the backlog of listen(2) has room for, and an accept()
 * that runs out of descriptors under epoll: those that wait come later.
 */
#include "inet.h"
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/un.h>

#define CLIENTS 5

static int start(int family, int port)
{
	int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);

	in_connect(fd, family, port);
	return fd;
}

static int connected(const int *fd, int nr, int timeout)
{
	struct pollfd p[CLIENTS];
	int n = 0;

	for (int i = 0; i < nr; i++)
		p[i] = (struct pollfd){fd[i], POLLOUT, 0};
	poll(p, nr, timeout);
	for (int i = 0; i < nr; i++)
		n += (p[i].revents & (POLLOUT | POLLERR | POLLHUP)) == POLLOUT;
	return n;
}

/* Linux takes one more than the number; who comes then tries again. */
static void tcp(int family)
{
	int l = in_listener(family, 2), c[CLIENTS], came = 0, s;
	char b;

	for (int i = 0; i < CLIENTS; i++)
		c[i] = start(family, in_port(l));
	usleep(100000);
	t_val("connected", connected(c, CLIENTS, 0));
	t_val("a try of the last",
	      in_connect(c[CLIENTS - 1], family, in_port(l)));
	for (int i = 0; i < CLIENTS; i++) {
		struct pollfd p = {l, POLLIN, 0};

		if (poll(&p, 1, 8000) != 1)
			break;
		s = accept(l, NULL, NULL);
		if (s >= 0)
			came++;
		close(s);
	}
	t_val("accepted in the end", came);
	for (int i = 0; i < CLIENTS; i++) {
		fcntl(c[i], F_SETFL, 0);
		t_val("each saw its end", VAL(recv(c[i], &b, 1, 0)));
		close(c[i]);
	}
	close(l);
}

/* A backlog of zero has room for one. */
static void none(int family)
{
	int l = in_listener(family, 0), c[3], s;

	for (int i = 0; i < 3; i++)
		c[i] = start(family, in_port(l));
	usleep(50000);
	t_val("connected", connected(c, 3, 0));
	/* More room for those that try again. */
	t_val("listen", VAL(listen(l, 5)));
	for (int i = 0; i < 3; i++) {
		in_wait(l, POLLIN);
		s = accept(l, NULL, NULL);
		t_is("accept", s >= 0);
		close(s);
		close(c[i]);
	}
	close(l);
}

static void local(int type)
{
	struct sockaddr_un a = {AF_UNIX, "sock"};
	int l = socket(AF_UNIX, type, 0), c[5], s;

	t_ret("bind", VAL(bind(l, (void *)&a, sizeof(a))));
	listen(l, 2);
	for (int i = 0; i < 5; i++) {
		c[i] = socket(AF_UNIX, type | SOCK_NONBLOCK, 0);
		t_val("connect", VAL(connect(c[i], (void *)&a, sizeof(a))));
	}
	s = accept(l, NULL, NULL);
	close(s);
	t_val("there is room", VAL(connect(c[4], (void *)&a, sizeof(a))));
	t_val("and no more", VAL(connect(c[3], (void *)&a, sizeof(a))));
	for (int i = 0; i < 5; i++)
		close(c[i]);
	close(l);
	unlink("sock");
}

/* A server's loop at the end of its descriptors. */
static void no_descriptors(int family)
{
	int l = in_listener(family, 20), c[6], s[6], n = 0, ep, top;
	struct epoll_event ev = {.events = EPOLLIN};
	struct rlimit was, few;

	fcntl(l, F_SETFL, O_NONBLOCK);
	ep = epoll_create1(0);
	epoll_ctl(ep, EPOLL_CTL_ADD, l, &ev);
	for (int i = 0; i < 6; i++) {
		c[i] = socket(family, SOCK_STREAM, 0);
		in_connect(c[i], family, in_port(l));
	}
	top = dup(l);
	close(top);
	getrlimit(RLIMIT_NOFILE, &was);
	few = was;
	few.rlim_cur = top + 2;
	setrlimit(RLIMIT_NOFILE, &few);
	for (int i = 0; i < 12; i++) {
		int fd;

		t_val("events", epoll_wait(ep, &ev, 1, 0));
		fd = accept(l, NULL, NULL);
		t_ret("accept", VAL(fd));
		if (fd >= 0)
			s[n++] = fd;
		else if (errno == EMFILE)
			close(s[--n]);
	}
	setrlimit(RLIMIT_NOFILE, &was);
	while (n)
		close(s[--n]);
	for (int i = 0; i < 6; i++)
		close(c[i]);
	close(ep);
	close(l);
}

int main(void)
{
	in_both(tcp);
	in_both(none);
	local(SOCK_STREAM);
	local(SOCK_SEQPACKET);
	in_both(no_descriptors);
	return 0;
}
