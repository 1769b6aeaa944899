/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A handler interrupts a call on a socket: signal(7). With SA_RESTART the call
 * goes on, but not if a timeout was set with SO_RCVTIMEO or SO_SNDTIMEO, and
 * never without SA_RESTART.
 */
#include "inet.h"
#include <pthread.h>
#include <sys/time.h>

static volatile int hits;
static int s[2], l;
static pthread_t self;

static void on_usr(int sig)
{
	hits++;
}

/* Two signals, then what lets the call end. A loaded machine may let the other
 * thread wait long for its first: the second is counted from there. */
static void *disturb(void *arg)
{
	void (*then)(void) = (void (*)(void))arg;

	for (int i = 0; i < 2; i++) {
		usleep(30000);
		pthread_kill(self, SIGUSR1);
		for (int n = 0; hits <= i && n < 1000; n++)
			usleep(1000);
	}
	usleep(30000);
	then();
	return NULL;
}

static void feed(void)
{
	send(s[1], "abc", 3, 0);
}

static void drain(void)
{
	static char b[100000];
	size_t all = 0;
	ssize_t n;

	fcntl(s[1], F_SETFL, O_NONBLOCK);
	for (int idle = 0; idle < 10;) {
		n = read(s[1], b, sizeof(b));
		if (n > 0) {
			all += n;
			idle = 0;
		} else {
			usleep(5000);
			idle++;
		}
	}
	fcntl(s[1], F_SETFL, 0);
	t_is("drained", all > 0);
}

static void call_in(void)
{
	int c = socket(AF_INET, SOCK_STREAM, 0);

	in_connect(c, AF_INET, in_port(l));
	close(c);
}

static void handler(int flags)
{
	struct sigaction sa = {.sa_handler = on_usr, .sa_flags = flags};

	sigaction(SIGUSR1, &sa, NULL);
	hits = 0;
}

static long receive(void)
{
	char b[8];

	return VAL(recv(s[0], b, 8, 0));
}

static long receive_all(void)
{
	char b[3];

	return VAL(recv(s[0], b, 3, MSG_WAITALL));
}

static long receive_msg(void)
{
	char b[8];
	struct iovec v = {b, 8};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};

	return VAL(recvmsg(s[0], &m, 0));
}

static long read_it(void)
{
	char b[8];

	return VAL(read(s[0], b, 8));
}

static long accept_it(void)
{
	int fd = VAL(accept(l, NULL, NULL));

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

/* Fill the way, also what comes free while its last bytes are still moving
 * from one end to the other. */
static void fill(void)
{
	static char b[4096];
	int more;

	do {
		more = 0;
		while (send(s[0], b, sizeof(b), MSG_DONTWAIT) > 0)
			more = 1;
		while (send(s[0], b, 1, MSG_DONTWAIT) > 0)
			more = 1;
		usleep(50000);
	} while (more);
}

static long send_it(void)
{
	return VAL(send(s[0], "x", 1, 0));
}

static void run(const char *what, long (*call)(void), void (*then)(void),
		int fd, int timeout, int flags)
{
	struct timeval tv = {timeout, 0};
	pthread_t t;
	long r;

	if (call == send_it)
		fill();
	handler(flags);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	pthread_create(&t, NULL, disturb, (void *)then);
	r = call();
	t_val(what, r);
	t_val("signals so far", hits);
	pthread_join(t, NULL);
}

static void empty(void)
{
	char b[16];

	while (recv(s[0], b, sizeof(b), MSG_DONTWAIT) > 0)
		continue;
	l >= 0 ? (void)fcntl(l, F_SETFL, O_NONBLOCK) : (void)0;
	for (int fd; l >= 0 && (fd = accept(l, NULL, NULL)) >= 0;)
		close(fd);
	if (l >= 0)
		fcntl(l, F_SETFL, 0);
}

static void all(int stream)
{
	for (int timeout = 0; timeout <= 5; timeout += 5) {
		for (int i = 0; i < 2; i++) {
			int flags = i ? SA_RESTART : 0;

			t_say("-- timeout %d, SA_RESTART %d\n", timeout, i);
			run("recv", receive, feed, s[0], timeout, flags);
			empty();
			run("recvmsg", receive_msg, feed, s[0], timeout, flags);
			empty();
			run("read", read_it, feed, s[0], timeout, flags);
			empty();
			if (!stream)
				continue;
			run("recv all", receive_all, feed, s[0], timeout,
			    flags);
			empty();
			run("send", send_it, drain, s[0], timeout, flags);
			empty();
			if (l < 0)
				continue;
			run("accept", accept_it, call_in, l, timeout, flags);
			empty();
		}
	}
}

static void shut(void)
{
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	self = pthread_self();
	t_say("== TCP\n");
	in_tcp(AF_INET, s);
	l = in_listener(AF_INET, 5);
	all(1);
	shut();
	close(l);
	l = -1;
	t_say("== UDP\n");
	in_udp(AF_INET, s);
	all(0);
	shut();
	t_say("== UNIX stream\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	all(1);
	shut();
	t_say("== UNIX datagram\n");
	socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
	all(0);
	shut();
	return 0;
}
