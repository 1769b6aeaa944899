/* SPDX-License-Identifier: BSD-2-Clause */
/* listen(fd, backlog): see listen(2) and unix(7). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

static struct sockaddr_un at = {AF_UNIX, "l"};

static int room(int type)
{
	int fds[20], n = 0;

	for (; n < 20; n++) {
		fds[n] = socket(AF_UNIX, type | SOCK_NONBLOCK, 0);
		if (connect(fds[n], (void *)&at, sizeof(at)))
			break;
	}
	t_ret("no more", n < 20 ? -1 : 0);
	for (int i = 0; i <= n && i < 20; i++)
		close(fds[i]);
	return n;
}

static int says_listening(int fd)
{
	int v = -1;
	socklen_t len = sizeof(v);

	getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &v, &len);
	return v;
}

static void backlogs(int type)
{
	static const int sizes[] = {0, 1, 5, -1, 100000};

	for (int i = 0; i < 5; i++) {
		int l = socket(AF_UNIX, type, 0);

		unlink("l");
		bind(l, (void *)&at, sizeof(at));
		t_val("before", says_listening(l));
		t_ret("listen", listen(l, sizes[i]));
		t_val("listening", says_listening(l));
		t_val("room", room(type));
		close(l);
	}
}

int main(void)
{
	int p[2], fd = open("/dev/null", O_RDWR), s, l, c;

	t_val("not open", listen(99, 1));
	t_val("no socket", listen(fd, 1));
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	t_val("no name", listen(s, 1));
	close(s);
	s = socket(AF_UNIX, SOCK_DGRAM, 0);
	t_val("datagrams", listen(s, 1));
	close(s);
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	t_val("connected", listen(p[0], 1));
	close(p[0]);
	close(p[1]);
	backlogs(SOCK_STREAM);
	backlogs(SOCK_SEQPACKET);
	unlink("l");
	l = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(l, (void *)&at, sizeof(at));
	listen(l, 1);
	t_ret("again", listen(l, 3));
	t_val("write", send(l, "x", 1, MSG_NOSIGNAL));
	t_val("read", read(l, p, 1));
	c = socket(AF_UNIX, SOCK_STREAM, 0);
	connect(c, (void *)&at, sizeof(at));
	t_val("a client listens", listen(c, 1));
	return 0;
}
