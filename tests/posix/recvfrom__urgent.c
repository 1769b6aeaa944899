/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Urgent data: MSG_OOB, SO_OOBINLINE, SIOCATMARK, POLLPRI, SIGURG (tcp(7),
 * recv(2), fcntl(2)); and MSG_OOB where there is none.
 */
#include "inet.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>

static void none(int family)
{
	int s[2], l = in_listener(family, 1), n = -1;
	char b[4];

	in_tcp(family, s);
	t_val("none", VAL(recv(s[0], b, 1, MSG_OOB)));
	t_val("not at a mark", VAL(ioctl(s[0], SIOCATMARK, &n)));
	t_val("mark", n);
	send(s[1], "ab", 2, 0);
	in_wait(s[0], POLLIN);
	t_val("with data", VAL(recv(s[0], b, 1, MSG_OOB)));
	t_val("peek", VAL(recv(s[0], b, 1, MSG_OOB | MSG_PEEK)));
	in_set(s[0], SOL_SOCKET, SO_OOBINLINE, 1);
	t_val("in line", VAL(recv(s[0], b, 1, MSG_OOB)));
	t_val("the data is there", VAL(recv(s[0], b, 4, 0)));
	t_val("nothing is sent", VAL(send(s[0], b, 0, MSG_OOB)));
	in_settle();
	t_val("nor comes", in_poll(s[1]));
	t_val("listener", VAL(recv(l, b, 1, MSG_OOB)));
	close(s[1]);
	close(s[0]);
	s[0] = socket(family, SOCK_STREAM, 0);
	t_val("not connected", VAL(recv(s[0], b, 1, MSG_OOB)));
	t_val("nor to send", VAL(send(s[0], b, 1, MSG_OOB | MSG_NOSIGNAL)));
	close(s[0]);
	close(l);
}

static void udp(int family)
{
	int s[2];
	char b[4];

	in_udp(family, s);
	t_val("send", VAL(send(s[0], "a", 1, MSG_OOB)));
	send(s[0], "b", 1, 0);
	in_wait(s[1], POLLIN);
	t_val("recv", VAL(recv(s[1], b, 4, MSG_OOB | MSG_DONTWAIT)));
	t_val("again", VAL(recv(s[1], b, 4, MSG_DONTWAIT)));
	close(s[0]);
	close(s[1]);
}

/* What is to be seen of a socket without reading. */
static void look(int fd)
{
	int mark = -1, unread = -1;

	ioctl(fd, SIOCATMARK, &mark);
	ioctl(fd, FIONREAD, &unread);
	t_say("  events %#x, mark %d, unread %d\n", in_poll(fd), mark, unread);
}

static void get(int fd, size_t n, int flags)
{
	char b[64] = "";
	struct iovec v = {b, n};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
	ssize_t r = recvmsg(fd, &m, flags | MSG_DONTWAIT);

	t_say("  recv %zu, %#x: %d '%s' flags %#x\n", n, flags,
	      r < 0 ? -errno : (int)r, b, r < 0 ? 0 : m.msg_flags);
	look(fd);
}

static void put(const int s[2], const char *text, int flags)
{
	t_say("send %s, %#x: %ld\n", text, flags,
	      VAL(send(s[0], text, strlen(text), flags)));
	in_settle();
	look(s[1]);
}

static void pair(const char *what, int family, int s[2])
{
	t_say("= %s\n", what);
	in_tcp(family, s);
}

static void done(const int s[2])
{
	close(s[0]);
	close(s[1]);
}

/* The byte is out of the stream, and ends a read. */
static void outside(int family)
{
	int s[2];

	pair("read in order", family, s);
	put(s, "abc", MSG_OOB);
	put(s, "def", 0);
	get(s[1], 10, MSG_OOB | MSG_PEEK);
	get(s[1], 10, MSG_OOB);
	get(s[1], 10, MSG_OOB);
	get(s[1], 10, MSG_PEEK);
	get(s[1], 1, 0);
	get(s[1], 10, 0);
	get(s[1], 10, MSG_OOB);
	get(s[1], 2, MSG_PEEK);
	get(s[1], 2, 0);
	get(s[1], 10, 0);
	get(s[1], 10, MSG_OOB);
	done(s);
	pair("passed unread", family, s);
	put(s, "abc", MSG_OOB);
	get(s[1], 10, 0);
	get(s[1], 0, 0);
	put(s, "d", 0);
	get(s[1], 10, MSG_PEEK);
	get(s[1], 10, 0);
	get(s[1], 10, MSG_OOB);
	done(s);
	pair("nothing but", family, s);
	put(s, "!", MSG_OOB);
	get(s[1], 10, 0);
	get(s[1], 10, MSG_OOB);
	put(s, "x", 0);
	get(s[1], 10, 0);
	done(s);
	pair("read late", family, s);
	put(s, "a", MSG_OOB);
	get(s[1], 0, MSG_OOB | MSG_PEEK);
	get(s[1], 0, MSG_OOB);
	put(s, "b", MSG_OOB);
	get(s[1], 5, MSG_OOB | MSG_TRUNC);
	put(s, "c", MSG_OOB);
	put(s, "d", 0);
	t_val("all of it", VAL(recv(s[1], (char[8]){0}, 1, MSG_WAITALL)));
	done(s);
	pair("after FIN", family, s);
	put(s, "ab", MSG_OOB);
	shutdown(s[0], SHUT_WR);
	in_settle();
	look(s[1]);
	get(s[1], 10, MSG_OOB);
	get(s[1], 10, 0);
	get(s[1], 10, 0);
	get(s[1], 10, MSG_OOB);
	done(s);
	pair("after a reset", family, s);
	put(s, "ab", MSG_OOB);
	setsockopt(s[0], SOL_SOCKET, SO_LINGER, &(struct linger){1, 0},
		   sizeof(struct linger));
	close(s[0]);
	in_settle();
	get(s[1], 10, MSG_OOB);
	get(s[1], 10, 0);
	get(s[1], 10, 0);
	close(s[1]);
}

/* Each one ends the one before. */
static void several(int family)
{
	int s[2];

	pair("several", family, s);
	put(s, "ab", MSG_OOB);
	put(s, "cd", MSG_OOB);
	put(s, "ef", MSG_OOB);
	get(s[1], 10, MSG_OOB);
	put(s, "g", MSG_OOB);
	get(s[1], 10, 0);
	put(s, "h", 0);
	get(s[1], 10, MSG_OOB);
	get(s[1], 10, 0);
	done(s);
	pair("one at the mark", family, s);
	put(s, "ab", MSG_OOB);
	get(s[1], 10, 0);
	put(s, "cd", MSG_OOB);
	get(s[1], 10, 0);
	get(s[1], 10, MSG_OOB);
	put(s, "e", MSG_OOB);
	put(s, "f", MSG_OOB);
	get(s[1], 10, 0);
	put(s, "g", 0);
	get(s[1], 10, 0);
	done(s);
}

static void in_line(int family)
{
	int s[2];

	pair("in line", family, s);
	in_set(s[1], SOL_SOCKET, SO_OOBINLINE, 1);
	put(s, "abc", MSG_OOB);
	put(s, "def", 0);
	get(s[1], 10, MSG_OOB);
	get(s[1], 10, MSG_PEEK);
	get(s[1], 10, 0);
	get(s[1], 10, MSG_PEEK);
	get(s[1], 10, 0);
	put(s, "ghi", MSG_OOB);
	get(s[1], 2, 0);
	in_set(s[1], SOL_SOCKET, SO_OOBINLINE, 0);
	look(s[1]);
	get(s[1], 10, MSG_OOB);
	get(s[1], 10, 0);
	done(s);
}

static volatile int urg, io;

static void on_signal(int sig, siginfo_t *i, void *ctx)
{
	if (sig == SIGURG)
		urg++;
	else if (i->si_code == POLL_PRI)
		io++;
}

static void signals(int family)
{
	struct sigaction a = {.sa_sigaction = on_signal,
			      .sa_flags = SA_SIGINFO};
	int s[2];

	pair("signals", family, s);
	sigaction(SIGURG, &a, NULL);
	sigaction(SIGRTMIN, &a, NULL);
	put(s, "a", MSG_OOB);
	t_val("no owner", urg);
	fcntl(s[1], F_SETOWN, getpid());
	put(s, "b", MSG_OOB);
	t_val("owner", urg);
	put(s, "c", 0);
	t_val("nothing urgent", urg);
	put(s, "d", MSG_OOB);
	t_val("again", urg);
	fcntl(s[1], F_SETSIG, SIGRTMIN);
	put(s, "e", MSG_OOB);
	t_say("a signal of its own: %d %d\n", urg, io);
	fcntl(s[1], F_SETFL, O_ASYNC);
	put(s, "f", MSG_OOB);
	t_say("and O_ASYNC: %d %d\n", urg, io);
	done(s);
	urg = io = 0;
}

struct late {
	int fd;
	const char *text;
	int flags;
};

static void *send_late(void *arg)
{
	struct late *l = arg;
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	usleep(30000);
	send(l->fd, l->text, strlen(l->text), l->flags);
	return NULL;
}

/* SIGURG comes to who waits for data: what is before the mark goes first. */
static void wait_for(const int s[2], const char *text, int flags, size_t n,
		     int recv_flags)
{
	struct late l = {s[0], text, flags};
	char b[16] = "";
	pthread_t t;
	ssize_t r;

	pthread_create(&t, NULL, send_late, &l);
	r = recv(s[1], b, n, recv_flags);
	t_say("late %s, %#x, %#x: %d '%s', signals %d\n", text, flags,
	      recv_flags, r < 0 ? -errno : (int)r, b, urg);
	pthread_join(t, NULL);
	in_settle();
	look(s[1]);
}

static void interrupted(int family)
{
	struct sigaction a = {.sa_sigaction = on_signal,
			      .sa_flags = SA_SIGINFO};
	int s[2];

	pair("interrupted", family, s);
	sigaction(SIGURG, &a, NULL);
	fcntl(s[1], F_SETOWN, getpid());
	wait_for(s, "abc", MSG_OOB, 10, 0);
	wait_for(s, "de", 0, 10, 0);
	wait_for(s, "!", MSG_OOB, 10, 0);
	get(s[1], 10, MSG_OOB);
	wait_for(s, "fgh", MSG_OOB, 10, MSG_PEEK);
	get(s[1], 10, 0);
	a.sa_flags |= SA_RESTART;
	sigaction(SIGURG, &a, NULL);
	wait_for(s, "ijk", MSG_OOB, 2, MSG_WAITALL);
	done(s);
	urg = 0;
}

static void readiness(int family)
{
	struct epoll_event e = {.events = EPOLLPRI | EPOLLET};
	struct timeval no = {0, 0};
	int s[2], ep = epoll_create1(0);
	fd_set except;

	pair("epoll and select", family, s);
	epoll_ctl(ep, EPOLL_CTL_ADD, s[1], &e);
	put(s, "a", 0);
	t_val("epoll, data", epoll_wait(ep, &e, 1, 0));
	put(s, "b", MSG_OOB);
	t_val("epoll, urgent", epoll_wait(ep, &e, 1, 1000));
	t_val("events", e.events);
	t_val("edge", epoll_wait(ep, &e, 1, 0));
	FD_ZERO(&except);
	FD_SET(s[1], &except);
	t_val("select", select(s[1] + 1, NULL, NULL, &except, &no));
	get(s[1], 1, MSG_OOB);
	FD_SET(s[1], &except);
	t_val("select, read", select(s[1] + 1, NULL, NULL, &except, &no));
	put(s, "c", MSG_OOB);
	t_val("epoll, next", epoll_wait(ep, &e, 1, 1000));
	done(s);
	close(ep);
}

/* Urgent data does not wait, and may be far ahead of what is read. */
static void much(int family)
{
	static char buf[300000];
	int s[2], mark = 0, sum = 0, on = 1;
	ssize_t n;

	pair("much", family, s);
	setsockopt(s[0], IPPROTO_TCP, TCP_CORK, &on, sizeof(on));
	put(s, "corked", MSG_OOB);
	get(s[1], 10, MSG_OOB);
	get(s[1], 10, 0);
	fcntl(s[0], F_SETFL, O_NONBLOCK);
	memset(buf, 'x', sizeof(buf));
	for (int left = sizeof(buf) - 1; left > 0; left -= n > 0 ? n : 0) {
		n = send(s[0], buf, left, 0);
		for (;;) {
			ssize_t r = recv(s[1], buf, 5000, MSG_DONTWAIT);

			if (r <= 0)
				break;
			sum += r;
		}
	}
	t_val("then", VAL(send(s[0], "!", 1, MSG_OOB)));
	in_wait(s[1], POLLPRI);
	for (;;) {
		ioctl(s[1], SIOCATMARK, &mark);
		if (mark || !in_wait(s[1], POLLIN))
			break;
		sum += recv(s[1], buf, 1000, MSG_DONTWAIT);
	}
	t_say("at the mark after %d\n", sum);
	get(s[1], 5, MSG_OOB);
	done(s);
}

int main(void)
{
	in_both(none);
	in_both(outside);
	in_both(several);
	in_both(in_line);
	in_both(signals);
	in_both(interrupted);
	in_both(readiness);
	in_both(much);
	in_both(udp);
	return 0;
}
