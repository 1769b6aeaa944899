/* SPDX-License-Identifier: BSD-2-Clause */
/* connect(fd, name, len) of internet sockets: see connect(2), tcp(7), udp(7).
 */
#include "inet.h"

/* A port at which nobody is. */
static int free_port(int family, int type)
{
	int fd = in_bound(family, type), port = in_port(fd);

	close(fd);
	return port;
}

static void arguments(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);
	union in_addr_any a;
	socklen_t n = in_lo(family, 1, &a);

	t_val("bad pointer", VAL(connect(fd, T_BAD, n)));
	t_val("no length", VAL(connect(fd, &a.sa, 0)));
	t_val("too short", VAL(connect(fd, &a.sa, n - 8)));
	t_val("negative", VAL(connect(fd, &a.sa, -1)));
	t_val("too long", VAL(connect(fd, &a.sa, 129)));
	a.sa.sa_family = 77;
	t_val("another family", VAL(connect(fd, &a.sa, n)));
	close(fd);
}

static void refused(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);
	int port = free_port(family, SOCK_STREAM);

	t_val("nobody listens", in_connect(fd, family, port));
	t_val("SO_ERROR", in_opt(fd, SOL_SOCKET, SO_ERROR));
	in_show_peer("no peer", fd, port);
	t_val("again", in_connect(fd, family, port));
	close(fd);

	fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
	t_val("non-blocking", in_connect(fd, family, port));
	t_val("events", in_wait(fd, POLLIN | POLLOUT));
	t_val("SO_ERROR", in_opt(fd, SOL_SOCKET, SO_ERROR));
	t_val("taken", in_opt(fd, SOL_SOCKET, SO_ERROR));
	t_val("events", in_poll(fd));
	close(fd);

	fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
	in_connect(fd, family, port);
	in_wait(fd, POLLIN | POLLOUT);
	t_val("the error by read", VAL(read(fd, (char[4]){0}, 4)));
	t_val("once", VAL(read(fd, (char[4]){0}, 4)));
	close(fd);

	fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
	in_connect(fd, family, port);
	in_wait(fd, POLLIN | POLLOUT);
	t_val("the error by connect", in_connect(fd, family, port));
	close(fd);
}

static void established(int family)
{
	int l = in_listener(family, 5), port = in_port(l), fd, s;

	fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
	t_val("non-blocking", in_connect(fd, family, port));
	t_val("events", in_wait(fd, POLLOUT));
	t_val("SO_ERROR", in_opt(fd, SOL_SOCKET, SO_ERROR));
	t_val("again", in_connect(fd, family, port));
	t_val("once more", in_connect(fd, family, port));
	in_show_peer("peer", fd, port);
	in_show_own("own", fd, port);
	t_val("events of the listener", in_wait(l, POLLIN));
	s = accept(l, NULL, NULL);
	t_is("accept", s >= 0);
	in_show_peer("its peer", s, in_port(fd));
	in_show_own("its own", s, port);
	t_val("connect of an accepted one", in_connect(s, family, port));
	close(s);
	close(fd);
	fd = socket(family, SOCK_STREAM, 0);
	t_val("blocking", in_connect(fd, family, port));
	t_val("again", in_connect(fd, family, port));
	close(fd);
	t_val("connect of a listener", in_connect(l, family, port));
	close(l);
}

static void datagrams(int family)
{
	int a = in_bound(family, SOCK_DGRAM), b = in_bound(family, SOCK_DGRAM);
	int c = in_bound(family, SOCK_DGRAM), port;
	union in_addr_any x;
	char buf[16];

	in_show_peer("not connected", a, 0);
	t_val("connect", in_connect(a, family, in_port(b)));
	in_show_peer("connected", a, in_port(b));
	t_val("send", VAL(send(a, "one", 3, 0)));
	t_val("recv", VAL(recv(b, buf, 16, 0)));
	/* Only the peer is heard. */
	in_connect(c, family, in_port(a));
	in_connect(b, family, in_port(a));
	t_val("from another", VAL(send(c, "no", 2, 0)));
	t_val("from the peer", VAL(send(b, "yes", 3, 0)));
	t_val("recv", VAL(recv(a, buf, 16, 0)));
	t_val("nothing else", VAL(recv(a, buf, 16, MSG_DONTWAIT)));
	t_val("to another peer", in_connect(a, family, in_port(c)));
	in_show_peer("connected", a, in_port(c));
	x.sa.sa_family = AF_UNSPEC;
	t_val("AF_UNSPEC", VAL(connect(a, &x.sa, sizeof(x.v6))));
	in_show_peer("not connected", a, 0);
	t_val("send", VAL(send(a, "one", 3, 0)));
	close(b);
	close(c);
	/* Nobody is there: the next call tells. */
	port = free_port(family, SOCK_DGRAM);
	t_val("to nobody", in_connect(a, family, port));
	t_val("send", VAL(send(a, "x", 1, 0)));
	in_settle();
	t_val("events", in_poll(a));
	t_val("the error by recv", VAL(recv(a, buf, 16, MSG_DONTWAIT)));
	t_val("once", VAL(recv(a, buf, 16, MSG_DONTWAIT)));
	t_val("send", VAL(send(a, "x", 1, 0)));
	in_settle();
	t_val("the error by send", VAL(send(a, "x", 1, 0)));
	in_settle();
	t_val("SO_ERROR", in_opt(a, SOL_SOCKET, SO_ERROR));
	t_val("taken", in_opt(a, SOL_SOCKET, SO_ERROR));
	close(a);
	/* An implicit port. */
	a = socket(family, SOCK_DGRAM, 0);
	t_val("not bound", in_connect(a, family, 9));
	in_show_own("then it is", a, 0);
	close(a);
}

static void unspec(int family)
{
	int s[2];
	union in_addr_any x = {.sa.sa_family = AF_UNSPEC};

	in_tcp(family, s);
	t_val("AF_UNSPEC of a connection", VAL(connect(s[0], &x.sa, 16)));
	t_val("events of the other", in_wait(s[1], POLLIN));
	t_val("it was reset", VAL(read(s[1], (char[4]){0}, 4)));
	in_show_peer("not connected", s[0], 0);
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	in_both(arguments);
	in_both(refused);
	in_both(established);
	in_both(datagrams);
	in_both(unspec);
	return 0;
}
