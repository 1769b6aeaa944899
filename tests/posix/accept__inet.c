/* SPDX-License-Identifier: BSD-2-Clause */
/* accept(fd, name, len), accept4, listen: see accept(2), listen(2). */
#include "inet.h"
#include <sys/resource.h>
#include <sys/time.h>

static void errors(int family)
{
	int fd = in_bound(family, SOCK_STREAM), l, c, s;
	int u = in_bound(family, SOCK_DGRAM);
	union in_addr_any a;
	socklen_t n = sizeof(a);

	t_val("not listening", VAL(accept(fd, NULL, NULL)));
	t_val("accept of datagrams", VAL(accept(u, NULL, NULL)));
	t_val("listen of datagrams", VAL(listen(u, 5)));
	t_val("ACCEPTCONN", in_opt(fd, SOL_SOCKET, SO_ACCEPTCONN));
	t_val("listen", VAL(listen(fd, -1)));
	t_val("ACCEPTCONN", in_opt(fd, SOL_SOCKET, SO_ACCEPTCONN));
	t_val("listen again", VAL(listen(fd, 100000)));
	/* musl tries again with accept(). */
	t_val("bad flags", VAL(syscall(SYS_accept4, fd, NULL, NULL, 1)));
	t_val("read", VAL(read(fd, &a, 1)));
	t_val("write", VAL(send(fd, "x", 1, MSG_NOSIGNAL)));
	in_show_peer("no peer", fd, 0);
	close(u);
	l = fd;
	fcntl(l, F_SETFL, O_NONBLOCK);
	t_val("nobody there", VAL(accept(l, NULL, NULL)));
	t_val("events", in_poll(l));
	fcntl(l, F_SETFL, 0);
	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, in_port(l));
	in_wait(l, POLLIN);
	t_val("events", in_poll(l));
	t_val("bad name", VAL(accept(l, T_BAD, &n)));
	t_val("that one is lost", in_poll(l));
	t_val("end of file", VAL(read(c, &a, 1)));
	close(c);
	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, in_port(l));
	t_val("bad length", VAL(accept(l, &a.sa, T_BAD)));
	close(c);
	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, in_port(l));
	n = -1;
	t_val("negative length", VAL(accept(l, &a.sa, &n)));
	close(c);
	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, in_port(l));
	n = 5;
	memset(&a, 0x55, sizeof(a));
	s = accept(l, &a.sa, &n);
	t_is("a short name", s >= 0);
	t_val("length", n);
	t_say("byte 4 %s, byte 5 %x\n", ((char *)&a)[4] != 0x55 ? "set" : "not",
	      ((char *)&a)[5]);
	close(s);
	close(c);
	close(l);
}

static void flags(int family)
{
	int l = in_listener(family, 5), c, s;

	fcntl(l, F_SETFL, O_NONBLOCK);
	for (int i = 0; i < 4; i++) {
		c = socket(family, SOCK_STREAM, 0);
		in_connect(c, family, in_port(l));
		in_wait(l, POLLIN);
		s = accept4(l, NULL, NULL,
			    (i & 1 ? SOCK_NONBLOCK : 0) |
				    (i & 2 ? SOCK_CLOEXEC : 0));
		t_val("flags", fcntl(s, F_GETFL));
		t_val("descriptor's", fcntl(s, F_GETFD));
		close(s);
		close(c);
	}
	close(l);
}

/* What a listener hands down. */
static void inherited(int family)
{
	int l = in_bound(family, SOCK_STREAM), c, s;
	struct linger lin = {1, 7};
	socklen_t n = sizeof(lin);

	in_set(l, SOL_SOCKET, SO_KEEPALIVE, 1);
	in_set(l, IPPROTO_TCP, TCP_NODELAY, 1);
	in_set(l, IPPROTO_TCP, TCP_KEEPIDLE, 77);
	setsockopt(l, SOL_SOCKET, SO_LINGER, &lin, sizeof(lin));
	listen(l, 5);
	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, in_port(l));
	s = accept(l, NULL, NULL);
	t_val("KEEPALIVE", in_opt(s, SOL_SOCKET, SO_KEEPALIVE));
	t_val("NODELAY", in_opt(s, IPPROTO_TCP, TCP_NODELAY));
	t_val("KEEPIDLE", in_opt(s, IPPROTO_TCP, TCP_KEEPIDLE));
	t_val("ACCEPTCONN", in_opt(s, SOL_SOCKET, SO_ACCEPTCONN));
	memset(&lin, 0, sizeof(lin));
	getsockopt(s, SOL_SOCKET, SO_LINGER, &lin, &n);
	t_say("linger %d %d\n", lin.l_onoff, lin.l_linger);
	t_val("of the other end", in_opt(c, SOL_SOCKET, SO_KEEPALIVE));
	close(s);
	close(c);
	close(l);
}

/* Without a descriptor the connection stays in the queue. */
static void no_descriptor(int family)
{
	int l = in_listener(family, 5), c, s, top;
	struct rlimit was, few;
	char b[8];

	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, in_port(l));
	in_wait(l, POLLIN);
	top = dup(c);
	close(top);
	getrlimit(RLIMIT_NOFILE, &was);
	few = was;
	few.rlim_cur = top;
	setrlimit(RLIMIT_NOFILE, &few);
	t_val("no descriptor left", VAL(accept(l, NULL, NULL)));
	t_val("again", VAL(accept(l, NULL, NULL)));
	t_val("events", in_poll(l));
	setrlimit(RLIMIT_NOFILE, &was);
	t_val("send", VAL(send(c, "abc", 3, 0)));
	s = accept(l, NULL, NULL);
	t_is("accept", s >= 0);
	t_val("recv", VAL(recv(s, b, 8, 0)));
	close(s);
	close(c);
	close(l);
}

/* Data and even the end may be there before accept(). */
static void early(int family)
{
	int l = in_listener(family, 5), c, s;
	char b[8];

	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, in_port(l));
	send(c, "hello", 5, 0);
	close(c);
	s = accept(l, NULL, NULL);
	t_val("recv", VAL(recv(s, b, 8, MSG_WAITALL)));
	t_val("end", VAL(recv(s, b, 8, 0)));
	close(s);
	close(l);
}

static void timeout(int family)
{
	int l = in_listener(family, 5);
	struct timeval tv = {0, 50000};

	setsockopt(l, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	t_val("SO_RCVTIMEO", VAL(accept(l, NULL, NULL)));
	t_val("shutdown", VAL(shutdown(l, SHUT_RD)));
	t_val("accept then", VAL(accept(l, NULL, NULL)));
	close(l);
}

/* Connections wait in the order in which they came. */
static void order(int family)
{
	int l = in_listener(family, 10), c[8], s;
	char b;

	for (int i = 0; i < 8; i++) {
		c[i] = socket(family, SOCK_STREAM, 0);
		t_val("connect", in_connect(c[i], family, in_port(l)));
		send(c[i], &(char){'a' + i}, 1, 0);
	}
	for (int i = 0; i < 8; i++) {
		s = accept(l, NULL, NULL);
		recv(s, &b, 1, 0);
		t_say("%c", b);
		close(s);
	}
	t_say("\n");
	for (int i = 0; i < 8; i++)
		close(c[i]);
	close(l);
}

int main(void)
{
	in_both(errors);
	in_both(flags);
	in_both(inherited);
	in_both(no_descriptor);
	in_both(early);
	in_both(timeout);
	in_both(order);
	return 0;
}
