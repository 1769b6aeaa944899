/* SPDX-License-Identifier: BSD-2-Clause */
/* pipe2(fds, flags): see pipe(2) and pipe(7). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

#ifndef F_SETPIPE_SZ
#define F_SETPIPE_SZ 1031
#define F_GETPIPE_SZ 1032
#endif

static char buf[1 << 20];

static void flags_and_errors(void)
{
	int p[2];
	struct stat st;

	t_ret("no flags", pipe2(p, 0));
	t_is("lowest first", p[0] == 3 && p[1] == 4);
	t_val("read end", fcntl(p[0], F_GETFL));
	t_val("write end", fcntl(p[1], F_GETFL));
	fstat(p[0], &st);
	t_is("fstat says FIFO", S_ISFIFO(st.st_mode));
	t_val("mode", st.st_mode & 07777);
	t_val("links", st.st_nlink);
	t_val("size", st.st_size);
	t_val("read the write end", read(p[1], buf, 1));
	t_val("write the read end", write(p[0], buf, 1));
	t_val("pread", pread(p[0], buf, 1, 0));
	t_val("lseek", lseek(p[0], 0, SEEK_SET));
	t_val("ftruncate", ftruncate(p[1], 0));
	t_is("not mapped",
	     mmap(0, 4096, PROT_READ, MAP_SHARED, p[0], 0) == MAP_FAILED);
	t_ret("why", -1);
	close(p[0]);
	close(p[1]);
	t_ret("all flags", pipe2(p, O_CLOEXEC | O_NONBLOCK | O_DIRECT));
	t_val("read end", fcntl(p[0], F_GETFL));
	t_val("write end", fcntl(p[1], F_GETFL));
	t_val("close on exec", fcntl(p[0], F_GETFD) & fcntl(p[1], F_GETFD));
	close(p[0]);
	close(p[1]);
	t_val("unknown flag", pipe2(p, O_APPEND));
	t_val("bad pointer", pipe2(T_BAD, 0));
	t_val("nothing left open", open("/dev/null", O_RDONLY));
	close(3);
}

static void ends(void)
{
	int p[2];

	signal(SIGPIPE, SIG_IGN);
	pipe2(p, O_NONBLOCK);
	t_val("empty", read(p[0], buf, 10));
	t_val("nothing written", write(p[1], buf, 0));
	t_val("write", write(p[1], "hello", 5));
	t_val("part", read(p[0], buf, 2));
	t_bytes("bytes", buf, 2);
	t_val("rest", read(p[0], buf, 10));
	t_bytes("bytes", buf, 3);
	write(p[1], "last", 4);
	close(p[1]);
	t_val("after close", read(p[0], buf, 10));
	t_val("end of file", read(p[0], buf, 10));
	close(p[0]);
	pipe2(p, 0);
	close(p[0]);
	t_val("no reader", write(p[1], "x", 1));
	t_val("no reader, nothing", write(p[1], "x", 0));
	close(p[1]);
}

static void capacity(void)
{
	int p[2], n;

	pipe2(p, O_NONBLOCK);
	t_val("size", fcntl(p[1], F_GETPIPE_SZ));
	t_val("fill", write(p[1], buf, sizeof(buf)));
	t_val("full", write(p[1], buf, 1));
	ioctl(p[0], FIONREAD, &n);
	t_val("FIONREAD", n);
	t_val("take some", read(p[0], buf, 4095));
	t_val("a page is not free", write(p[1], buf, 1));
	t_val("take one", read(p[0], buf, 1));
	t_val("atomic", write(p[1], buf, 4096));
	t_val("take two pages", read(p[0], buf, 8192));
	t_val("partial", write(p[1], buf, 20000));
	t_val("full again", write(p[1], buf, 4096));
	t_val("drain", read(p[0], buf, sizeof(buf)));
	for (n = 0; write(p[1], "abc", 3) == 3; n++)
		;
	t_val("small writes are merged", n);
	while (read(p[0], buf, 100) > 0)
		;
	t_val("one byte", write(p[1], "a", 1));
	t_val("and 64 KB", write(p[1], buf, 65536));
	close(p[0]);
	close(p[1]);
}

static void resize(void)
{
	int p[2];

	pipe2(p, O_NONBLOCK);
	t_val("smaller", fcntl(p[0], F_SETPIPE_SZ, 4096));
	t_val("fill", write(p[1], buf, 10000));
	t_val("larger", fcntl(p[1], F_SETPIPE_SZ, 9000));
	t_val("more", write(p[1], buf, 100000));
	t_val("busy", fcntl(p[1], F_SETPIPE_SZ, 4096));
	t_val("all there", read(p[0], buf, 100000));
	t_val("nothing", fcntl(p[1], F_SETPIPE_SZ, 0));
	t_val("a megabyte", fcntl(p[1], F_SETPIPE_SZ, 1 << 20));
	t_val("fill it", write(p[1], buf, 1 << 20));
	t_val("too large", fcntl(p[1], F_SETPIPE_SZ, 0x80000001u));
	close(p[0]);
	close(p[1]);
	p[0] = open("/dev/null", O_RDWR);
	t_val("no pipe", fcntl(p[0], F_GETPIPE_SZ));
	close(p[0]);
}

static void packets(void)
{
	int p[2];

	pipe2(p, O_DIRECT | O_NONBLOCK);
	write(p[1], "first", 5);
	write(p[1], "second", 6);
	t_val("one packet", read(p[0], buf, 100));
	t_val("short read", read(p[0], buf, 2));
	t_bytes("bytes", buf, 2);
	t_val("the rest is gone", read(p[0], buf, 100));
	t_val("two pages", write(p[1], buf, 8192));
	t_val("come apart", read(p[0], buf, 8192));
	close(p[0]);
	close(p[1]);
}

static void vectors(void)
{
	int p[2];
	struct iovec v[3] = {{"ab", 2}, {T_BAD, 2}, {"ef", 2}};
	struct iovec r[2] = {{buf, 1}, {buf + 10, 8}};

	pipe2(p, O_NONBLOCK);
	t_val("bad part", writev(p[1], v, 3));
	v[1].iov_base = "cd";
	t_val("writev", writev(p[1], v, 3));
	t_val("readv", readv(p[0], r, 2));
	t_bytes("second part", buf + 10, 5);
	write(p[1], "stays", 5);
	t_val("read to nowhere", read(p[0], T_BAD, 5));
	t_val("still there", read(p[0], buf, 5));
	close(p[0]);
	close(p[1]);
}

static void ready(const char *what, int fd)
{
	struct pollfd f = {fd, POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM, 0};

	poll(&f, 1, 0);
	t_val(what, f.revents);
}

static void events(void)
{
	int p[2];

	pipe2(p, O_NONBLOCK);
	ready("empty, to read", p[0]);
	ready("empty, to write", p[1]);
	write(p[1], buf, 65536);
	ready("full, to read", p[0]);
	ready("full, to write", p[1]);
	read(p[0], buf, 4096);
	ready("a page free", p[1]);
	close(p[1]);
	ready("writer gone", p[0]);
	read(p[0], buf, 65536);
	ready("and empty", p[0]);
	close(p[0]);
	pipe2(p, 0);
	close(p[0]);
	ready("reader gone", p[1]);
	close(p[1]);
}

static int two[2];
static long got, sum;

static void *reader(void *arg)
{
	static char part[777];
	long n;

	while ((n = read(two[0], part, sizeof(part))) > 0) {
		for (long i = 0; i < n; i++)
			sum = sum * 31 + (unsigned char)part[i];
		got += n;
	}
	return NULL;
}

/* A writer that waits for a slow reader; what arrives is what was sent. */
static void two_threads(void)
{
	pthread_t t;
	long want = 0;

	for (size_t i = 0; i < sizeof(buf); i++)
		buf[i] = i * 7 + i / 256;
	for (size_t i = 0; i < sizeof(buf); i++)
		want = want * 31 + (unsigned char)buf[i];
	pipe2(two, 0);
	pthread_create(&t, NULL, reader, NULL);
	t_val("a megabyte through", write(two[1], buf, sizeof(buf)));
	close(two[1]);
	pthread_join(t, NULL);
	t_val("arrived", got);
	t_is("unchanged", sum == want);
	close(two[0]);
}

int main(void)
{
	flags_and_errors();
	ends();
	capacity();
	resize();
	packets();
	vectors();
	events();
	two_threads();
	return 0;
}
