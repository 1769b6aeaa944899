/* SPDX-License-Identifier: BSD-2-Clause */
/* sendfile(2) and splice(2) of a file to a socket. */
#include "t.h"
#include <pthread.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#define SIZE 1000003

static char data[SIZE], back[SIZE + 10];
static int p[2], pipes;

static void on_pipe(int sig)
{
	pipes++;
}

static void *reader(void *arg)
{
	size_t n = 0;
	ssize_t r;

	while ((r = read(p[1], back + n, sizeof(back) - n)) > 0)
		n += r;
	return (void *)n;
}

static void begin(pthread_t *t)
{
	memset(back, 0, sizeof(back));
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	pthread_create(t, NULL, reader, NULL);
}

static void end(pthread_t t, size_t off, size_t n)
{
	void *got;

	shutdown(p[0], SHUT_WR);
	pthread_join(t, &got);
	t_is("all arrived", (size_t)got == n);
	t_is("unchanged", !memcmp(back, data + off, n));
	close(p[0]);
	close(p[1]);
}

static void whole(int fd)
{
	off_t off = 0;
	pthread_t t;

	begin(&t);
	t_val("sendfile", sendfile(p[0], fd, &off, SIZE));
	t_val("offset", off);
	end(t, 0, SIZE);
	begin(&t);
	off = 12345;
	t_val("from within", sendfile(p[0], fd, &off, 500000));
	t_val("offset", off);
	end(t, 12345, 500000);
	begin(&t);
	lseek(fd, SIZE - 5000, SEEK_SET);
	t_val("more than there is", sendfile(p[0], fd, NULL, 1 << 30));
	t_val("at the end", sendfile(p[0], fd, NULL, 100));
	t_val("position", lseek(fd, 0, SEEK_CUR));
	end(t, SIZE - 5000, 5000);
}

static void by_pipe(int fd)
{
	loff_t off = 1000;
	size_t sent = 0;
	pthread_t t;
	int q[2];

	begin(&t);
	pipe(q);
	while (sent < 300000) {
		ssize_t n = splice(fd, &off, q[1], NULL, 300000 - sent, 0);

		if (n <= 0)
			break;
		sent += n;
		while (n > 0)
			n -= splice(q[0], NULL, p[0], NULL, n, SPLICE_F_MORE);
	}
	t_val("spliced", sent);
	end(t, 1000, 300000);
	close(q[0]);
	close(q[1]);
}

/* A page in a pipe is the file's own. */
static void shared(int fd)
{
	char c[4];
	loff_t off = 0;
	int q[2];

	pipe(q);
	t_val("splice", splice(fd, &off, q[1], NULL, 4, 0));
	t_val("write behind", write(q[1], "piped", 5));
	pwrite(fd, "NEW!", 4, 0);
	t_val("read", read(q[0], c, 4));
	t_bytes("sees the write", c, 4);
	t_val("read", read(q[0], back, 10));
	pread(fd, back, 10, 0);
	t_bytes("file", back, 10);
	pwrite(fd, data, 10, 0);
	close(q[0]);
	close(q[1]);
}

static void holes(void)
{
	int fd = open("hole", O_RDWR | O_CREAT, 0600);
	off_t off = 0;
	pthread_t t;
	void *got;

	ftruncate(fd, 100000);
	pwrite(fd, "middle", 6, 50000);
	begin(&t);
	t_val("sendfile", sendfile(p[0], fd, &off, 200000));
	shutdown(p[0], SHUT_WR);
	pthread_join(t, &got);
	t_val("arrived", (long)got);
	t_bytes("middle", back + 49998, 10);
	t_is("zeroes", !back[0] && !back[49999] && !back[99999]);
	close(p[0]);
	close(p[1]);
	close(fd);
}

static void errors(int fd)
{
	off_t off = 0;
	ssize_t n;

	socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, p);
	n = sendfile(p[0], fd, &off, SIZE);
	t_is("as much as fits", n > 0 && n < SIZE && off == n);
	t_val("full", sendfile(p[0], fd, &off, SIZE));
	t_val("from a socket", sendfile(p[0], p[1], NULL, 10));
	t_val("from a socket to a file", sendfile(fd, p[1], NULL, 10));
	close(p[1]);
	off = 0;
	t_val("closed", sendfile(p[0], fd, &off, 10));
	t_val("SIGPIPE", pipes);
	t_val("offset", off);
	close(p[0]);
	n = socket(AF_UNIX, SOCK_STREAM, 0);
	t_val("not connected", sendfile(n, fd, &off, 10));
	close(n);
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	t_val("beyond the end", sendfile(p[0], fd, (off_t[1]){SIZE + 5}, 10));
	t_val("bad offset", sendfile(p[0], fd, T_BAD, 10));
	close(p[0]);
	close(p[1]);
}

static void from_socket(void)
{
	int q[2];

	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	pipe(q);
	write(p[0], "through a pipe", 14);
	t_val("socket to pipe", splice(p[1], NULL, q[1], NULL, 100, 0));
	t_val("pipe to socket", splice(q[0], NULL, p[1], NULL, 9, 0));
	t_val("read", read(p[0], back, 100));
	t_bytes("text", back, 9);
	t_val("offset for a socket",
	      splice(q[0], NULL, p[1], (loff_t[1]){0}, 1, 0));
	t_val("rest", splice(q[0], NULL, p[1], NULL, 100, 0));
	fcntl(p[1], F_SETFL, O_NONBLOCK);
	t_val("none there", splice(p[1], NULL, q[1], NULL, 100, 0));
	close(p[0]);
	t_val("end", splice(p[1], NULL, q[1], NULL, 100, 0));
	close(p[1]);
	close(q[0]);
	close(q[1]);
}

int main(void)
{
	int fd = open("file", O_RDWR | O_CREAT, 0600);

	signal(SIGPIPE, on_pipe);
	for (size_t i = 0; i < SIZE; i++)
		data[i] = (char)(i * 13 + i / 4093);
	write(fd, data, SIZE);
	whole(fd);
	by_pipe(fd);
	shared(fd);
	holes();
	errors(fd);
	from_socket();
	return 0;
}
