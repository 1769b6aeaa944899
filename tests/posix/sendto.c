/* SPDX-License-Identifier: BSD-2-Clause */
/* sendto(fd, buf, len, flags, name, len): see send(2) and unix(7). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

static struct sockaddr_un at = {AF_UNIX, "d"};
static char buf[300000];
static int pipes;

static void on_pipe(int sig)
{
	pipes++;
}

static void errors(void)
{
	int fd = open("/dev/null", O_RDWR), s, p[2];

	t_val("not open", sendto(99, "x", 1, 0, NULL, 0));
	t_val("no socket", sendto(fd, "x", 1, 0, NULL, 0));
	t_val("address of nobody", sendto(99, (void *)-1, 1, 0, NULL, 0));
	close(fd);
	s = socket(AF_UNIX, SOCK_DGRAM, 0);
	t_val("to nobody", sendto(s, "x", 1, 0, NULL, 0));
	t_val("no such name", sendto(s, "x", 1, 0, (void *)&at, sizeof(at)));
	t_val("short name", sendto(s, "x", 1, 0, (void *)&at, 2));
	t_val("length 0", sendto(s, "x", 1, 0, (void *)&at, 0));
	t_val("too long", sendto(s, "x", 1, 0, (void *)&at, 111));
	t_val("bad name", sendto(s, "x", 1, 0, T_BAD, 10));
	t_val("name before buffer",
	      sendto(s, T_BAD, 1, 0, (void *)&at, sizeof(at)));
	close(s);
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	t_val("stream, to nobody", send(s, "x", 1, 0));
	t_val("stream, name", sendto(s, "x", 1, 0, (void *)&at, sizeof(at)));
	close(s);
	s = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	t_val("packets, to nobody", send(s, "x", 1, 0));
	t_val("packets, name", sendto(s, "x", 1, 0, (void *)&at, sizeof(at)));
	close(s);
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	t_val("connected, name", sendto(p[0], "x", 1, 0, (void *)&at, 5));
	t_val("bad buffer", send(p[0], T_BAD, 1, 0));
	t_val("nothing", send(p[0], T_BAD, 0, 0));
	close(p[1]);
	t_val("closed", send(p[0], "x", 1, 0));
	t_val("without signal", send(p[0], "x", 1, MSG_NOSIGNAL));
	t_val("SIGPIPE", pipes);
	close(p[0]);
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, p);
	t_val("packets, name ignored", sendto(p[0], "x", 1, 0, (void *)&at, 5));
	close(p[1]);
	t_val("closed", send(p[0], "x", 1, 0));
	t_val("closed", send(p[0], "x", 1, 0));
	t_val("SIGPIPE", pipes);
	close(p[0]);
}

static void queue(void)
{
	int d = socket(AF_UNIX, SOCK_DGRAM, 0),
	    s = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0), n = 0, size;
	struct pollfd p;
	socklen_t len = sizeof(size);

	bind(d, (void *)&at, sizeof(at));
	while (sendto(s, "x", 1, 0, (void *)&at, sizeof(at)) == 1)
		n++;
	t_ret("queue full", -1);
	t_val("datagrams", n);
	connect(s, (void *)&at, sizeof(at));
	p = (struct pollfd){s, POLLOUT, 0};
	t_val("poll", poll(&p, 1, 0));
	recv(d, buf, 10, 0);
	t_val("poll", poll(&p, 1, 0));
	t_val("send", send(s, "y", 1, 0));
	while (recv(d, buf, 10, MSG_DONTWAIT) == 1)
		n--;
	t_val("left", n);
	t_val("empty", send(s, "", 0, 0));
	t_val("it comes", recv(d, buf, 10, 0));
	getsockopt(s, SOL_SOCKET, SO_SNDBUF, &size, &len);
	t_val("too large", send(s, buf, size - 31, 0));
	t_val("largest", send(s, buf, size - 32, 0));
	t_is("comes", recv(d, buf, sizeof(buf), 0) == size - 32);
	t_ret("shutdown", shutdown(d, SHUT_RD));
	t_val("to one that does not read", send(s, "z", 1, 0));
	t_val("SIGPIPE", pipes);
	shutdown(s, SHUT_WR);
	t_val("shut down", send(s, "z", 1, 0));
	close(d);
	close(s);
	unlink("d");
}

static void *drain(void *arg)
{
	usleep(20000);
	for (int i = 0; i < 30; i++)
		if (recv(*(int *)arg, buf, 10, 0) != 2)
			t_say("wrong\n");
	return NULL;
}

static void blocking(void)
{
	int d = socket(AF_UNIX, SOCK_DGRAM, 0),
	    s = socket(AF_UNIX, SOCK_DGRAM, 0), n = 0;
	struct timeval tv = {0, 20000};
	pthread_t t;

	bind(d, (void *)&at, sizeof(at));
	pthread_create(&t, NULL, drain, &d);
	for (int i = 0; i < 30; i++)
		n += sendto(s, "ab", 2, 0, (void *)&at, sizeof(at));
	t_val("sent", n);
	pthread_join(t, NULL);
	setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	for (n = 0; sendto(s, "ab", 2, 0, (void *)&at, sizeof(at)) == 2; n++)
		;
	t_ret("time over", -1);
	t_val("sent", n);
	close(d);
	close(s);
	unlink("d");
}

static void stream_timeout(void)
{
	struct timeval tv = {0, 20000};
	ssize_t n;
	int p[2], out = 0;

	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	t_val("SIOCOUTQ", ioctl(p[0], TIOCOUTQ, &out));
	t_val("nothing", out);
	setsockopt(p[0], SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	n = send(p[0], buf, sizeof(buf), 0);
	t_is("part", n > 0 && n < (ssize_t)sizeof(buf));
	t_val("then none", send(p[0], buf, sizeof(buf), 0));
	ioctl(p[0], TIOCOUTQ, &out);
	t_is("SIOCOUTQ has it", out >= n);
	while (recv(p[1], buf, sizeof(buf), MSG_DONTWAIT) > 0)
		;
	ioctl(p[0], TIOCOUTQ, &out);
	t_val("nothing", out);
	close(p[0]);
	close(p[1]);
}

int main(void)
{
	signal(SIGPIPE, on_pipe);
	errors();
	queue();
	blocking();
	stream_timeout();
	return 0;
}
