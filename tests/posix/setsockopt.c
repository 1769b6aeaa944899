/* SPDX-License-Identifier: BSD-2-Clause */
/* setsockopt(fd, level, name, val, len): see setsockopt(2), socket(7). */
#include "t.h"
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#ifndef SO_RCVBUFFORCE
#define SO_SNDBUFFORCE 32
#define SO_RCVBUFFORCE 33
#endif

static int s;

static void both(const char *what, int name, int val)
{
	int got = -1;
	socklen_t len = sizeof(got);

	t_val(what, setsockopt(s, SOL_SOCKET, name, &val, sizeof(val)));
	if (!getsockopt(s, SOL_SOCKET, name, &got, &len))
		t_val("now", got);
}

/* More than net.core.wmem_max, which an administrator may set. */
static void most(const char *what, int name, int val)
{
	int got = -1;
	socklen_t len = sizeof(got);

	t_val(what, setsockopt(s, SOL_SOCKET, name, &val, sizeof(val)));
	getsockopt(s, SOL_SOCKET, name, &got, &len);
	t_is("at least the default", got >= 212992);
}

static void errors(void)
{
	int fd = open("/dev/null", O_RDWR), one = 1;

	t_val("not open", setsockopt(99, SOL_SOCKET, SO_TYPE, &one, 4));
	t_val("no socket", setsockopt(fd, SOL_SOCKET, SO_TYPE, &one, 4));
	t_val("length", setsockopt(fd, SOL_SOCKET, SO_TYPE, &one, -1));
	t_val("negative", setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, -1));
	t_val("short", setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 3));
	t_val("nothing", setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 0));
	t_val("bad value", setsockopt(s, SOL_SOCKET, SO_REUSEADDR, T_BAD, 4));
	t_val("long", setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (int[4]){1}, 16));
	t_val("unknown", setsockopt(s, SOL_SOCKET, 9999, &one, 4));
	t_val("unknown and bad", setsockopt(s, SOL_SOCKET, 9999, T_BAD, 4));
	t_val("unknown level", setsockopt(s, 9999, 1, &one, 4));
	t_val("SO_TYPE", setsockopt(s, SOL_SOCKET, SO_TYPE, &one, 4));
	t_val("SO_DOMAIN", setsockopt(s, SOL_SOCKET, SO_DOMAIN, &one, 4));
	t_val("SO_PROTOCOL", setsockopt(s, SOL_SOCKET, SO_PROTOCOL, &one, 4));
	t_val("SO_ERROR", setsockopt(s, SOL_SOCKET, SO_ERROR, &one, 4));
	t_val("SO_ACCEPTCONN",
	      setsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, &one, 4));
	t_val("SO_PEERCRED", setsockopt(s, SOL_SOCKET, SO_PEERCRED, &one, 4));
	t_val("SO_SNDLOWAT", setsockopt(s, SOL_SOCKET, SO_SNDLOWAT, &one, 4));
	close(fd);
}

static void numbers(void)
{
	both("SO_REUSEADDR", SO_REUSEADDR, 7);
	both("SO_REUSEADDR", SO_REUSEADDR, 0);
	both("SO_KEEPALIVE", SO_KEEPALIVE, -1);
	both("SO_BROADCAST", SO_BROADCAST, 1);
	both("SO_DONTROUTE", SO_DONTROUTE, 1);
	both("SO_OOBINLINE", SO_OOBINLINE, 1);
	both("SO_PASSCRED", SO_PASSCRED, 1);
	both("SO_PRIORITY", SO_PRIORITY, 6);
	both("SO_PRIORITY", SO_PRIORITY, 7);
	both("SO_PRIORITY", SO_PRIORITY, -1);
	both("SO_MARK", SO_MARK, 77);
	both("SO_RCVLOWAT", SO_RCVLOWAT, 100);
	both("SO_RCVLOWAT", SO_RCVLOWAT, 0);
	both("SO_RCVLOWAT", SO_RCVLOWAT, -5);
	both("SO_SNDBUF", SO_SNDBUF, 10000);
	both("SO_SNDBUF", SO_SNDBUF, 1);
	most("SO_SNDBUF", SO_SNDBUF, 0x7fffffff);
	most("SO_SNDBUF", SO_SNDBUF, -1);
	both("SO_RCVBUF", SO_RCVBUF, 10000);
	both("SO_RCVBUF", SO_RCVBUF, 1);
	most("SO_RCVBUF", SO_RCVBUF, 0x7fffffff);
	t_val("force",
	      setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, (int[1]){1000000}, 4));
	seteuid(1000);
	both("SO_MARK", SO_MARK, 78);
	both("SO_PRIORITY", SO_PRIORITY, 7);
	both("SO_PRIORITY", SO_PRIORITY, 5);
	t_val("force",
	      setsockopt(s, SOL_SOCKET, SO_SNDBUFFORCE, (int[1]){1000000}, 4));
	seteuid(0);
}

static void linger(int on, int seconds)
{
	struct linger l = {on, seconds};
	socklen_t len = sizeof(l);

	t_val("SO_LINGER", setsockopt(s, SOL_SOCKET, SO_LINGER, &l, len));
	getsockopt(s, SOL_SOCKET, SO_LINGER, &l, &len);
	t_say("%d %d\n", l.l_onoff, l.l_linger);
}

static void timeout(long sec, long usec)
{
	struct timeval tv = {sec, usec};
	socklen_t len = sizeof(tv);

	t_val("SO_RCVTIMEO", setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, len));
	getsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, &len);
	t_say("%ld %ld\n", (long)tv.tv_sec, (long)tv.tv_usec);
}

int main(void)
{
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	errors();
	numbers();
	linger(1, 5);
	linger(7, 0);
	linger(0, 9);
	t_val("short", setsockopt(s, SOL_SOCKET, SO_LINGER, (int[1]){1}, 4));
	timeout(3, 500000);
	timeout(0, 8000);
	timeout(1, -1);
	timeout(1, 1000000);
	timeout(0, 0);
	t_val("short", setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (int[2]){1}, 8));
	return 0;
}
