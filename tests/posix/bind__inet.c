/* SPDX-License-Identifier: BSD-2-Clause */
/* bind(fd, name, len) of internet sockets: see bind(2), ip(7), socket(7). */
#include "inet.h"

static int try(int fd, const union in_addr_any *a, socklen_t n)
{
	return VAL(bind(fd, &a->sa, n));
}

static void errors(int family)
{
	int type[] = {SOCK_STREAM, SOCK_DGRAM};

	for (int i = 0; i < 2; i++) {
		int fd = socket(family, type[i], 0);
		union in_addr_any a;
		socklen_t n = in_lo(family, 0, &a);

		t_say("%s\n", i ? "datagrams" : "stream");
		in_show_own("not bound", fd, 0);
		t_val("bad pointer", VAL(bind(fd, T_BAD, n)));
		t_val("no length", try(fd, &a, 0));
		t_val("too short", try(fd, &a, n - 8));
		t_val("negative", try(fd, &a, -1));
		t_val("too long", try(fd, &a, 129));
		a.sa.sa_family = AF_UNIX;
		t_val("another family", try(fd, &a, n));
		in_lo(family, 0, &a);
		if (family == AF_INET) {
			a.v4.sin_addr.s_addr = htonl(0xc0000201);
		} else {
			a.v6.sin6_addr.s6_addr[0] = 0x20;
			a.v6.sin6_addr.s6_addr[1] = 0x01;
		}
		t_val("not our address", try(fd, &a, n));
		in_show_own("still not bound", fd, 0);
		in_lo(family, 0, &a);
		t_val("bind", try(fd, &a, sizeof(a)));
		in_show_own("bound", fd, 0);
		t_val("again", try(fd, &a, n));
		in_show_peer("no peer", fd, 0);
		close(fd);
		fd = socket(family, type[i], 0);
		in_any(family, 0, &a);
		t_val("any address", try(fd, &a, n));
		in_show_own("bound", fd, 0);
		close(fd);
	}
	{
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		union in_addr_any a;

		in_any(AF_INET, 0, &a);
		a.sa.sa_family = AF_UNSPEC;
		t_val("AF_UNSPEC, any", try(fd, &a, sizeof(a.v4)));
		close(fd);
		fd = socket(AF_INET, SOCK_STREAM, 0);
		in_lo(AF_INET, 0, &a);
		a.sa.sa_family = AF_UNSPEC;
		t_val("AF_UNSPEC, loopback", try(fd, &a, sizeof(a.v4)));
		close(fd);
	}
}

/* The second bind to a port, by what both said before. */
static void conflict(int family, int type)
{
	static const char *const names[] = {"none", "REUSEADDR", "REUSEPORT"};
	static const int opts[] = {0, SO_REUSEADDR, SO_REUSEPORT};

	for (int i = 0; i < 3; i++) {
		for (int j = 0; j < 3; j++) {
			for (int any = 0; any < 3; any++) {
				int a = socket(family, type, 0);
				int b = socket(family, type, 0), port, r;
				union in_addr_any x;
				socklen_t n;

				if (opts[i])
					in_set(a, SOL_SOCKET, opts[i], 1);
				if (opts[j])
					in_set(b, SOL_SOCKET, opts[j], 1);
				n = any & 1 ? in_any(family, 0, &x)
					    : in_lo(family, 0, &x);
				try(a, &x, n);
				port = in_port(a);
				n = any & 2 ? in_any(family, port, &x)
					    : in_lo(family, port, &x);
				r = try(b, &x, n);
				t_say("%s then %s, %s then %s: %s\n", names[i],
				      names[j], any & 1 ? "any" : "lo",
				      any & 2 ? "any" : "lo",
				      r ? t_errno_name(-r) : "ok");
				close(a);
				close(b);
			}
		}
	}
}

static void conflicts(int family)
{
	t_say("stream\n");
	conflict(family, SOCK_STREAM);
	t_say("datagrams\n");
	conflict(family, SOCK_DGRAM);
}

/* A port that somebody listens at is not shared by SO_REUSEADDR. */
static void listening(int family)
{
	int l = socket(family, SOCK_STREAM, 0), b, c, port;
	union in_addr_any x;
	socklen_t n = in_lo(family, 0, &x);

	in_set(l, SOL_SOCKET, SO_REUSEADDR, 1);
	try(l, &x, n);
	listen(l, 1);
	port = in_port(l);
	b = socket(family, SOCK_STREAM, 0);
	in_set(b, SOL_SOCKET, SO_REUSEADDR, 1);
	in_lo(family, port, &x);
	t_val("REUSEADDR while another listens", try(b, &x, n));
	c = socket(family, SOCK_STREAM, 0);
	t_val("connect", in_connect(c, family, port));
	close(l);
	t_val("REUSEADDR, then", try(b, &x, n));
	close(b);
	close(c);
	b = socket(family, SOCK_DGRAM, 0);
	t_val("the same number of UDP", try(b, &x, n));
	close(b);
}

/* Closed first here: this side's port waits (TIME_WAIT). */
static void time_wait(int family)
{
	int l = in_listener(family, 1), port = in_port(l), c, s, b;
	union in_addr_any x;
	socklen_t n;
	char buf[4];

	c = socket(family, SOCK_STREAM, 0);
	in_connect(c, family, port);
	s = accept(l, NULL, NULL);
	close(l);
	close(s);
	t_val("end of file", VAL(read(c, buf, 4)));
	close(c);
	in_settle();
	b = socket(family, SOCK_STREAM, 0);
	n = in_lo(family, port, &x);
	t_val("bind while it waits", try(b, &x, n));
	in_set(b, SOL_SOCKET, SO_REUSEADDR, 1);
	t_val("with REUSEADDR", try(b, &x, n));
	t_val("listen", VAL(listen(b, 1)));
	close(b);
}

static void dual(void)
{
	int six = socket(AF_INET6, SOCK_STREAM, 0), four, port, c;
	union in_addr_any x;

	t_val("IPV6_V6ONLY", in_opt(six, IPPROTO_IPV6, IPV6_V6ONLY));
	try(six, &x, in_any(AF_INET6, 0, &x));
	port = in_port(six);
	four = socket(AF_INET, SOCK_STREAM, 0);
	t_val("both families one port",
	      try(four, &x, in_any(AF_INET, port, &x)));
	listen(six, 5);
	c = socket(AF_INET, SOCK_STREAM, 0);
	t_val("connect by the other family", in_connect(c, AF_INET, port));
	{
		socklen_t n = sizeof(x);
		int s = accept(six, &x.sa, &n);

		in_show("from", &x, n, in_port(c));
		in_show_own("to", s, port);
		in_show_peer("the other end", c, port);
		close(s);
	}
	close(c);
	close(six);
	close(four);
	six = socket(AF_INET6, SOCK_STREAM, 0);
	t_val("V6ONLY", in_set(six, IPPROTO_IPV6, IPV6_V6ONLY, 1));
	try(six, &x, in_any(AF_INET6, 0, &x));
	t_val("V6ONLY of a bound one",
	      in_set(six, IPPROTO_IPV6, IPV6_V6ONLY, 0));
	port = in_port(six);
	four = socket(AF_INET, SOCK_STREAM, 0);
	t_val("both families one port",
	      try(four, &x, in_any(AF_INET, port, &x)));
	listen(six, 5);
	c = socket(AF_INET, SOCK_STREAM, 0);
	t_val("connect by the other family", in_connect(c, AF_INET, port));
	close(c);
	close(six);
	close(four);
}

int main(void)
{
	in_both(errors);
	in_both(conflicts);
	in_both(listening);
	in_both(time_wait);
	dual();
	return 0;
}
