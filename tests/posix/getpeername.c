/* SPDX-License-Identifier: BSD-2-Clause */
/* getpeername(fd, name, len): see getpeername(2) and unix(7). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

static void show(const char *what, int fd)
{
	struct sockaddr_un b;
	socklen_t len = sizeof(b);
	int ret = getpeername(fd, (void *)&b, &len);

	t_val(what, ret);
	if (!ret)
		t_bytes("name", &b, len);
}

static void with_listener(int type)
{
	struct sockaddr_un a = {AF_UNIX, "l"};
	int l = socket(AF_UNIX, type, 0), c = socket(AF_UNIX, type, 0), fd;

	show("fresh", c);
	bind(l, (void *)&a, sizeof(a));
	listen(l, 5);
	show("listener", l);
	connect(c, (void *)&a, sizeof(a));
	show("connected", c);
	fd = accept(l, NULL, NULL);
	show("accepted", fd);
	strcpy(a.sun_path, "c");
	t_ret("bind late", bind(c, (void *)&a, sizeof(a)));
	show("accepted", fd);
	close(l);
	show("listener closed", c);
	close(c);
	show("client closed", fd);
	shutdown(fd, SHUT_RDWR);
	show("shut down", fd);
	close(fd);
	unlink("l");
	unlink("c");
}

int main(void)
{
	struct sockaddr_un a = {AF_UNIX, "d"};
	struct sockaddr none = {AF_UNSPEC};
	int p[2], fd = open("/dev/null", O_RDWR), d, e;
	socklen_t len = 1;

	t_val("not open", getpeername(99, NULL, NULL));
	t_val("no socket", getpeername(fd, NULL, NULL));
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	show("pair", p[0]);
	t_val("bad length", getpeername(p[0], (void *)&a, T_BAD));
	t_val("bad name", getpeername(p[0], T_BAD, &len));
	close(p[1]);
	show("other closed", p[0]);
	with_listener(SOCK_STREAM);
	with_listener(SOCK_SEQPACKET);
	d = socket(AF_UNIX, SOCK_DGRAM, 0);
	e = socket(AF_UNIX, SOCK_DGRAM, 0);
	strcpy(a.sun_path, "d");
	bind(d, (void *)&a, sizeof(a));
	show("fresh", e);
	connect(e, (void *)&a, sizeof(a));
	show("connected", e);
	show("the other", d);
	connect(e, &none, sizeof(none));
	show("disconnected", e);
	connect(e, (void *)&a, sizeof(a));
	close(d);
	show("gone", e);
	send(e, "x", 1, 0);
	show("found out", e);
	return 0;
}
