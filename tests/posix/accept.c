/* SPDX-License-Identifier: BSD-2-Clause */
/* accept(fd, name, len): see accept(2) and unix(7). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#define HEAD offsetof(struct sockaddr_un, sun_path)

static struct sockaddr_un at = {AF_UNIX, "l"};

static int listener(int type)
{
	int l = socket(AF_UNIX, type, 0);

	unlink("l");
	t_ret("bind", bind(l, (void *)&at, sizeof(at)));
	t_ret("listen", listen(l, 5));
	return l;
}

static int client(int type)
{
	int c = socket(AF_UNIX, type, 0);

	t_ret("connect", connect(c, (void *)&at, sizeof(at)));
	return c;
}

static void errors(void)
{
	int fd = open("/dev/null", O_RDWR), p[2];

	t_val("not open", accept(99, NULL, NULL));
	t_val("no socket", accept(fd, NULL, NULL));
	close(fd);
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	t_val("not listening", accept(fd, NULL, NULL));
	t_val("nor with a bad address", accept(fd, T_BAD, (void *)16));
	close(fd);
	fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	t_val("datagrams", accept(fd, NULL, NULL));
	close(fd);
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	t_val("connected", accept(p[0], NULL, NULL));
	close(p[0]);
	close(p[1]);
}

static void names(int type)
{
	int l = listener(type), c = client(type), fd;
	struct sockaddr_un a, named = {AF_UNIX, "client"};
	socklen_t len = sizeof(a);
	char buf[10];

	memset(&a, 0x55, sizeof(a));
	fd = accept(l, (void *)&a, &len);
	t_is("lowest", fd == c + 1);
	t_val("length", len);
	t_val("family", a.sun_family);
	t_val("byte behind", a.sun_path[0]);
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("close on exec", fcntl(fd, F_GETFD));
	len = sizeof(a);
	getsockname(fd, (void *)&a, &len);
	t_bytes("own name is the listener's", &a, len);
	t_val("write", write(c, "to", 2));
	t_val("read", read(fd, buf, 10));
	t_val("write", write(fd, "back", 4));
	t_val("read", read(c, buf, 10));
	close(fd);
	close(c);
	c = socket(AF_UNIX, type, 0);
	bind(c, (void *)&named, sizeof(named));
	connect(c, (void *)&at, sizeof(at));
	len = 5;
	memset(&a, 0x55, sizeof(a));
	fd = accept(l, (void *)&a, &len);
	t_is("accept", fd > 0);
	t_val("whole length", len);
	t_bytes("cut", &a, 7);
	close(fd);
	close(c);
	unlink("client");
	c = client(type);
	len = sizeof(a);
	t_val("bad address", accept(l, T_BAD, &len));
	t_val("the connection is gone", read(c, buf, 1));
	close(c);
	c = client(type);
	len = -1;
	t_val("negative length", accept(l, (void *)&a, &len));
	close(c);
	c = client(type);
	fd = accept(l, NULL, T_BAD);
	t_is("no name, bad length", fd > 0);
	close(fd);
	close(c);
	close(l);
}

static void nonblocking(void)
{
	int l = listener(SOCK_STREAM), c, fd;
	struct timeval tv = {0, 30000};

	fcntl(l, F_SETFL, O_NONBLOCK);
	t_val("none", accept(l, NULL, NULL));
	c = client(SOCK_STREAM);
	fd = accept(l, NULL, NULL);
	t_is("accept", fd > 0);
	t_val("not inherited", fcntl(fd, F_GETFL));
	close(fd);
	close(c);
	fcntl(l, F_SETFL, 0);
	setsockopt(l, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	t_val("time over", accept(l, NULL, NULL));
	t_ret("shutdown", shutdown(l, SHUT_RD));
	t_val("shut down", accept(l, NULL, NULL));
	t_val("connect", connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&at,
				 sizeof(at)));
	close(l + 1);
	close(l);
}

static void no_descriptor(void)
{
	int l = listener(SOCK_STREAM), c = client(SOCK_STREAM), fd;
	struct rlimit old, few;

	write(c, "kept", 4);
	getrlimit(RLIMIT_NOFILE, &old);
	few = old;
	few.rlim_cur = c + 1;
	setrlimit(RLIMIT_NOFILE, &few);
	t_val("no descriptor left", accept(l, NULL, NULL));
	t_val("again", accept(l, NULL, NULL));
	setrlimit(RLIMIT_NOFILE, &old);
	fd = accept(l, NULL, NULL);
	t_is("still in the queue", fd > 0);
	char buf[10];
	t_val("with its data", read(fd, buf, 10));
	close(fd);
	close(c);
	close(l);
}

static void closed_before(void)
{
	int l = listener(SOCK_STREAM), c = client(SOCK_STREAM), fd;
	char buf[10];

	write(c, "bye", 3);
	close(c);
	fd = accept(l, NULL, NULL);
	t_is("accept", fd > 0);
	t_val("read", read(fd, buf, 10));
	t_val("end", read(fd, buf, 10));
	close(fd);
	close(l);
}

static void *late(void *arg)
{
	usleep(20000);
	return (void *)(long)client(SOCK_STREAM);
}

static int alarms;

static void on_alarm(int sig)
{
	alarms++;
}

static void blocking(void)
{
	struct itimerval t = {{0, 0}, {0, 20000}};
	struct sigaction sa = {.sa_handler = on_alarm};
	int l = listener(SOCK_STREAM), fd;
	struct timeval tv = {10, 0};
	pthread_t p;
	void *c;

	pthread_create(&p, NULL, late, NULL);
	fd = accept(l, NULL, NULL);
	pthread_join(p, &c); /* it prints, too */
	t_is("waited for", fd > 0);
	close(fd);
	close((int)(long)c);
	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &t, NULL);
	t_val("signal", accept(l, NULL, NULL));
	sa.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &t, NULL);
	pthread_create(&p, NULL, late, NULL);
	usleep(1000);
	fd = accept(l, NULL, NULL);
	pthread_join(p, &c); /* it prints, too */
	t_is("restarted", fd > 0);
	close(fd);
	close((int)(long)c);
	setsockopt(l, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	setitimer(ITIMER_REAL, &t, NULL);
	t_val("not with a time-out", accept(l, NULL, NULL));
	t_val("signals", alarms);
	close(l);
}

int main(void)
{
	errors();
	names(SOCK_STREAM);
	names(SOCK_SEQPACKET);
	nonblocking();
	no_descriptor();
	closed_before();
	blocking();
	return 0;
}
