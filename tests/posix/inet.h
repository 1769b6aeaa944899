/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet.h: what the tests of internet sockets share. All of them stay on the
 * loopback interface, in both families; Linux runs them in a network namespace
 * of their own, so that ports and interfaces are theirs.
 *
 * A packet to oneself may take a moment on either side: before a test looks, it
 * waits with in_wait() or in_settle().
 */
#ifndef TESTS_POSIX_INET_H
#define TESTS_POSIX_INET_H

#include "t.h"
#include <poll.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

union in_addr_any {
	struct sockaddr sa;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_storage ss;
};

#define ERR(call) ((call) < 0 ? -errno : 0)
#define VAL(call)                                                              \
	({                                                                     \
		long val_ = (call);                                            \
		val_ < 0 ? -errno : val_;                                      \
	})

/* The loopback address of a family; its length. */
static inline socklen_t in_lo(int family, int port, union in_addr_any *a)
{
	memset(a, 0, sizeof(*a));
	a->sa.sa_family = family;
	if (family == AF_INET) {
		a->v4.sin_port = htons(port);
		a->v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return sizeof(a->v4);
	}
	a->v6.sin6_port = htons(port);
	a->v6.sin6_addr = in6addr_loopback;
	return sizeof(a->v6);
}

static inline socklen_t in_any(int family, int port, union in_addr_any *a)
{
	socklen_t n = in_lo(family, port, a);

	if (family == AF_INET)
		a->v4.sin_addr.s_addr = 0;
	else
		a->v6.sin6_addr = in6addr_any;
	return n;
}

static inline int in_port(int fd)
{
	union in_addr_any a;
	socklen_t n = sizeof(a);

	if (getsockname(fd, &a.sa, &n) < 0)
		return -errno;
	return ntohs(a.sa.sa_family == AF_INET ? a.v4.sin_port
					       : a.v6.sin6_port);
}

/* Print a name; a port is "0", "want" or "some". */
static inline void in_show(const char *what, const union in_addr_any *a,
			   socklen_t n, int want)
{
	char text[64] = "?";
	int port;

	if (a->sa.sa_family == AF_INET) {
		inet_ntop(AF_INET, &a->v4.sin_addr, text, sizeof(text));
		port = ntohs(a->v4.sin_port);
	} else {
		inet_ntop(AF_INET6, &a->v6.sin6_addr, text, sizeof(text));
		port = ntohs(a->v6.sin6_port);
	}
	t_say("%s: family %d, %u bytes, %s port %s\n", what, a->sa.sa_family, n,
	      text,
	      !port	     ? "0"
	      : port == want ? "as wanted"
			     : "some");
}

static inline void in_show_own(const char *what, int fd, int want)
{
	union in_addr_any a;
	socklen_t n = sizeof(a);

	if (getsockname(fd, &a.sa, &n) < 0)
		t_ret(what, -errno);
	else
		in_show(what, &a, n, want);
}

static inline void in_show_peer(const char *what, int fd, int want)
{
	union in_addr_any a;
	socklen_t n = sizeof(a);

	if (getpeername(fd, &a.sa, &n) < 0)
		t_ret(what, -errno);
	else
		in_show(what, &a, n, want);
}

/* Wait until one of events is there, for two seconds: what is then true. */
static inline int in_wait(int fd, int events)
{
	struct pollfd p = {.fd = fd, .events = events};

	if (poll(&p, 1, 2000) <= 0)
		return 0;
	return p.revents;
}

static inline int in_poll(int fd)
{
	struct pollfd p = {.fd = fd,
			   .events = POLLIN | POLLOUT | POLLPRI | POLLRDHUP |
				     POLLRDNORM | POLLWRNORM};

	poll(&p, 1, 0);
	return p.revents;
}

/* Long enough for packets that cause no event. */
static inline void in_settle(void)
{
	usleep(20000);
}

static inline int in_bound(int family, int type)
{
	union in_addr_any a;
	int fd = socket(family, type, 0);

	if (fd < 0 || bind(fd, &a.sa, in_lo(family, 0, &a)) < 0)
		t_ret("bound socket", -errno);
	return fd;
}

static inline int in_listener(int family, int backlog)
{
	int fd = in_bound(family, SOCK_STREAM);

	if (listen(fd, backlog) < 0)
		t_ret("listen", -errno);
	return fd;
}

static inline int in_connect(int fd, int family, int port)
{
	union in_addr_any a;

	return connect(fd, &a.sa, in_lo(family, port, &a)) < 0 ? -errno : 0;
}

/* A connected pair of TCP sockets: s[0] connected, s[1] was accepted. */
static inline void in_tcp(int family, int s[2])
{
	int l = in_listener(family, 5), err;

	s[0] = socket(family, SOCK_STREAM, 0);
	err = in_connect(s[0], family, in_port(l));
	if (err)
		t_ret("connect", err);
	s[1] = accept(l, NULL, NULL);
	if (s[1] < 0)
		t_ret("accept", -errno);
	close(l);
}

/* Two UDP sockets connected to one another. */
static inline void in_udp(int family, int s[2])
{
	s[0] = in_bound(family, SOCK_DGRAM);
	s[1] = in_bound(family, SOCK_DGRAM);
	in_connect(s[0], family, in_port(s[1]));
	in_connect(s[1], family, in_port(s[0]));
}

static inline int in_opt(int fd, int level, int name)
{
	int val = -1;
	socklen_t n = sizeof(val);

	if (getsockopt(fd, level, name, &val, &n) < 0)
		return -errno;
	return val;
}

static inline int in_set(int fd, int level, int name, int val)
{
	return ERR(setsockopt(fd, level, name, &val, sizeof(val)));
}

/* Run a test in both families. */
static inline void in_both(void (*fn)(int family))
{
	t_say("== INET\n");
	fn(AF_INET);
	t_say("== INET6\n");
	fn(AF_INET6);
}

#endif
