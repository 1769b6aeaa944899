/* SPDX-License-Identifier: BSD-2-Clause */
/* getsockopt(fd, level, name, val, len): see getsockopt(2), socket(7). */
#include "t.h"
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#ifndef SO_RCVBUFFORCE
#define SO_RCVBUFFORCE 33
#endif

static void show(const char *what, int fd, int name, socklen_t room)
{
	unsigned char v[32];
	socklen_t len = room;
	int ret;

	memset(v, 0x55, sizeof(v));
	ret = getsockopt(fd, SOL_SOCKET, name, v, &len);
	t_val(what, ret);
	if (ret)
		return;
	t_val("length", len);
	t_bytes("value", v, room < 20 ? room : 20);
}

static void errors(void)
{
	int fd = open("/dev/null", O_RDWR), v, s;
	socklen_t len = sizeof(v);

	t_val("not open", getsockopt(99, SOL_SOCKET, SO_TYPE, &v, &len));
	t_val("no socket", getsockopt(fd, SOL_SOCKET, SO_TYPE, &v, &len));
	close(fd);
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	t_val("bad length", getsockopt(s, SOL_SOCKET, SO_TYPE, &v, T_BAD));
	t_val("bad value", getsockopt(s, SOL_SOCKET, SO_TYPE, T_BAD, &len));
	len = -1;
	t_val("negative", getsockopt(s, SOL_SOCKET, SO_TYPE, &v, &len));
	len = sizeof(v);
	t_val("unknown option", getsockopt(s, SOL_SOCKET, 9999, &v, &len));
	t_val("unknown level", getsockopt(s, 9999, 1, &v, &len));
	t_val("TCP's", getsockopt(s, 6, 1, &v, &len));
	t_val("only to set",
	      getsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &v, &len));
	close(s);
}

static void defaults(int type)
{
	int s = socket(AF_UNIX, type, 0);

	t_say("-- type %d\n", type);
	show("SO_TYPE", s, SO_TYPE, 4);
	show("SO_TYPE, short", s, SO_TYPE, 2);
	show("SO_TYPE, long", s, SO_TYPE, 8);
	show("SO_TYPE, nothing", s, SO_TYPE, 0);
	show("SO_DOMAIN", s, SO_DOMAIN, 4);
	show("SO_PROTOCOL", s, SO_PROTOCOL, 4);
	show("SO_ERROR", s, SO_ERROR, 4);
	show("SO_ACCEPTCONN", s, SO_ACCEPTCONN, 4);
	show("SO_REUSEADDR", s, SO_REUSEADDR, 4);
	show("SO_REUSEPORT", s, SO_REUSEPORT, 4);
	show("SO_KEEPALIVE", s, SO_KEEPALIVE, 4);
	show("SO_BROADCAST", s, SO_BROADCAST, 4);
	show("SO_DONTROUTE", s, SO_DONTROUTE, 4);
	show("SO_OOBINLINE", s, SO_OOBINLINE, 4);
	show("SO_PASSCRED", s, SO_PASSCRED, 4);
	show("SO_LINGER", s, SO_LINGER, 8);
	show("SO_LINGER, short", s, SO_LINGER, 4);
	show("SO_RCVTIMEO", s, SO_RCVTIMEO, 16);
	show("SO_SNDTIMEO", s, SO_SNDTIMEO, 16);
	show("SO_RCVBUF", s, SO_RCVBUF, 4);
	show("SO_SNDBUF", s, SO_SNDBUF, 4);
	show("SO_RCVLOWAT", s, SO_RCVLOWAT, 4);
	show("SO_SNDLOWAT", s, SO_SNDLOWAT, 4);
	show("SO_PRIORITY", s, SO_PRIORITY, 4);
	show("SO_MARK", s, SO_MARK, 4);
	show("SO_PEERCRED", s, SO_PEERCRED, 12);
	close(s);
}

static void peer(void)
{
	struct {
		int pid, uid, gid;
	} id;
	struct sockaddr_un a = {AF_UNIX, "l"};
	int l = socket(AF_UNIX, SOCK_STREAM, 0),
	    c = socket(AF_UNIX, SOCK_STREAM, 0), d, p[2];
	socklen_t len = sizeof(id);

	bind(l, (void *)&a, sizeof(a));
	chmod("l", 0777);
	listen(l, 5);
	chmod(".", 0777);
	setegid(2000);
	seteuid(1000);
	t_val("connect", connect(c, (void *)&a, sizeof(a)));
	seteuid(0);
	setegid(0);
	d = accept(l, NULL, NULL);
	t_val("SO_PEERCRED", getsockopt(d, SOL_SOCKET, SO_PEERCRED, &id, &len));
	t_is("pid", id.pid == getpid());
	t_say("uid %d gid %d\n", id.uid, id.gid);
	getsockopt(c, SOL_SOCKET, SO_PEERCRED, &id, &len);
	t_say("listener: %d %d %d\n", id.pid == getpid(), id.uid, id.gid);
	len = 4;
	id.uid = 7;
	getsockopt(c, SOL_SOCKET, SO_PEERCRED, &id, &len);
	t_say("short: %u %d\n", len, id.uid);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, p);
	len = sizeof(id);
	getsockopt(p[0], SOL_SOCKET, SO_PEERCRED, &id, &len);
	t_say("pair: %d %d %d\n", id.pid == getpid(), id.uid, id.gid);
}

int main(void)
{
	errors();
	defaults(SOCK_STREAM);
	defaults(SOCK_DGRAM);
	defaults(SOCK_RAW);
	peer();
	return 0;
}
