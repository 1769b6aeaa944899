/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A stream socket that connects to itself, and two that connect to one another
 * at the same time (RFC 9293, 3.5). Linux does both; Posixen's stack answers
 * such a SYN with a reset (connect(2) in docs/SYSCALLS.md). The same on both:
 * the call ends soon, with a connection or refused, and leaves the sockets and
 * ports as good as before.
 */
#include "inet.h"
#include <time.h>

static long ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int sane(int err)
{
	return !err || err == -ECONNREFUSED || err == -ECONNRESET ||
	       err == -ECONNABORTED;
}

static void self(int family)
{
	int fd = in_bound(family, SOCK_STREAM), port = in_port(fd), err;
	long start = ms();
	char b[4];

	err = in_connect(fd, family, port);
	t_is("connected or refused", sane(err));
	t_is("soon", ms() - start < 1500);
	if (!err) {
		send(fd, "abc", 3, 0);
		t_is("as it says", recv(fd, b, 4, 0) == 3);
	} else {
		t_is("as it says", send(fd, "a", 1, MSG_NOSIGNAL) < 0);
	}
	close(fd);
	fd = in_bound(family, SOCK_STREAM);
	t_val("listen after", VAL(listen(fd, 1)));
	close(fd);
}

static void simultaneous(int family)
{
	int a = in_bound(family, SOCK_STREAM);
	int b = in_bound(family, SOCK_STREAM);
	int pa = in_port(a), pb = in_port(b), ea, eb;

	/* The first SYN finds nobody that listens; so here nothing is
	 * simultaneous on either, and both are refused. */
	fcntl(a, F_SETFL, O_NONBLOCK);
	fcntl(b, F_SETFL, O_NONBLOCK);
	ea = in_connect(a, family, pb);
	eb = in_connect(b, family, pa);
	t_is("starts", ea == -EINPROGRESS || sane(ea));
	t_is("starts", eb == -EINPROGRESS || sane(eb));
	in_wait(a, POLLOUT);
	in_wait(b, POLLOUT);
	t_val("the one", in_opt(a, SOL_SOCKET, SO_ERROR));
	t_val("the other", in_opt(b, SOL_SOCKET, SO_ERROR));
	close(a);
	close(b);
}

int main(void)
{
	in_both(self);
	in_both(simultaneous);
	return 0;
}
