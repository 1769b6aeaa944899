/* SPDX-License-Identifier: BSD-2-Clause */
/* send() and recv() of streams and their flags: see send(2), recv(2), tcp(7).
 */
#include "inet.h"
#include <pthread.h>
#include <sys/time.h>

static volatile int got;

static void on_signal(int sig)
{
	got++;
}

static void flags(int family)
{
	char b[32] = "", name[32];
	int s[2], n;

	in_tcp(family, s);
	t_val("MSG_DONTWAIT", VAL(recv(s[0], b, 8, MSG_DONTWAIT)));
	send(s[1], "abcdef", 6, 0);
	in_wait(s[0], POLLIN);
	t_val("MSG_PEEK", VAL(recv(s[0], b, 3, MSG_PEEK)));
	t_val("again", VAL(recv(s[0], b, 32, MSG_PEEK)));
	t_val("FIONREAD", (ioctl(s[0], FIONREAD, &n), n));
	t_val("recv", VAL(recv(s[0], b, 2, 0)));
	t_val("FIONREAD", (ioctl(s[0], FIONREAD, &n), n));
	t_val("MSG_TRUNC drops", VAL(recv(s[0], NULL, 2, MSG_TRUNC)));
	t_val("recv", VAL(recv(s[0], b, 32, 0)));
	t_bytes("data", b, 2);
	t_val("nothing", VAL(recv(s[0], b, 0, MSG_DONTWAIT)));
	t_val("send of nothing", VAL(send(s[0], b, 0, 0)));
	t_val("bad buffer", VAL(send(s[1], T_BAD, 8, 0)));
	send(s[1], "xyz", 3, 0);
	in_wait(s[0], POLLIN);
	t_val("bad buffer", VAL(recv(s[0], T_BAD, 8, 0)));
	t_val("it is still there", VAL(recv(s[0], b, 8, MSG_DONTWAIT)));
	t_val("a name is not looked at",
	      VAL(sendto(s[1], "x", 1, 0, T_BAD, 0)));
	n = 99;
	t_val("nor given",
	      VAL(recvfrom(s[0], b, 8, 0, (void *)name, (socklen_t *)&n)));
	t_val("its length", n);
	close(s[0]);
	close(s[1]);
}

static void *drip(void *arg)
{
	int fd = *(int *)arg;

	for (int i = 0; i < 4; i++) {
		usleep(5000);
		send(fd, "12345", 5, 0);
	}
	usleep(5000);
	shutdown(fd, SHUT_WR);
	return NULL;
}

static void wait_all(int family)
{
	struct timeval tv = {0, 30000};
	pthread_t t;
	char b[64];
	int s[2];

	in_tcp(family, s);
	pthread_create(&t, NULL, drip, &s[1]);
	t_val("MSG_WAITALL", VAL(recv(s[0], b, 12, MSG_WAITALL)));
	t_val("until the end", VAL(recv(s[0], b, 64, MSG_WAITALL)));
	t_val("end", VAL(recv(s[0], b, 64, MSG_WAITALL)));
	pthread_join(t, NULL);
	close(s[0]);
	close(s[1]);
	in_tcp(family, s);
	send(s[1], "123", 3, 0);
	in_wait(s[0], POLLIN);
	t_val("DONTWAIT wins",
	      VAL(recv(s[0], b, 8, MSG_WAITALL | MSG_DONTWAIT)));
	send(s[1], "123", 3, 0);
	setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	t_val("SO_RCVTIMEO", VAL(recv(s[0], b, 8, MSG_WAITALL)));
	t_val("nothing", VAL(recv(s[0], b, 8, 0)));
	send(s[1], "123456", 6, 0);
	t_val("PEEK of all", VAL(recv(s[0], b, 6, MSG_WAITALL | MSG_PEEK)));
	t_val("recv", VAL(recv(s[0], b, 8, 0)));
	close(s[0]);
	close(s[1]);
}

/* A peer that does not read. */
static void full(int family)
{
	struct timeval tv = {0, 30000};
	static char b[65536];
	int s[2], n, flags;
	long sum = 0, r;

	in_tcp(family, s);
	flags = fcntl(s[0], F_GETFL);
	fcntl(s[0], F_SETFL, flags | O_NONBLOCK);
	for (int i = 0; i < 2000; i++) {
		while ((r = send(s[0], b, sizeof(b), 0)) > 0)
			sum += r;
		in_settle();
		r = send(s[0], b, sizeof(b), 0);
		if (r < 0)
			break;
		sum += r;
	}
	t_val("full", VAL(send(s[0], b, 1, 0)));
	t_val("events", in_poll(s[0]));
	fcntl(s[0], F_SETFL, flags);
	setsockopt(s[0], SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	t_val("SO_SNDTIMEO", VAL(send(s[0], b, 1, 0)));
	t_is("something waits", ioctl(s[0], TIOCOUTQ, &n) == 0 && n > 0);
	fcntl(s[1], F_SETFL, O_NONBLOCK);
	while (sum) {
		if (!in_wait(s[1], POLLIN))
			break;
		while ((r = read(s[1], b, sizeof(b))) > 0)
			sum -= r;
	}
	t_val("all came", sum);
	t_val("room again", !!(in_wait(s[0], POLLOUT) & POLLOUT));
	close(s[0]);
	close(s[1]);
}

static void *closer(void *arg)
{
	usleep(20000);
	shutdown(*(int *)arg, SHUT_RDWR);
	return NULL;
}

static void waiting(int family)
{
	struct sigaction sa = {.sa_handler = on_signal};
	pthread_t t;
	char b[8];
	int s[2];

	in_tcp(family, s);
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 0);
	t_val("a signal ends it", VAL(recv(s[0], b, 8, 0)));
	pthread_create(&t, NULL, closer, &s[0]);
	t_val("and shutdown here", VAL(recv(s[0], b, 8, 0)));
	pthread_join(t, NULL);
	close(s[0]);
	close(s[1]);
	in_tcp(family, s);
	pthread_create(&t, NULL, closer, &s[1]);
	t_val("and there", VAL(recv(s[0], b, 8, 0)));
	pthread_join(t, NULL);
	close(s[0]);
	close(s[1]);
}

static void more(int family)
{
	char b[32];
	int s[2];

	in_tcp(family, s);
	t_val("MSG_MORE", VAL(send(s[0], "abc", 3, MSG_MORE)));
	t_val("def", VAL(send(s[0], "def", 3, 0)));
	t_val("both", VAL(recv(s[1], b, 6, MSG_WAITALL)));
	in_set(s[0], IPPROTO_TCP, TCP_CORK, 1);
	send(s[0], "abc", 3, 0);
	send(s[0], "def", 3, 0);
	in_settle();
	t_val("TCP_CORK", VAL(recv(s[1], b, 32, MSG_DONTWAIT)));
	in_set(s[0], IPPROTO_TCP, TCP_CORK, 0);
	t_val("taken out", VAL(recv(s[1], b, 6, MSG_WAITALL)));
	send(s[0], "abc", 3, MSG_MORE);
	in_set(s[0], IPPROTO_TCP, TCP_NODELAY, 1);
	in_wait(s[1], POLLIN);
	t_val("NODELAY pushes", VAL(recv(s[1], b, 32, MSG_DONTWAIT)));
	send(s[0], "last", 4, MSG_MORE);
	shutdown(s[0], SHUT_WR);
	t_val("so does the end", VAL(recv(s[1], b, 32, MSG_WAITALL)));
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	in_both(flags);
	in_both(wait_all);
	in_both(full);
	in_both(waiting);
	in_both(more);
	return 0;
}
