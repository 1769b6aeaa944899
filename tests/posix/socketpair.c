/* SPDX-License-Identifier: BSD-2-Clause */
/* socketpair(domain, type, protocol, fds): see socketpair(2) and unix(7). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

static char buf[1 << 18];
static int pipes;

static void on_pipe(int sig)
{
	pipes++;
}

static void errors(void)
{
	int p[2] = {-1, -1};

	t_val("unknown family", socketpair(45, SOCK_STREAM, 0, p));
	t_val("bad address first", socketpair(45, SOCK_STREAM, 0, T_BAD));
	t_val("unknown flag", socketpair(AF_UNIX, SOCK_STREAM | 0x10000, 0, p));
	t_val("unknown type", socketpair(AF_UNIX, 9, 0, p));
	t_val("type too large", socketpair(AF_UNIX, 12, 0, p));
	t_val("bad protocol", socketpair(AF_UNIX, SOCK_STREAM, 7, p));
	t_ret("own protocol", socketpair(AF_UNIX, SOCK_STREAM, PF_UNIX, p));
	close(p[0]);
	close(p[1]);
	t_val("nothing left open", open("/dev/null", O_RDONLY));
	close(3);
}

static void look(int fd)
{
	struct stat st;
	char path[64], link[64] = "";
	ssize_t n;

	t_val("fcntl F_GETFL", fcntl(fd, F_GETFL));
	t_val("fcntl F_GETFD", fcntl(fd, F_GETFD));
	fstat(fd, &st);
	t_is("a socket", S_ISSOCK(st.st_mode));
	t_val("mode", st.st_mode & 07777);
	t_val("links", st.st_nlink);
	t_val("size", st.st_size);
	t_val("lseek", lseek(fd, 0, SEEK_SET));
	t_val("pread", pread(fd, buf, 1, 0));
	t_val("pwrite", pwrite(fd, buf, 1, 0));
	t_val("ftruncate", ftruncate(fd, 0));
	t_val("fsync", fsync(fd));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = readlink(path, link, sizeof(link) - 1);
	t_is("link begins with socket:[",
	     n > 8 && !strncmp(link, "socket:[", 8));
	t_is("and has the inode", strtoul(link + 8, NULL, 10) == st.st_ino);
	t_val("not opened that way", open(path, O_RDWR));
	t_is("not mapped",
	     mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED);
	t_ret("why", -1);
}

static unsigned int events(int fd)
{
	struct pollfd p = {fd, POLLIN | POLLOUT | POLLRDHUP | POLLPRI, 0};

	poll(&p, 1, 0);
	return p.revents;
}

static void poll_says(const char *what, int fd)
{
	t_say("%s: %#x\n", what, events(fd));
}

static int fion(int fd)
{
	int n = -1;

	return ioctl(fd, FIONREAD, &n) ? -errno : n;
}

static void stream(void)
{
	struct iovec v[3] = {{"ab", 2}, {"", 0}, {"cde", 3}};
	int p[2];

	t_ret("stream", socketpair(AF_UNIX, SOCK_STREAM, 0, p));
	t_is("lowest first", p[0] == 3 && p[1] == 4);
	look(p[0]);
	poll_says("fresh", p[0]);
	t_val("write", write(p[0], "hello", 5));
	t_val("again", write(p[0], "world", 5));
	t_val("FIONREAD", fion(p[1]));
	poll_says("readable", p[1]);
	t_val("part", read(p[1], buf, 3));
	t_val("read over the border", read(p[1], buf, 100));
	t_bytes("text", buf, 7);
	t_val("writev", writev(p[1], v, 3));
	t_val("other direction", read(p[0], buf, 100));
	t_val("write nothing", write(p[0], buf, 0));
	fcntl(p[1], F_SETFL, O_NONBLOCK);
	t_val("nothing there", read(p[1], buf, 1));
	t_val("read nothing", read(p[1], buf, 0));
	write(p[0], "x", 1);
	t_val("read nothing, something there", read(p[1], buf, 0));
	t_val("bad address", read(p[1], T_BAD, 1));
	t_val("still there", read(p[1], buf, 10));
	t_val("write from bad address", write(p[0], T_BAD, 1));
	write(p[0], "tail", 4);
	close(p[0]);
	poll_says("other end closed", p[1]);
	t_val("what is left", read(p[1], buf, 100));
	t_val("end", read(p[1], buf, 100));
	poll_says("end", p[1]);
	t_val("write", write(p[1], "x", 1));
	t_val("SIGPIPE", pipes);
	t_val("write nothing", write(p[1], "x", 0));
	t_val("send without signal", send(p[1], "x", 1, MSG_NOSIGNAL));
	t_val("SIGPIPE", pipes);
	close(p[1]);
}

static void reset(int type)
{
	int p[2], err;
	socklen_t len = sizeof(err);

	t_ret("pair", socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, p));
	t_val("fcntl F_GETFL", fcntl(p[0], F_GETFL));
	write(p[0], "unread", 6);
	write(p[1], "reply", 5);
	close(p[1]);
	poll_says("closed with unread data", p[0]);
	t_val("read", read(p[0], buf, 100));
	t_val("read", read(p[0], buf, 100));
	t_val("read", read(p[0], buf, 100));
	t_val("write", write(p[0], buf, 1));
	getsockopt(p[0], SOL_SOCKET, SO_ERROR, &err, &len);
	t_val("SO_ERROR", err);
	poll_says("now", p[0]);
	close(p[0]);
}

static void messages(int type)
{
	int p[2];

	t_ret("pair", socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, p));
	t_val("close on exec", fcntl(p[0], F_GETFD));
	poll_says("fresh", p[0]);
	t_val("send", write(p[0], "first", 5));
	t_val("send empty", write(p[0], "", 0));
	t_val("send", write(p[0], "third!", 6));
	t_val("FIONREAD", fion(p[1]));
	t_val("short", read(p[1], buf, 2));
	t_val("empty", read(p[1], buf, 10));
	t_val("whole", read(p[1], buf, 100));
	fcntl(p[1], F_SETFL, O_NONBLOCK);
	t_val("none", read(p[1], buf, 100));
	t_val("too large", write(p[0], buf, sizeof(buf)));
	write(p[0], "abc", 3);
	t_val("bad address", read(p[1], T_BAD, 3));
	t_val("it is lost", read(p[1], buf, 3));
	write(p[0], "last", 4);
	close(p[0]);
	poll_says("closed", p[1]);
	t_val("last", read(p[1], buf, 100));
	t_val("end", read(p[1], buf, 100));
	t_val("write", write(p[1], "x", 1));
	t_val("write", write(p[1], "x", 1));
	t_val("SIGPIPE", pipes);
	close(p[1]);
}

static void full(int type, size_t n)
{
	size_t sent = 0, got = 0;
	ssize_t r;
	int p[2];

	socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, p);
	while ((r = write(p[0], buf, n)) > 0)
		sent += r;
	t_ret("full", r);
	t_is("some was taken", sent >= n);
	t_is("not writable", !(events(p[0]) & POLLOUT));
	r = read(p[1], buf, sizeof(buf));
	got = r;
	while ((r = read(p[1], buf, sizeof(buf))) > 0)
		got += r;
	t_is("all came", got == sent);
	t_is("writable", events(p[0]) & POLLOUT);
	close(p[0]);
	close(p[1]);
}

static void *reader(void *arg)
{
	int fd = *(int *)arg;
	static char b[5000];
	unsigned long sum = 0, n = 0;
	ssize_t r;

	while ((r = read(fd, b, sizeof(b))) > 0) {
		for (ssize_t i = 0; i < r; i++)
			sum = sum * 31 + (unsigned char)b[i];
		n += r;
	}
	t_say("read %lu bytes, sum %lx, end %zd\n", n, sum, r);
	return NULL;
}

static void threads(void)
{
	static char data[100000];
	pthread_t t;
	int p[2];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)(i * 7 + i / 251);
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	pthread_create(&t, NULL, reader, &p[1]);
	for (int i = 0; i < 30; i++)
		if (write(p[0], data, sizeof(data)) != sizeof(data))
			t_say("short\n");
	shutdown(p[0], SHUT_WR);
	pthread_join(t, NULL);
	close(p[0]);
	close(p[1]);
}

int main(void)
{
	signal(SIGPIPE, on_pipe);
	errors();
	stream();
	t_say("-- seqpacket\n");
	messages(SOCK_SEQPACKET);
	t_say("-- datagrams\n");
	messages(SOCK_DGRAM);
	t_say("-- reset\n");
	reset(SOCK_STREAM);
	reset(SOCK_SEQPACKET);
	reset(SOCK_DGRAM);
	reset(SOCK_RAW);
	t_say("-- full\n");
	full(SOCK_STREAM, 1000);
	full(SOCK_STREAM, 100000);
	full(SOCK_SEQPACKET, 3000);
	full(SOCK_DGRAM, 3000);
	threads();
	return 0;
}
