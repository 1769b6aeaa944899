/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sendmsg(fd, msg, flags): see sendmsg(2), cmsg(3) and unix(7). musl copies the
 * header before the call, so bad ones are passed with syscall(2).
 */
#include "t.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

struct ids {
	int pid;
	unsigned int uid, gid;
};

static char buf[1000];

/* Send n descriptors with some text. */
static ssize_t pass(int s, const char *text, const int *fds, int n)
{
	union {
		char b[CMSG_SPACE(300 * sizeof(int))];
		struct cmsghdr h;
	} c;
	struct iovec v = {(char *)text, strlen(text)};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};

	memset(&c, 0, sizeof(c));
	m.msg_control = &c;
	m.msg_controllen = CMSG_LEN(n * sizeof(int));
	c.h.cmsg_len = CMSG_LEN(n * sizeof(int));
	c.h.cmsg_level = SOL_SOCKET;
	c.h.cmsg_type = SCM_RIGHTS;
	memcpy(CMSG_DATA(&c.h), fds, n * sizeof(int));
	return sendmsg(s, &m, 0);
}

/* Receive at most room bytes and say what came. */
static ssize_t take_n(int s, size_t room, int flags, size_t control, int *fds)
{
	union {
		char b[1000];
		struct cmsghdr h;
	} c;
	struct iovec v = {buf, room};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
	struct cmsghdr *h;
	ssize_t n;
	int got = 0;

	memset(&c, 0x77, sizeof(c));
	m.msg_control = control ? &c : NULL;
	m.msg_controllen = control;
	n = recvmsg(s, &m, flags);
	t_val("received", n);
	if (n < 0)
		return n;
	t_bytes("text", buf, n);
	t_say("flags %#x, control %zu\n", m.msg_flags,
	      (size_t)m.msg_controllen);
	for (h = CMSG_FIRSTHDR(&m); h; h = CMSG_NXTHDR(&m, h)) {
		struct ids id;

		t_say("level %d type %d len %zu\n", h->cmsg_level, h->cmsg_type,
		      (size_t)h->cmsg_len);
		if (h->cmsg_type == SCM_RIGHTS)
			for (size_t i = 0;
			     i < (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
			     i++) {
				int fd;

				memcpy(&fd, CMSG_DATA(h) + i * sizeof(int),
				       sizeof(int));
				if (fds)
					fds[got++] = fd;
				else
					close(fd);
			}
		else if (h->cmsg_type == SCM_CREDENTIALS &&
			 h->cmsg_len == CMSG_LEN(sizeof(id))) {
			memcpy(&id, CMSG_DATA(h), sizeof(id));
			t_say("pid %s uid %u gid %u\n",
			      id.pid == getpid() ? "own"
			      : id.pid		 ? "other"
						 : "0",
			      id.uid, id.gid);
		}
	}
	return n;
}

static void take(int s, int *fds)
{
	take_n(s, sizeof(buf), 0, 500, fds);
}

static int lowest(void)
{
	int fd = dup(0);

	close(fd);
	return fd;
}

static void errors(void)
{
	struct msghdr m = {0};
	struct sockaddr_un a = {AF_UNIX, "x"};
	struct iovec v = {buf, 3}, bad = {T_BAD, 3}, neg = {buf, -1};
	int fd = open("/dev/null", O_RDWR), p[2], q[2];

	t_val("not open", sendmsg(99, &m, 0));
	t_val("no socket", sendmsg(fd, &m, 0));
	t_val("both wrong", syscall(SYS_sendmsg, fd, T_BAD, 0));
	close(fd);
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, q);
	t_val("bad header", syscall(SYS_sendmsg, p[0], T_BAD, 0));
	t_val("compat", syscall(SYS_sendmsg, p[0], &m, 0x80000000));
	t_val("nothing", sendmsg(p[0], &m, 0));
	m.msg_iov = T_BAD;
	m.msg_iovlen = 1;
	t_val("bad vector", sendmsg(p[0], &m, 0));
	m.msg_iovlen = 1025;
	t_val("too many", syscall(SYS_sendmsg, p[0], &m, 0));
	m.msg_iov = &bad;
	m.msg_iovlen = 1;
	t_val("bad buffer", sendmsg(p[0], &m, 0));
	m.msg_iov = &neg;
	t_val("negative", sendmsg(p[0], &m, 0));
	m.msg_iov = &v;
	m.msg_name = &a;
	m.msg_namelen = sizeof(a);
	t_val("name on a stream", sendmsg(p[0], &m, 0));
	t_val("name of nobody", sendmsg(q[0], &m, 0));
	m.msg_namelen = 1000;
	t_val("long name", sendmsg(q[0], &m, 0));
	m.msg_namelen = -1;
	t_val("negative name", syscall(SYS_sendmsg, q[0], &m, 0));
	m.msg_name = T_BAD;
	m.msg_namelen = 10;
	t_val("bad name", sendmsg(q[0], &m, 0));
	m.msg_name = NULL;
	t_val("no name, but a length", sendmsg(q[0], &m, 0));
	t_val("urgent datagram", sendmsg(q[0], &m, MSG_OOB));
	close(p[0]);
	close(p[1]);
	close(q[0]);
	close(q[1]);
}

static ssize_t control(int s, int level, int type, const void *data, size_t n,
		       size_t len, size_t all)
{
	static union {
		char b[200000];
		struct cmsghdr h;
	} c;
	struct iovec v = {"c", 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = &c};

	memset(&c, 0, sizeof(c));
	c.h.cmsg_len = len;
	c.h.cmsg_level = level;
	c.h.cmsg_type = type;
	memcpy(CMSG_DATA(&c.h), data, n);
	m.msg_controllen = all;
	return syscall(SYS_sendmsg, s, &m, 0);
}

static void control_errors(void)
{
	int p[2], fd[2] = {0, 99};

	socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, p);
	t_val("too short for a header", control(p[0], 1, 1, fd, 4, 20, 15));
	t_val("length too short", control(p[0], 1, 1, fd, 4, 15, 20));
	t_val("length too long", control(p[0], 1, 1, fd, 4, 24, 20));
	t_val("no descriptors", control(p[0], 1, 1, fd, 4, 16, 24));
	t_val("half a descriptor", control(p[0], 1, 1, fd, 4, 18, 24));
	t_val("not open", control(p[0], 1, 1, fd, 8, 24, 24));
	t_val("other level", control(p[0], 99, 1, fd, 8, 24, 24));
	t_val("other type", control(p[0], 1, 99, fd, 8, 24, 24));
	t_val("credentials too short", control(p[0], 1, 2, fd, 8, 24, 24));
	t_val("254 descriptors",
	      control(p[0], 1, 1, fd, 4, 16 + 254 * 4, 16 + 254 * 4));
	t_val("very long", control(p[0], 1, 99, fd, 8, 24, 132000));
	close(p[0]);
	close(p[1]);
}

static void files(int type)
{
	int p[2], fds[5], in[3], n, before;

	t_file("file", "contents");
	socketpair(AF_UNIX, type, 0, p);
	before = lowest();
	in[0] = open("file", O_RDONLY);
	in[1] = in[0];
	in[2] = p[1];
	lseek(in[0], 3, SEEK_SET);
	t_val("send three", pass(p[0], "three", in, 3));
	close(in[0]);
	take(p[1], fds);
	t_is("lowest first", fds[0] == before && fds[1] == before + 1);
	n = read(fds[1], buf, 100);
	t_bytes("reads on", buf, n);
	t_val("one position", lseek(fds[0], 0, SEEK_CUR));
	t_val("close on exec", fcntl(fds[0], F_GETFD));
	pass(p[0], "loop", fds, 3);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	t_is("peek", take_n(p[1], 100, MSG_PEEK, 500, fds) > 0);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	take_n(p[1], 100, MSG_CMSG_CLOEXEC, 500, fds);
	t_val("close on exec", fcntl(fds[0], F_GETFD));
	t_say("-- little room\n");
	pass(p[0], "A", fds, 3);
	take_n(p[1], 100, 0, CMSG_LEN(2 * sizeof(int)), NULL);
	pass(p[0], "B", fds, 3);
	take_n(p[1], 100, 0, CMSG_LEN(0), NULL);
	pass(p[0], "C", fds, 3);
	take_n(p[1], 100, 0, 0, NULL);
	pass(p[0], "D", fds, 3);
	take_n(p[1], 100, 0, CMSG_LEN(0) + 5, NULL);
	pass(p[0], "E", fds, 1);
	read(p[1], buf, 100);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	t_is("none left", lowest() == before);
	close(p[0]);
	close(p[1]);
}

static void stream_borders(void)
{
	int p[2], fd = 0;

	t_say("-- borders\n");
	socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, p);
	write(p[0], "before ", 7);
	pass(p[0], "with", &fd, 1);
	write(p[0], " after", 6);
	take(p[1], NULL);
	take(p[1], NULL);
	pass(p[0], "one", &fd, 1);
	pass(p[0], "two", &fd, 1);
	take(p[1], NULL);
	take(p[1], NULL);
	pass(p[0], "in parts", &fd, 1);
	take_n(p[1], 3, 0, 500, NULL);
	take_n(p[1], 30, 0, 500, NULL);
	take(p[1], NULL);
	close(p[0]);
	close(p[1]);
}

static void limit(void)
{
	struct rlimit_ {
		unsigned long cur, max;
	} old, few;
	int p[2], fds[3] = {0, 0, 0};

	t_say("-- few descriptors\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	pass(p[0], "x", fds, 3);
	syscall(SYS_prlimit64, 0, 7, NULL, &old);
	few = old;
	few.cur = p[1] + 2;
	syscall(SYS_prlimit64, 0, 7, &few, NULL);
	take(p[1], NULL);
	syscall(SYS_prlimit64, 0, 7, &old, NULL);
	close(p[0]);
	close(p[1]);
}

static void credentials(int type)
{
	struct ids id = {getpid(), getuid(), getgid()}, bad = {999999, 0, 0},
		   other = {getpid(), 1234, 5678};
	int p[2], on = 1;

	t_say("-- credentials\n");
	socketpair(AF_UNIX, type, 0, p);
	write(p[0], "early", 5);
	setsockopt(p[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	take(p[1], NULL);
	write(p[0], "write", 5);
	take(p[1], NULL);
	t_val("given", control(p[0], 1, 2, &id, 12, 28, 32));
	take(p[1], NULL);
	t_val("other ids", control(p[0], 1, 2, &other, 12, 28, 32));
	take(p[1], NULL);
	t_val("no such process", control(p[0], 1, 2, &bad, 12, 28, 32));
	write(p[0], "x", 1);
	take_n(p[1], 10, 0, 20, NULL);
	write(p[0], "x", 1);
	take_n(p[1], 10, 0, 0, NULL);
	seteuid(1000);
	t_val("another's", control(p[0], 1, 2, &other, 12, 28, 32));
	other.uid = 1000;
	other.gid = getgid();
	t_val("the effective", control(p[0], 1, 2, &other, 12, 28, 32));
	seteuid(0);
	take(p[1], NULL);
	close(p[0]);
	fcntl(p[1], F_SETFL, O_NONBLOCK);
	take(p[1], NULL);
	close(p[1]);
}

static void not_glued(void)
{
	struct ids other = {getpid(), 1234, 5678};
	int p[2], on = 1;

	t_say("-- not read together\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	setsockopt(p[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	write(p[0], "a", 1);
	write(p[0], "b", 1);
	control(p[0], 1, 2, &other, 12, 28, 32);
	take(p[1], NULL);
	take(p[1], NULL);
	close(p[0]);
	close(p[1]);
}

/* Is the other end of the pair that p belongs to closed? */
static int hung_up(int fd)
{
	struct pollfd p = {fd, POLLIN, 0};

	poll(&p, 1, 0);
	return !!(p.revents & POLLHUP);
}

static void in_flight(void)
{
	int p[2], w[2], fd;

	t_say("-- in flight\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	socketpair(AF_UNIX, SOCK_STREAM, 0, w);
	pass(p[0], "x", &w[0], 1);
	close(w[0]);
	t_is("open while in flight", !hung_up(w[1]));
	close(p[1]);
	t_is("receiver gone: closed", hung_up(w[1]));
	close(p[0]);
	close(w[1]);
	/* A socket in its own queue, then closed by the program. */
	socketpair(AF_UNIX, SOCK_DGRAM, 0, p);
	socketpair(AF_UNIX, SOCK_STREAM, 0, w);
	pass(p[0], "x", &p[1], 1);
	pass(p[0], "x", &p[0], 1);
	pass(p[0], "x", &w[0], 1);
	close(w[0]);
	close(p[0]);
	close(p[1]);
	/* Linux collects when the next local socket is closed. */
	close(socket(AF_UNIX, SOCK_DGRAM, 0));
	for (int i = 0; i < 100 && !hung_up(w[1]); i++)
		usleep(10000);
	t_is("a cycle is collected", hung_up(w[1]));
	close(w[1]);
	/* One that can still be reached is not. */
	socketpair(AF_UNIX, SOCK_DGRAM, 0, p);
	socketpair(AF_UNIX, SOCK_STREAM, 0, w);
	pass(p[0], "x", &p[1], 1);
	pass(p[0], "x", &w[0], 1);
	close(w[0]);
	fd = dup(p[1]);
	close(p[0]);
	close(p[1]);
	close(socket(AF_UNIX, SOCK_DGRAM, 0));
	usleep(20000);
	t_is("not hung up", !hung_up(w[1]));
	take(fd, &p[1]);
	take(fd, &w[0]);
	t_val("works", write(w[0], "y", 1));
	t_val("works", read(w[1], buf, 10));
	close(fd);
	close(p[1]);
	close(w[0]);
	close(w[1]);
}

static void listener_cycle(void)
{
	struct sockaddr_un a = {AF_UNIX, ""};
	int l = socket(AF_UNIX, SOCK_STREAM, 0),
	    c = socket(AF_UNIX, SOCK_STREAM, 0), w[2];
	socklen_t len = sizeof(a);

	bind(l, (void *)&a, 2);
	listen(l, 5);
	getsockname(l, (void *)&a, &len);
	connect(c, (void *)&a, len);
	socketpair(AF_UNIX, SOCK_STREAM, 0, w);
	t_val("listener in its own queue", pass(c, "x", &l, 1));
	t_val("and another", pass(c, "y", &w[0], 1));
	close(w[0]);
	close(l);
	close(c);
	close(socket(AF_UNIX, SOCK_DGRAM, 0));
	for (int i = 0; i < 100 && !hung_up(w[1]); i++)
		usleep(10000);
	t_is("collected", hung_up(w[1]));
	close(w[1]);
}

/* A chain of sockets, each in the queue of the next: closing the last must not
 * need a stack as long as the chain. */
static void chain(void)
{
	int prev[2], next[2], w[2];

	socketpair(AF_UNIX, SOCK_STREAM, 0, w);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, prev);
	pass(prev[0], "x", &w[0], 1);
	close(w[0]);
	for (int i = 0; i < 500; i++) {
		socketpair(AF_UNIX, SOCK_DGRAM, 0, next);
		if (pass(next[0], "x", &prev[1], 1) != 1)
			t_say("chain ends at %d\n", i);
		close(prev[0]);
		close(prev[1]);
		prev[0] = next[0];
		prev[1] = next[1];
	}
	t_is("open", !hung_up(w[1]));
	close(prev[0]);
	close(prev[1]);
	for (int i = 0; i < 100 && !hung_up(w[1]); i++)
		usleep(10000);
	t_is("closed", hung_up(w[1]));
	close(w[1]);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	errors();
	control_errors();
	t_say("-- stream\n");
	files(SOCK_STREAM);
	t_say("-- datagram\n");
	files(SOCK_DGRAM);
	t_say("-- seqpacket\n");
	files(SOCK_SEQPACKET);
	stream_borders();
	limit();
	credentials(SOCK_STREAM);
	credentials(SOCK_DGRAM);
	not_glued();
	in_flight();
	listener_cycle();
	chain();
	return 0;
}
