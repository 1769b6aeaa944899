/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A server for run: on TCP port 7000, one connection at a time, each with one
 * line that says what to do.
 *
 *	recv N		take N bytes, which must be the pattern; answer "ok\n"
 *	send N		send N bytes of the pattern
 *	mem		say how many bytes of memory are free
 *	quit		end with status 0
 *
 * and on UDP port 7000, which sends each datagram back.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/sysinfo.h>
#include <unistd.h>

static unsigned char pattern[65536 + 251], buf[65536];

static void die(const char *what)
{
	perror(what);
	exit(1);
}

/* The byte at offset n of a transfer is n % 251. */
static const unsigned char *pattern_at(unsigned long n)
{
	return pattern + n % 251;
}

static const char *take(int fd, unsigned long n)
{
	for (unsigned long at = 0; at < n;) {
		unsigned long want = n - at;
		ssize_t k =
			read(fd, buf, want < sizeof(buf) ? want : sizeof(buf));

		if (k <= 0)
			return "short\n";
		if (memcmp(buf, pattern_at(at), k))
			return "wrong\n";
		at += k;
	}
	return "ok\n";
}

static void give(int fd, unsigned long n)
{
	for (unsigned long at = 0; at < n;) {
		unsigned long want = n - at;
		ssize_t k =
			write(fd, pattern_at(at), want < 65536 ? want : 65536);

		if (k <= 0)
			return;
		at += k;
	}
}

/* One line, without reading further than it goes. */
static void read_line(int fd, char *line, size_t size)
{
	size_t n = 0;

	while (n + 1 < size && read(fd, line + n, 1) == 1 && line[n] != '\n')
		n++;
	line[n] = '\0';
}

static void serve(int fd)
{
	char line[64];
	const char *answer;

	read_line(fd, line, sizeof(line));
	if (strncmp(line, "recv ", 5) == 0) {
		answer = take(fd, strtoul(line + 5, NULL, 10));
		write(fd, answer, strlen(answer));
	} else if (strncmp(line, "send ", 5) == 0) {
		give(fd, strtoul(line + 5, NULL, 10));
	} else if (strcmp(line, "mem") == 0) {
		struct sysinfo info;

		sysinfo(&info);
		dprintf(fd, "%lu\n", info.freeram * info.mem_unit);
	} else if (strcmp(line, "quit") == 0) {
		close(fd);
		exit(0);
	}
	close(fd);
}

static int open_port(int type)
{
	struct sockaddr_in any = {.sin_family = AF_INET,
				  .sin_port = htons(7000)};
	int s = socket(AF_INET, type, 0);

	if (s < 0)
		die("socket");
	if (bind(s, (struct sockaddr *)&any, sizeof(any)))
		die("bind");
	return s;
}

static void echo(int s)
{
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	ssize_t n = recvfrom(s, buf, sizeof(buf), 0, (struct sockaddr *)&from,
			     &len);

	if (n < 0 || sendto(s, buf, n, 0, (struct sockaddr *)&from, len) != n)
		die("echo");
}

int main(void)
{
	struct pollfd p[2];

	signal(SIGPIPE, SIG_IGN); /* a client that ends early */
	for (unsigned int i = 0; i < sizeof(pattern); i++)
		pattern[i] = i % 251;
	p[0] = (struct pollfd){open_port(SOCK_STREAM), POLLIN, 0};
	p[1] = (struct pollfd){open_port(SOCK_DGRAM), POLLIN, 0};
	if (listen(p[0].fd, 5))
		die("listen");
	printf("listening\n");
	fflush(stdout);
	for (;;) {
		if (poll(p, 2, -1) < 0)
			die("poll");
		if (p[1].revents)
			echo(p[1].fd);
		if (p[0].revents) {
			int fd = accept(p[0].fd, NULL, NULL);

			if (fd < 0)
				die("accept");
			serve(fd);
		}
	}
}
