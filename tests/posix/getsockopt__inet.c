/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getsockopt(), setsockopt() of internet sockets: socket(7), tcp(7), ip(7),
 * ipv6(7). Each option is read, set, read again.
 */
#include "inet.h"
#include <sys/time.h>

struct option {
	const char *text;
	int level, name;
	int values[4]; /* tried in turn */
	int nr;
};
#define O(level, name, ...)                                                    \
	{                                                                      \
#name, level, name,                                            \
			{__VA_ARGS__ },                                        \
			 sizeof((int[]){__VA_ARGS__}) / sizeof(int)            \
	}

static const struct option socket_options[] = {
	O(SOL_SOCKET, SO_REUSEADDR, 1, 0, 5),
	O(SOL_SOCKET, SO_REUSEPORT, 1, 0),
	O(SOL_SOCKET, SO_KEEPALIVE, 1, 0, -1),
	O(SOL_SOCKET, SO_BROADCAST, 1, 0),
	O(SOL_SOCKET, SO_OOBINLINE, 1, 0),
	O(SOL_SOCKET, SO_RCVLOWAT, 10, 0, 1),
	O(SOL_SOCKET, SO_SNDBUF, 100000, 1, 65536),
	O(SOL_SOCKET, SO_RCVBUF, 100000, 1, 65536),
	O(SOL_SOCKET, SO_PRIORITY, 3, 6, 0),
	O(SOL_SOCKET, SO_TYPE, 1),
	O(SOL_SOCKET, SO_ERROR, 1),
	O(SOL_SOCKET, SO_ACCEPTCONN, 1),
	O(SOL_SOCKET, SO_DOMAIN, 1),
	O(SOL_SOCKET, SO_PROTOCOL, 1),
	O(SOL_SOCKET, SO_SNDLOWAT, 5),
	O(SOL_SOCKET, 9999, 1),
};

static const struct option tcp_options[] = {
	O(IPPROTO_TCP, TCP_NODELAY, 1, 0, 7),
	O(IPPROTO_TCP, TCP_CORK, 1, 0),
	O(IPPROTO_TCP, TCP_KEEPIDLE, 100, 0, 32768),
	O(IPPROTO_TCP, TCP_KEEPINTVL, 30, 0, 32768),
	O(IPPROTO_TCP, TCP_KEEPCNT, 5, 0, 128),
	O(IPPROTO_TCP, TCP_USER_TIMEOUT, 5000, -1, 0),
	O(IPPROTO_TCP, TCP_SYNCNT, 3, 0, 128),
	O(IPPROTO_TCP, TCP_DEFER_ACCEPT, 1, 0),
	O(IPPROTO_TCP, TCP_MAXSEG, 1000, 10, 40000),
	O(IPPROTO_TCP, 9999, 1),
};

static const struct option ip_options[] = {
	O(IPPROTO_IP, IP_TTL, 10, 256, 0, -1),
	O(IPPROTO_IP, IP_TOS, 0x10, 0, 0x28),
	O(IPPROTO_IP, IP_MULTICAST_TTL, 5, 256, -1),
	O(IPPROTO_IP, IP_MULTICAST_LOOP, 0, 1),
	O(IPPROTO_IP, IP_PKTINFO, 1, 0),
	O(IPPROTO_IP, 9999, 1),
};

/* For datagrams only: what a stream does not keep it refuses here. */
static const struct option ip_datagram_options[] = {
	O(IPPROTO_IP, IP_RECVTTL, 1, 0),
	O(IPPROTO_IP, IP_RECVTOS, 1, 0),
};

static const struct option ipv6_options[] = {
	O(IPPROTO_IPV6, IPV6_V6ONLY, 1, 0),
	O(IPPROTO_IPV6, IPV6_UNICAST_HOPS, 10, 256, -1),
	O(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 10, 256, -1),
	O(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0, 2, 1),
	O(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1, 0),
	O(IPPROTO_IPV6, IPV6_TCLASS, 0x20, 256, -1),
	O(IPPROTO_IPV6, 9999, 1),
};

static const struct option ipv6_datagram_options[] = {
	O(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1, 0),
};

/*
 * What Linux keeps and Posixen refuses with ENOPROTOOPT (setsockopt(2) in
 * docs/SYSCALLS.md):
 *	TCP_LINGER2, IP_MTU_DISCOVER of IP_PMTUDISC_DO
 *	on streams IP_RECVTTL, IP_RECVTOS, IPV6_RECVHOPLIMIT
 * and TCP_QUICKACK, which Linux changes by itself, begins as 0.
 */

/* What the defaults are depends on memory and settings for these. */
static int has_own_default(const struct option *o)
{
	return o->level == SOL_SOCKET &&
	       (o->name == SO_SNDBUF || o->name == SO_RCVBUF);
}

static void try(int fd, const struct option *o)
{
	int v = in_opt(fd, o->level, o->name);

	t_say("%s:", o->text);
	if (v < 0 && v != -1)
		t_say(" get %s", t_errno_name(-v));
	else if (!has_own_default(o))
		t_say(" %d", v);
	for (int i = 0; i < o->nr; i++) {
		int r = in_set(fd, o->level, o->name, o->values[i]);

		t_say(", set %d %s", o->values[i], r ? t_errno_name(-r) : "ok");
		v = in_opt(fd, o->level, o->name);
		if (v < 0 && v != -1)
			t_say(" get %s", t_errno_name(-v));
		else if (!r || !has_own_default(o))
			t_say(" is %d", v);
	}
	t_say("\n");
}

#define TRY_ALL(fd, table)                                                     \
	do {                                                                   \
		for (unsigned int i_ = 0;                                      \
		     i_ < sizeof(table) / sizeof(table[0]); i_++)              \
			try(fd, &table[i_]);                                   \
	} while (0)

static void all(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);

	t_say("-- stream\n");
	TRY_ALL(fd, socket_options);
	TRY_ALL(fd, tcp_options);
	TRY_ALL(fd, ip_options);
	if (family == AF_INET6)
		TRY_ALL(fd, ipv6_options);
	else
		try(fd, &ipv6_options[0]);
	close(fd);
	fd = socket(family, SOCK_DGRAM, 0);
	t_say("-- datagrams\n");
	TRY_ALL(fd, socket_options);
	try(fd, &tcp_options[0]);
	TRY_ALL(fd, ip_options);
	TRY_ALL(fd, ip_datagram_options);
	if (family == AF_INET6) {
		TRY_ALL(fd, ipv6_options);
		TRY_ALL(fd, ipv6_datagram_options);
	}
	close(fd);
}

static void arguments(int family)
{
	int fd = socket(family, SOCK_STREAM, 0), v = 1;
	char small[2] = {1, 1};
	socklen_t n;

	t_val("get, bad descriptor",
	      VAL(getsockopt(-1, SOL_SOCKET, SO_TYPE, &v, &n)));
	t_val("set, bad descriptor",
	      VAL(setsockopt(-1, SOL_SOCKET, SO_KEEPALIVE, &v, 4)));
	t_val("set, bad pointer",
	      VAL(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, T_BAD, 4)));
	t_val("set, short",
	      VAL(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, small, 2)));
	t_val("set, nothing",
	      VAL(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, small, 0)));
	t_val("set, negative",
	      VAL(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, small, -1)));
	t_val("set, long", VAL(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE,
					  (int[4]){1, 2, 3, 4}, 16)));
	t_val("set of TCP, short",
	      VAL(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, small, 2)));
	t_val("set of IP, a byte",
	      VAL(setsockopt(fd, IPPROTO_IP, IP_TTL, "\x0b", 1)));
	n = 4;
	t_val("get, bad pointer",
	      VAL(getsockopt(fd, SOL_SOCKET, SO_TYPE, T_BAD, &n)));
	t_val("get, bad length",
	      VAL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &v, T_BAD)));
	n = -1;
	t_val("get, negative",
	      VAL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &v, &n)));
	n = 2;
	v = -1;
	t_val("get, short", VAL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &v, &n)));
	t_say("%u bytes %x\n", n, v);
	n = 100;
	t_val("get, long", VAL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &v, &n)));
	t_val("length", n);
	n = 0;
	t_val("get, none", VAL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &v, &n)));
	n = 4;
	t_val("unknown level", VAL(getsockopt(fd, 777, 1, &v, &n)));
	t_val("unknown level", VAL(setsockopt(fd, 777, 1, &v, 4)));
	t_val("level of UDP", VAL(setsockopt(fd, IPPROTO_UDP, 1, &v, 4)));
	close(fd);
}

static void structures(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);
	struct linger l = {1, 5};
	struct timeval tv = {2, 500000};
	socklen_t n = sizeof(l);

	t_val("set LINGER", VAL(setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, 8)));
	memset(&l, 0, sizeof(l));
	t_val("get", VAL(getsockopt(fd, SOL_SOCKET, SO_LINGER, &l, &n)));
	t_say("%d %d, %u\n", l.l_onoff, l.l_linger, n);
	t_val("short", VAL(setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, 4)));
	t_val("RCVTIMEO",
	      VAL(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv))));
	memset(&tv, 0, sizeof(tv));
	n = sizeof(tv);
	t_val("get", VAL(getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, &n)));
	t_say("%ld.%06ld, %u\n", (long)tv.tv_sec, (long)tv.tv_usec, n);
	tv.tv_usec = 1000000;
	t_val("too many us",
	      VAL(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv))));
	tv.tv_usec = -1;
	t_val("negative us",
	      VAL(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv))));
	tv = (struct timeval){-1, 0};
	t_val("negative seconds",
	      VAL(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv))));
	n = sizeof(tv);
	t_val("get", VAL(getsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, &n)));
	t_say("%ld.%06ld\n", (long)tv.tv_sec, (long)tv.tv_usec);
	t_val("short", VAL(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, 8)));
	close(fd);
}

static void info(int family)
{
	struct tcp_info i;
	socklen_t n = sizeof(i);
	int s[2], fd = socket(family, SOCK_STREAM, 0), l;

	memset(&i, 0, sizeof(i));
	t_val("TCP_INFO", VAL(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &i, &n)));
	t_val("new", i.tcpi_state);
	close(fd);
	l = in_listener(family, 7);
	n = sizeof(i);
	getsockopt(l, IPPROTO_TCP, TCP_INFO, &i, &n);
	t_val("listening", i.tcpi_state);
	close(l);
	in_tcp(family, s);
	n = sizeof(i);
	getsockopt(s[0], IPPROTO_TCP, TCP_INFO, &i, &n);
	t_val("connected", i.tcpi_state);
	t_is("snd_mss, rcv_mss", i.tcpi_snd_mss > 500 && i.tcpi_rcv_mss > 0);
	t_is("snd_cwnd", i.tcpi_snd_cwnd > 0);
	shutdown(s[0], SHUT_WR);
	in_wait(s[1], POLLRDHUP);
	in_settle();
	n = sizeof(i);
	getsockopt(s[0], IPPROTO_TCP, TCP_INFO, &i, &n);
	t_val("half closed", i.tcpi_state);
	n = sizeof(i);
	getsockopt(s[1], IPPROTO_TCP, TCP_INFO, &i, &n);
	t_val("the other", i.tcpi_state);
	n = 8;
	t_val("a part", VAL(getsockopt(s[1], IPPROTO_TCP, TCP_INFO, &i, &n)));
	t_val("length", n);
	t_val("cannot be set",
	      VAL(setsockopt(s[1], IPPROTO_TCP, TCP_INFO, &i, n)));
	t_is("MAXSEG of a connection",
	     in_opt(s[0], IPPROTO_TCP, TCP_MAXSEG) > 500);
	close(s[0]);
	close(s[1]);
}

/* A connection is told of once there is something to read. */
static void defer(int family)
{
	int l = in_listener(family, 5), c, s;
	char b[8];

	t_val("DEFER_ACCEPT", in_set(l, IPPROTO_TCP, TCP_DEFER_ACCEPT, 3));
	c = socket(family, SOCK_STREAM, 0);
	t_val("connect", in_connect(c, family, in_port(l)));
	in_settle();
	t_val("not told", in_poll(l));
	send(c, "data", 4, 0);
	t_val("told", in_wait(l, POLLIN));
	s = accept(l, NULL, NULL);
	t_val("recv", VAL(recv(s, b, 8, MSG_DONTWAIT)));
	close(s);
	close(c);
	close(l);
}

int main(void)
{
	in_both(all);
	in_both(arguments);
	in_both(structures);
	in_both(info);
	in_both(defer);
	return 0;
}
