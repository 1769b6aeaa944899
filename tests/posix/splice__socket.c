/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * splice(2) and tee(2) between pipes and sockets, sendfile(2) of a file that
 * is cut short meanwhile.
 */
#include "inet.h"
#include <pthread.h>
#include <sys/sendfile.h>

#define SIZE 2000003

static unsigned char data[SIZE], back[SIZE + 1];

static void *feed(void *arg)
{
	int fd = *(int *)arg;

	for (size_t n = 0; n < SIZE;) {
		ssize_t r = write(fd, data + n, SIZE - n);

		if (r <= 0)
			break;
		n += r;
	}
	shutdown(fd, SHUT_WR);
	return NULL;
}

static void *take(void *arg)
{
	size_t n = 0;
	ssize_t r;

	while ((r = read(*(int *)arg, back + n, sizeof(back) - n)) > 0)
		n += r;
	return (void *)n;
}

/* As a proxy: socket, pipe, socket. */
static void proxy(int a[2], int b[2])
{
	ssize_t n = 0, out;
	pthread_t in, to;
	void *got;
	int p[2];

	memset(back, 0, sizeof(back));
	pipe(p);
	pthread_create(&in, NULL, feed, &a[0]);
	pthread_create(&to, NULL, take, &b[1]);
	for (;;) {
		n = splice(a[1], NULL, p[1], NULL, 65536,
			   SPLICE_F_MOVE | SPLICE_F_MORE);
		if (n <= 0)
			break;
		for (; n > 0; n -= out) {
			out = splice(p[0], NULL, b[0], NULL, n, SPLICE_F_MOVE);
			if (out <= 0)
				break;
		}
		if (n)
			break;
	}
	t_val("at the end", VAL(n));
	shutdown(b[0], SHUT_WR);
	pthread_join(in, NULL);
	pthread_join(to, &got);
	t_val("came", (long)got);
	t_is("the same", !memcmp(data, back, SIZE));
	for (int i = 0; i < 2; i++) {
		close(p[i]);
		close(a[i]);
		close(b[i]);
	}
}

static void inet(int family)
{
	int a[2], b[2];

	in_tcp(family, a);
	in_tcp(family, b);
	proxy(a, b);
	in_tcp(family, a);
	socketpair(AF_UNIX, SOCK_STREAM, 0, b);
	proxy(a, b);
	socketpair(AF_UNIX, SOCK_STREAM, 0, a);
	in_tcp(family, b);
	proxy(a, b);
}

static void cases(int s[2])
{
	char b[64];
	loff_t off = 0;
	int p[2];

	pipe(p);
	fcntl(s[0], F_SETFL, O_NONBLOCK);
	fcntl(s[1], F_SETFL, O_NONBLOCK);
	t_val("nothing to read", VAL(splice(s[1], NULL, p[1], NULL, 10, 0)));
	t_val("no pipe", VAL(splice(s[0], NULL, s[1], NULL, 10, 0)));
	t_val("offset of a socket", VAL(splice(s[1], &off, p[1], NULL, 10, 0)));
	t_val("offset of a socket", VAL(splice(p[0], NULL, s[0], &off, 10, 0)));
	t_val("no bytes", VAL(splice(s[1], NULL, p[1], NULL, 0, 0)));
	t_val("bad flags", VAL(splice(s[1], NULL, p[1], NULL, 10, 64)));
	t_val("tee of a socket", VAL(tee(s[1], p[1], 10, 0)));
	t_val("empty pipe",
	      VAL(splice(p[0], NULL, s[0], NULL, 10, SPLICE_F_NONBLOCK)));
	write(p[1], "hello", 5);
	t_val("into the socket", VAL(splice(p[0], NULL, s[0], NULL, 10, 0)));
	in_wait(s[1], POLLIN);
	t_val("less than there is",
	      VAL(splice(s[1], NULL, p[1], NULL, 2, SPLICE_F_NONBLOCK)));
	t_val("the pipe has", VAL(read(p[0], b, sizeof(b))));
	t_val("the rest is there", VAL(recv(s[1], b, sizeof(b), 0)));
	close(p[0]);
	write(s[0], "x", 1);
	in_wait(s[1], POLLIN);
	t_val("nobody reads the pipe",
	      VAL(splice(s[1], NULL, p[1], NULL, 1, 0)));
	close(p[1]);
	pipe(p);
	shutdown(s[0], SHUT_WR);
	in_wait(s[1], POLLRDHUP);
	recv(s[1], b, sizeof(b), 0);
	t_val("end", VAL(splice(s[1], NULL, p[1], NULL, 10, 0)));
	close(p[0]);
	close(p[1]);
	close(s[0]);
	close(s[1]);
}

static void datagrams(int s[2])
{
	char b[64];
	int p[2];

	pipe(p);
	write(p[1], "abcdef", 6);
	t_val("out", VAL(splice(p[0], NULL, s[0], NULL, 4, 0)));
	t_val("one datagram", VAL(recv(s[1], b, sizeof(b), 0)));
	close(p[0]);
	close(p[1]);
	close(s[0]);
	close(s[1]);
}

/* What is on its way stays; no more comes. */
static void truncated(int s[2])
{
	size_t sent = 0, n = 0;
	off_t at = 0;
	ssize_t r;
	int f;

	f = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
	write(f, data, 1 << 20);
	t_val("some", VAL(sendfile(s[0], f, &at, 8192)));
	fcntl(s[1], F_SETFL, O_NONBLOCK);
	in_wait(s[1], POLLIN);
	for (int i = 0; i < 50 && n < 8192; i++) {
		r = read(s[1], back + n, 8192 - n);
		if (r > 0)
			n += r;
		else
			in_wait(s[1], POLLIN);
	}
	t_val("came", n);
	t_is("the same", !memcmp(back, data, n));
	t_val("cut", VAL(ftruncate(f, 10000)));
	t_val("what is left", VAL(sendfile(s[0], f, &at, 100000)));
	t_val("position", at);
	t_val("at the end", VAL(sendfile(s[0], f, &at, 100000)));
	t_val("cut", VAL(ftruncate(f, 100)));
	t_val("behind the end", VAL(sendfile(s[0], f, &at, 100000)));
	t_val("position", at);
	/* Fill the way, then cut the file to nothing. */
	ftruncate(f, 0);
	pwrite(f, data, 1 << 20, 0);
	fcntl(s[0], F_SETFL, O_NONBLOCK);
	at = 0;
	while (sent < 64 * 4096 &&
	       (r = sendfile(s[0], f, &at, 64 * 4096 - sent)) > 0)
		sent += r;
	ftruncate(f, 0);
	t_val("then", VAL(sendfile(s[0], f, &at, 4096)));
	shutdown(s[0], SHUT_WR);
	n = 0;
	while (in_wait(s[1], POLLIN) &&
	       (r = read(s[1], back + n, sizeof(back) - n)) > 0)
		n += r;
	t_is("all that was sent", n == sent + 10000 - 8192);
	close(f);
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	int s[2];

	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < SIZE; i++)
		data[i] = i * 7 + i / 251;
	in_both(inet);
	t_say("== TCP\n");
	in_tcp(AF_INET, s);
	cases(s);
	t_say("== UNIX\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	cases(s);
	t_say("== UDP\n");
	in_udp(AF_INET, s);
	datagrams(s);
	t_say("== UNIX datagrams\n");
	socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
	datagrams(s);
	t_say("== a file cut short, TCP\n");
	in_tcp(AF_INET, s);
	truncated(s);
	t_say("== a file cut short, UNIX\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	truncated(s);
	return 0;
}
