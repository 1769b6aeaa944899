/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * answer: when a web server, or Redis, gives its first answer.
 *
 *	answer now				the clock, ns
 *	answer ADDRESS PORT SINCE SECONDS [redis]
 *						"answer_ns N": from SINCE to it
 *
 * It asks again every millisecond, with a connection that waits no longer than
 * a fifth of a second; status 1 when SECONDS have gone by without an answer.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define TRY_MS 200

static unsigned long long now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

static int wait_for(int fd, short events)
{
	struct pollfd p = {fd, events, 0};

	return poll(&p, 1, TRY_MS) == 1;
}

static const char *request = "GET / HTTP/1.0\r\n\r\n";
static const char *good = "HTTP/1.1 200";

/* One request; true if the answer begins as a good one does. */
static int ask(const struct sockaddr_in *to)
{
	const ssize_t want = strlen(good);
	char got[16];
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	int ok;

	connect(fd, (const struct sockaddr *)to, sizeof(*to));
	ok = wait_for(fd, POLLOUT) &&
	     send(fd, request, strlen(request), MSG_NOSIGNAL) ==
		     (ssize_t)strlen(request) &&
	     wait_for(fd, POLLIN) && recv(fd, got, want, 0) == want &&
	     memcmp(got, good, want) == 0;
	close(fd);
	return ok;
}

int main(int argc, char **argv)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	unsigned long long since, until;

	if (argc == 2 && strcmp(argv[1], "now") == 0) {
		printf("%llu\n", now_ns());
		return 0;
	}
	if (argc == 6 && strcmp(argv[5], "redis") == 0) {
		request = "PING\r\n";
		good = "+PONG";
		argc--;
	}
	if (argc != 5 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1) {
		fprintf(stderr, "usage: answer now\n"
				"       answer ADDRESS PORT SINCE SECONDS "
				"[redis]\n");
		return 2;
	}
	to.sin_port = htons(atoi(argv[2]));
	since = strtoull(argv[3], NULL, 10);
	until = now_ns() + strtoull(argv[4], NULL, 10) * 1000000000ull;
	while (!ask(&to)) {
		if (now_ns() > until) {
			fprintf(stderr, "answer: none from %s\n", argv[1]);
			return 1;
		}
		usleep(1000);
	}
	printf("answer_ns %llu\n", now_ns() - since);
	return 0;
}
