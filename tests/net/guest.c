/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest of tests/net: shows what the network's configuration left in /etc,
 * then serves one TCP connection after another on port 7, and UDP's port 7 (it
 * sends back what it reads), both families, until it is killed or for the
 * seconds given. With another argument it answers once and ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static void show(const char *path)
{
	char text[512];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);

	text[n > 0 ? n : 0] = '\0';
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		printf("%s: %s\n", path, line);
	close(fd);
}

static void show_all(void)
{
	struct utsname u;

	uname(&u);
	printf("uname: %s\n", u.nodename);
	show("/etc/hostname");
	show("/etc/hosts");
	show("/etc/resolv.conf");
	printf("ready\n");
	fflush(stdout);
}

static char buf[65536];

static void echo_datagram(int fd)
{
	struct sockaddr_in6 from;
	socklen_t len = sizeof(from);
	ssize_t n = recvfrom(fd, buf, sizeof(buf), 0, (void *)&from, &len);

	if (n >= 0)
		sendto(fd, buf, n, 0, (void *)&from, len);
}

static void echo(int fd)
{
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0)
		for (ssize_t at = 0, w; at < n; at += w) {
			w = write(fd, buf + at, n - at);
			if (w < 0)
				break;
		}
	close(fd);
}

/* Write 3 MB to the first who comes and end, without a close(). */
static int answer_and_exit(int fd)
{
	static char data[3 << 20];
	int c = accept(fd, NULL, NULL);
	char first;

	memset(data, 7, sizeof(data));
	read(c, &first, 1);
	for (size_t at = 0; at < sizeof(data);) {
		ssize_t n = write(c, data + at, sizeof(data) - at);

		if (n < 0)
			return 1;
		at += n;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct sockaddr_in6 a = {.sin6_family = AF_INET6,
				 .sin6_port = htons(7)};
	struct timespec now, end;
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	int udp = socket(AF_INET6, SOCK_DGRAM, 0);

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += argc > 1 ? atoi(argv[1]) : 60;
	if (fd >= 0 && (bind(fd, (void *)&a, sizeof(a)) || listen(fd, 10))) {
		perror("bind");
		return 1;
	}
	if (udp >= 0 && bind(udp, (void *)&a, sizeof(a))) {
		perror("bind");
		return 1;
	}
	show_all();
	if (argc > 2)
		return answer_and_exit(fd);
	do {
		struct pollfd p[2] = {{.fd = fd, .events = POLLIN},
				      {.fd = udp, .events = POLLIN}};

		poll(p, 2, 1000);
		if (p[1].revents)
			echo_datagram(udp);
		if (p[0].revents)
			echo(accept(fd, NULL, NULL));
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec < end.tv_sec);
	show_all();
	return 0;
}
