/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An edge-triggered server with hundreds of connections: every request gets
 * its answer, every connection its end.
 */
#include "inet.h"
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#define CONNECTIONS 500
#define ROUNDS	    4

static int ep, l, accepted, ended, answered;

static void serve_one(int fd)
{
	char b[64];
	ssize_t n;

	while ((n = read(fd, b, sizeof(b))) > 0) {
		answered++;
		for (int i = 0; i < n; i++)
			b[i] ^= 1;
		if (write(fd, b, n) != n)
			t_ret("write", -errno);
	}
	if (n == 0) {
		ended++;
		close(fd);
	}
}

static void *server(void *arg)
{
	struct epoll_event ev[32];

	while (ended < CONNECTIONS) {
		int n = epoll_wait(ep, ev, 32, 10000);

		if (n <= 0) {
			t_say("stuck: %d accepted, %d ended\n", accepted,
			      ended);
			return NULL;
		}
		for (int i = 0; i < n; i++) {
			int fd;

			if (ev[i].data.fd != l) {
				serve_one(ev[i].data.fd);
				continue;
			}
			while ((fd = accept4(l, NULL, NULL, SOCK_NONBLOCK)) >=
			       0) {
				struct epoll_event c = {.events = EPOLLIN |
								  EPOLLRDHUP |
								  EPOLLET,
							.data.fd = fd};

				accepted++;
				epoll_ctl(ep, EPOLL_CTL_ADD, fd, &c);
			}
		}
	}
	return NULL;
}

static void run(int family)
{
	static int c[CONNECTIONS];
	struct epoll_event ev = {.events = EPOLLIN | EPOLLET};
	pthread_t t;
	int wrong = 0, failed = 0;

	ep = epoll_create1(0);
	accepted = ended = answered = 0;
	l = in_listener(family, 1000);
	fcntl(l, F_SETFL, O_NONBLOCK);
	ev.data.fd = l;
	epoll_ctl(ep, EPOLL_CTL_ADD, l, &ev);
	pthread_create(&t, NULL, server, NULL);
	for (int i = 0; i < CONNECTIONS; i++) {
		c[i] = socket(family, SOCK_STREAM, 0);
		failed += in_connect(c[i], family, in_port(l)) != 0;
	}
	for (int r = 0; r < ROUNDS; r++) {
		char b[8];

		for (int i = 0; i < CONNECTIONS; i++) {
			snprintf(b, sizeof(b), "%d", i);
			failed += send(c[i], b, 8, 0) != 8;
		}
		for (int i = 0; i < CONNECTIONS; i++) {
			if (recv(c[i], b, 8, MSG_WAITALL) != 8)
				failed++;
			for (int k = 0; k < 8; k++)
				b[k] ^= 1;
			wrong += atoi(b) != i;
		}
	}
	for (int i = 0; i < CONNECTIONS; i++)
		close(c[i]);
	pthread_join(t, NULL);
	t_val("accepted", accepted);
	t_val("ended", ended);
	t_val("answered", answered);
	t_val("wrong", wrong);
	t_val("failed", failed);
	close(l);
	close(ep);
}

int main(void)
{
	struct rlimit r;

	getrlimit(RLIMIT_NOFILE, &r);
	r.rlim_cur = r.rlim_max < 4096 ? r.rlim_max : 4096;
	setrlimit(RLIMIT_NOFILE, &r);
	in_both(run);
	return 0;
}
