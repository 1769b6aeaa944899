/* SPDX-License-Identifier: BSD-2-Clause */
/* recvfrom(fd, buf, len, flags, name, len): see recv(2) and unix(7). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

static char buf[100];

static void errors(void)
{
	struct sockaddr_un a;
	socklen_t len = sizeof(a);
	int fd = open("/dev/null", O_RDWR), s, p[2];

	t_val("not open", recvfrom(99, buf, 1, 0, NULL, NULL));
	t_val("no socket", recvfrom(fd, buf, 1, 0, NULL, NULL));
	t_val("address of nobody", recvfrom(99, (void *)-1, 1, 0, NULL, NULL));
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	t_val("stream, not connected", recv(s, buf, 1, 0));
	t_val("urgent", recv(s, buf, 1, MSG_OOB));
	close(s);
	s = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	t_val("packets, not connected", recv(s, buf, 1, 0));
	close(s);
	s = socket(AF_UNIX, SOCK_DGRAM, 0);
	t_val("datagrams", recv(s, buf, 1, MSG_DONTWAIT));
	t_val("urgent", recv(s, buf, 1, MSG_OOB));
	close(s);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, p);
	send(p[0], "abc", 3, 0);
	t_val("bad name", recvfrom(p[1], buf, 3, 0, (void *)16, &len));
	send(p[0], "abc", 3, 0);
	t_val("bad length", recvfrom(p[1], buf, 3, 0, (void *)&a, T_BAD));
	send(p[0], "abc", 3, 0);
	len = -1;
	t_val("negative length", recvfrom(p[1], buf, 3, 0, (void *)&a, &len));
	send(p[0], "abc", 3, 0);
	t_val("bad buffer", recv(p[1], T_BAD, 3, 0));
	t_val("all are gone", recv(p[1], buf, 3, MSG_DONTWAIT));
	close(p[0]);
	close(p[1]);
}

static void from(const char *what, int fd, int flags, size_t n)
{
	struct sockaddr_un a;
	socklen_t len = sizeof(a);
	ssize_t r;

	memset(&a, 0x55, sizeof(a));
	r = recvfrom(fd, buf, n, flags, (void *)&a, &len);
	t_val(what, r);
	if (r < 0)
		return;
	t_bytes("text", buf, (size_t)r < n ? (size_t)r : n);
	t_bytes("name", &a, len);
}

static void datagrams(int type)
{
	struct sockaddr_un a = {AF_UNIX, "s"};
	int p[2];

	t_say("-- type %d\n", type);
	socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, p);
	send(p[0], "unnamed", 7, 0);
	from("unnamed", p[1], 0, 100);
	bind(p[0], (void *)&a, sizeof(a));
	send(p[0], "named", 5, 0);
	send(p[0], "second", 6, 0);
	from("peek", p[1], MSG_PEEK, 100);
	from("peek, short", p[1], MSG_PEEK, 2);
	from("peek, real length", p[1], MSG_PEEK | MSG_TRUNC, 2);
	from("real length", p[1], MSG_TRUNC, 2);
	from("wait for all", p[1], MSG_WAITALL, 100);
	from("none", p[1], 0, 100);
	send(p[0], "x", 1, 0);
	from("no room", p[1], 0, 0);
	close(p[0]);
	from("closed", p[1], 0, 100);
	close(p[1]);
	unlink("s");
}

static void streams(void)
{
	struct sockaddr_un a = {AF_UNIX, "s"};
	int p[2];

	t_say("-- stream\n");
	socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, p);
	bind(p[0], (void *)&a, sizeof(a));
	send(p[0], "abc", 3, 0);
	send(p[0], "defg", 4, 0);
	from("peek", p[1], MSG_PEEK, 2);
	from("peek over the border", p[1], MSG_PEEK, 5);
	from("peek at all", p[1], MSG_PEEK, 50);
	from("part", p[1], 0, 1);
	from("peek", p[1], MSG_PEEK, 50);
	from("the flag for datagrams", p[1], MSG_TRUNC, 2);
	from("wait for all, but do not wait", p[1], MSG_WAITALL, 50);
	from("none", p[1], MSG_PEEK, 50);
	close(p[0]);
	from("end", p[1], 0, 50);
	from("end", p[1], MSG_PEEK, 50);
	close(p[1]);
	unlink("s");
}

static void *in_parts(void *arg)
{
	for (int i = 0; i < 4; i++) {
		usleep(5000);
		send(*(int *)arg, "part", 4, 0);
	}
	return NULL;
}

static void waiting(void)
{
	struct timeval tv = {0, 30000};
	int p[2], low = 9;
	pthread_t t;
	ssize_t n;

	t_say("-- waiting\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	pthread_create(&t, NULL, in_parts, &p[0]);
	n = recv(p[1], buf, 16, MSG_WAITALL);
	t_val("all", n);
	t_bytes("text", buf, n);
	pthread_join(t, NULL);
	t_ret("SO_RCVLOWAT",
	      setsockopt(p[1], SOL_SOCKET, SO_RCVLOWAT, &low, sizeof(low)));
	pthread_create(&t, NULL, in_parts, &p[0]);
	t_is("at least nine", recv(p[1], buf, 100, 0) >= 9);
	pthread_join(t, NULL);
	while (recv(p[1], buf, 100, MSG_DONTWAIT) > 0)
		;
	setsockopt(p[1], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	t_val("time over", recv(p[1], buf, 10, 0));
	send(p[0], "some", 4, 0);
	t_val("some", recv(p[1], buf, 10, MSG_WAITALL));
	t_val("do not wait", recv(p[1], buf, 10, MSG_DONTWAIT));
	send(p[0], "less", 4, 0);
	close(p[0]);
	t_val("all until the end", recv(p[1], buf, 10, MSG_WAITALL));
	close(p[1]);
}

int main(void)
{
	errors();
	datagrams(SOCK_DGRAM);
	datagrams(SOCK_SEQPACKET);
	streams();
	waiting();
	return 0;
}
