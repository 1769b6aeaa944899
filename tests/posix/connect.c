/* SPDX-License-Identifier: BSD-2-Clause */
/* connect(fd, name, len): see connect(2) and unix(7). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>

#define HEAD offsetof(struct sockaddr_un, sun_path)

static int to(int fd, const char *path)
{
	struct sockaddr_un a = {AF_UNIX, ""};

	strcpy(a.sun_path, path);
	return connect(fd, (void *)&a, sizeof(a));
}

static int bound(int type, const char *path)
{
	int fd = socket(AF_UNIX, type, 0);
	struct sockaddr_un a = {AF_UNIX, ""};

	strcpy(a.sun_path, path);
	t_ret(path, bind(fd, (void *)&a, sizeof(a)));
	return fd;
}

static void poll_says(const char *what, int fd)
{
	struct pollfd p = {fd, POLLIN | POLLOUT | POLLRDHUP | POLLPRI, 0};

	poll(&p, 1, 0);
	t_say("%s: %#x\n", what, p.revents);
}

static void errors(void)
{
	struct sockaddr_un a = {AF_UNIX, "x"};
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", connect(99, (void *)&a, sizeof(a)));
	t_val("no socket", connect(fd, (void *)&a, sizeof(a)));
	t_val("both wrong", connect(fd, T_BAD, sizeof(a)));
	close(fd);
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	poll_says("fresh", fd);
	t_val("length 0", connect(fd, (void *)&a, 0));
	t_val("length 2", connect(fd, (void *)&a, HEAD));
	t_val("too long", connect(fd, (void *)&a, sizeof(a) + 1));
	t_val("negative", connect(fd, (void *)&a, -1));
	t_val("nobody there", to(fd, "x"));
	a.sun_family = AF_UNSPEC;
	t_val("unspecified", connect(fd, (void *)&a, sizeof(a)));
	a.sun_family = AF_UNIX;
	memcpy(a.sun_path, "\0none", 5);
	t_val("no such abstract name", connect(fd, (void *)&a, HEAD + 5));
	t_file("file", "");
	t_val("a file", to(fd, "file"));
	t_val("a directory", to(fd, "."));
	t_val("below a file", to(fd, "file/x"));
	t_val("write", write(fd, "x", 1));
	t_val("read", read(fd, &a, 1));
	close(fd);
}

static void listeners(int type)
{
	int l = bound(type, "l"), c = socket(AF_UNIX, type, 0), d, i, n;
	struct timeval tv = {0, 20000};
	struct stat st;

	poll_says("bound", l);
	t_val("not listening", to(c, "l"));
	t_ret("listen", listen(l, 1));
	poll_says("listening", l);
	t_val("a listener connects", to(l, "l"));
	t_ret("connect", to(c, "l"));
	poll_says("connected", c);
	poll_says("pending", l);
	t_val("again", to(c, "l"));
	t_ret("write before accept", write(c, "early", 5));
	symlink("l", "sl");
	d = socket(AF_UNIX, type | SOCK_NONBLOCK, 0);
	t_ret("through a link", to(d, "sl"));
	n = socket(AF_UNIX, type | SOCK_NONBLOCK, 0);
	t_val("queue full", to(n, "l"));
	fcntl(n, F_SETFL, 0);
	setsockopt(n, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	t_val("time over", to(n, "l"));
	i = accept(l, NULL, NULL);
	t_is("accept", i > 0);
	t_ret("room now", to(n, "l"));
	close(c);
	poll_says("client closed", i);
	close(i);
	link("l", "l2");
	unlink("l");
	stat("l2", &st);
	t_val("links", st.st_nlink);
	c = socket(AF_UNIX, type, 0);
	t_val("old name", to(c, "l"));
	accept(l, NULL, NULL);
	t_ret("by the other link", to(c, "l2"));
	close(l);
	poll_says("listener closed", c);
	t_val("write", send(c, "x", 1, MSG_NOSIGNAL));
	t_val("read", read(c, &tv, 1));
	t_val("read", read(c, &tv, 1));
	close(c);
	c = socket(AF_UNIX, type, 0);
	t_val("stale node", to(c, "l2"));
	unlink("l2");
	unlink("sl");
	for (i = 3; i < 20; i++)
		close(i);
}

static void types(void)
{
	int l = bound(SOCK_STREAM, "l"), d = socket(AF_UNIX, SOCK_DGRAM, 0),
	    q = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	struct sockaddr_un a = {AF_UNIX, "\0t"};
	int m = socket(AF_UNIX, SOCK_STREAM, 0);

	listen(l, 5);
	t_val("datagram to stream", to(d, "l"));
	t_val("seqpacket to stream", to(q, "l"));
	bind(m, (void *)&a, HEAD + 2);
	listen(m, 5);
	t_val("abstract, other type", connect(d, (void *)&a, HEAD + 2));
	close(l);
	close(d);
	close(q);
	close(m);
	unlink("l");
}

static void *accepter(void *arg)
{
	int l = *(int *)arg, fd[3];

	usleep(20000);
	for (int i = 0; i < 3; i++)
		fd[i] = accept(l, NULL, NULL);
	for (int i = 0; i < 3; i++)
		close(fd[i]);
	return NULL;
}

static void blocking(void)
{
	int l = bound(SOCK_STREAM, "l"), c[3];
	pthread_t t;

	listen(l, 0);
	pthread_create(&t, NULL, accepter, &l);
	for (int i = 0; i < 3; i++) {
		c[i] = socket(AF_UNIX, SOCK_STREAM, 0);
		t_ret("waits for room", to(c[i], "l"));
	}
	pthread_join(t, NULL);
	for (int i = 0; i < 3; i++)
		close(c[i]);
	close(l);
	unlink("l");
}

static void datagrams(void)
{
	int a = bound(SOCK_DGRAM, "a"), b = bound(SOCK_DGRAM, "b"),
	    c = socket(AF_UNIX, SOCK_DGRAM, 0);
	struct sockaddr_un un = {AF_UNIX, "b"};
	struct sockaddr none = {AF_UNSPEC};
	char buf[10];

	t_val("send", send(c, "x", 1, 0));
	t_ret("connect", to(c, "a"));
	t_val("send", send(c, "1", 1, 0));
	t_val("send elsewhere", sendto(c, "2", 1, 0, (void *)&un, sizeof(un)));
	t_val("it is there", recv(b, buf, 10, 0));
	t_ret("connect elsewhere", to(c, "b"));
	t_val("send", send(c, "3", 1, 0));
	t_ret("b to a", to(b, "a"));
	t_val("b hears a only", send(c, "4", 1, 0));
	t_val("connect", to(c, "b"));
	t_ret("c to a", to(c, "a"));
	fcntl(b, F_SETFL, O_NONBLOCK);
	t_val("what came before", recv(b, buf, 10, 0));
	t_val("unspecified, short", connect(c, &none, 1));
	t_ret("unspecified", connect(c, &none, sizeof(none)));
	t_val("send", send(c, "x", 1, 0));
	to(c, "a");
	close(a);
	poll_says("receiver gone", c);
	t_val("send", send(c, "x", 1, 0));
	t_val("send", send(c, "x", 1, 0));
	t_val("stale", to(c, "a"));
	t_ret("to itself", to(b, "b"));
	t_val("send", send(b, "me", 2, 0));
	t_val("recv", recv(b, buf, 10, 0));
	close(b);
	close(c);
	unlink("a");
	unlink("b");
}

static void disconnect_told(void)
{
	struct sockaddr none = {AF_UNSPEC};
	char buf[10];
	int p[2], err = 0;
	socklen_t len = sizeof(err);

	socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, p);
	send(p[0], "x", 1, 0);
	t_ret("turn away", connect(p[1], &none, sizeof(none)));
	t_val("nothing left", recv(p[1], buf, 10, 0));
	poll_says("the other", p[0]);
	getsockopt(p[0], SOL_SOCKET, SO_ERROR, &err, &len);
	t_val("error", err);
	t_val("send", send(p[0], "x", 1, 0));
	close(p[0]);
	close(p[1]);
}

int main(void)
{
	errors();
	t_say("-- stream\n");
	listeners(SOCK_STREAM);
	t_say("-- seqpacket\n");
	listeners(SOCK_SEQPACKET);
	types();
	blocking();
	t_say("-- datagrams\n");
	datagrams();
	disconnect_told();
	return 0;
}
