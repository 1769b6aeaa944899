/* SPDX-License-Identifier: BSD-2-Clause */
/* sendfile() and splice() to and from sockets. */
#include "inet.h"
#include <pthread.h>
#include <sys/sendfile.h>

#define SIZE 3000000

static unsigned char *content;

static void *take(void *arg)
{
	unsigned char *in = malloc(SIZE);
	size_t n = 0;
	ssize_t r;

	while (n < SIZE && (r = read(*(int *)arg, in + n, SIZE - n)) > 0)
		n += r;
	t_val("came", n);
	t_is("the same", n == SIZE && !memcmp(in, content, SIZE));
	free(in);
	return NULL;
}

static void whole(int family)
{
	int s[2], f = open("f", O_RDONLY);
	pthread_t t;
	off_t at = 0;
	ssize_t r;

	in_tcp(family, s);
	pthread_create(&t, NULL, take, &s[1]);
	while (at < SIZE) {
		r = sendfile(s[0], f, &at, SIZE - at);
		if (r <= 0) {
			t_val("sendfile", VAL(r));
			break;
		}
	}
	pthread_join(t, NULL);
	t_val("position", lseek(f, 0, SEEK_CUR));
	t_val("at the end", VAL(sendfile(s[0], f, &at, 10)));
	close(f);
	close(s[0]);
	close(s[1]);
}

static void errors(int family)
{
	int s[2], f = open("f", O_RDONLY), n;
	char b[16];

	in_tcp(family, s);
	t_val("100 bytes", VAL(sendfile(s[0], f, NULL, 100)));
	t_val("position", lseek(f, 0, SEEK_CUR));
	in_wait(s[1], POLLIN);
	t_val("they are there", (ioctl(s[1], FIONREAD, &n), n));
	fcntl(s[0], F_SETFL, O_NONBLOCK);
	for (int i = 0; i < 1000; i++) {
		off_t at = 0;
		ssize_t r = sendfile(s[0], f, &at, SIZE);

		if (r < 0) {
			in_settle();
			r = sendfile(s[0], f, &at, SIZE);
			if (r >= 0)
				continue;
			t_val("full", -errno);
			break;
		}
	}
	signal(SIGPIPE, SIG_IGN);
	shutdown(s[0], SHUT_WR);
	t_val("shut", VAL(sendfile(s[0], f, NULL, 10)));
	close(s[0]);
	s[0] = socket(family, SOCK_STREAM, 0);
	t_val("not connected", VAL(sendfile(s[0], f, NULL, 10)));
	close(s[0]);
	close(s[1]);
	in_udp(family, s);
	lseek(f, 0, SEEK_SET);
	t_val("datagrams", VAL(sendfile(s[0], f, NULL, 10)));
	t_val("recv", VAL(recv(s[1], b, 16, 0)));
	close(s[0]);
	close(s[1]);
	close(f);
}

static void pipes(int family)
{
	int s[2], p[2];
	char b[32];

	in_tcp(family, s);
	pipe(p);
	write(p[1], "through a pipe", 14);
	t_val("pipe to socket", VAL(splice(p[0], NULL, s[0], NULL, 100, 0)));
	in_wait(s[1], POLLIN);
	t_val("socket to pipe", VAL(splice(s[1], NULL, p[1], NULL, 100, 0)));
	t_val("read", VAL(read(p[0], b, 32)));
	t_bytes("data", b, 14);
	fcntl(s[1], F_SETFL, O_NONBLOCK);
	t_val("nothing there", VAL(splice(s[1], NULL, p[1], NULL, 100, 0)));
	t_val("an offset", VAL(splice(s[1], &(loff_t){0}, p[1], NULL, 1, 0)));
	shutdown(s[0], SHUT_WR);
	in_wait(s[1], POLLIN);
	t_val("the end", VAL(splice(s[1], NULL, p[1], NULL, 100, 0)));
	close(p[0]);
	close(p[1]);
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	int fd = open("f", O_CREAT | O_RDWR, 0644);

	content = malloc(SIZE);
	for (int i = 0; i < SIZE; i++)
		content[i] = i * 31 + i / 1000;
	t_val("file", write(fd, content, SIZE));
	close(fd);
	in_both(whole);
	in_both(errors);
	in_both(pipes);
	free(content);
	return 0;
}
