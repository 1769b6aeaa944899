/* SPDX-License-Identifier: BSD-2-Clause */
/* shutdown(fd, how): see shutdown(2) and unix(7). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>

static char buf[100];

static void poll_says(const char *what, int fd)
{
	struct pollfd p = {fd, POLLIN | POLLOUT | POLLRDHUP | POLLPRI, 0};

	poll(&p, 1, 0);
	t_say("%s: %#x\n", what, p.revents);
}

static void each(int type, int how)
{
	int p[2];

	t_say("-- type %d how %d\n", type, how);
	socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, p);
	write(p[0], "to1", 3);
	write(p[1], "to0", 3);
	t_ret("shutdown", shutdown(p[0], how));
	poll_says("own", p[0]);
	poll_says("other", p[1]);
	t_val("own write", write(p[0], "x", 1));
	t_val("other write", write(p[1], "x", 1));
	t_val("own read", read(p[0], buf, 100));
	t_val("own read", read(p[0], buf, 100));
	t_val("own read", read(p[0], buf, 100));
	t_val("other read", read(p[1], buf, 100));
	t_val("other read", read(p[1], buf, 100));
	t_val("other read", read(p[1], buf, 100));
	t_ret("twice", shutdown(p[0], how));
	t_ret("other too", shutdown(p[1], how));
	poll_says("own", p[0]);
	poll_says("other", p[1]);
	close(p[1]);
	poll_says("other closed", p[0]);
	t_ret("shutdown", shutdown(p[0], how));
	close(p[0]);
}

static void *reader(void *arg)
{
	t_val("read ends", read(*(int *)arg, buf, 10));
	return NULL;
}

static void *writer(void *arg)
{
	static char big[1 << 20];

	t_is("write ends early",
	     write(*(int *)arg, big, sizeof(big)) < (ssize_t)sizeof(big));
	return NULL;
}

static void wakes(void)
{
	pthread_t t;
	int p[2];

	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	pthread_create(&t, NULL, reader, &p[0]);
	usleep(20000);
	shutdown(p[1], SHUT_WR);
	pthread_join(t, NULL);
	pthread_create(&t, NULL, writer, &p[1 - 1]);
	usleep(20000);
	shutdown(p[0], SHUT_WR);
	pthread_join(t, NULL);
	close(p[0]);
	close(p[1]);
}

int main(void)
{
	int fd = open("/dev/null", O_RDWR), s, l;
	struct sockaddr_un a = {AF_UNIX, "l"};

	signal(SIGPIPE, SIG_IGN);
	t_val("not open", shutdown(99, 7));
	t_val("no socket", shutdown(fd, 7));
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	t_val("unknown", shutdown(s, 3));
	t_val("negative", shutdown(s, -1));
	t_val("not connected", shutdown(s, SHUT_WR));
	poll_says("then", s);
	t_val("write", write(s, "x", 1));
	close(s);
	for (int how = 0; how < 3; how++) {
		each(SOCK_STREAM, how);
		each(SOCK_SEQPACKET, how);
		each(SOCK_DGRAM, how);
	}
	l = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(l, (void *)&a, sizeof(a));
	listen(l, 5);
	t_ret("listener", shutdown(l, SHUT_RDWR));
	poll_says("listener", l);
	t_val("accept", accept(l, NULL, NULL));
	wakes();
	return 0;
}
