/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AF_INET by chance: the same sequence of operations on TCP and UDP sockets
 * over the loopback must give the same results on Linux and here.
 */
#include "t.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define SOCKETS 8
#define UDP	3 /* the first are UDP's */
#define PORTS	4
#define FIRST	20300
#define OPS	4000

static uint64_t state = 4711;

static int fds[SOCKETS];
/* Which port each is bound to; -1: none, or one that the kernel chose. */
static int port_of[SOCKETS];
static int connected[SOCKETS]; /* was, whatever became of it */

static void fresh(int i)
{
	int one = 1;

	fds[i] =
		socket(AF_INET,
		       (i < UDP ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK, 0);
	port_of[i] = -1;
	connected[i] = 0;
	if (i >= UDP)
		setsockopt(fds[i], SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
}

static struct sockaddr_in address(int n, uint32_t ip)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons((uint16_t)(FIRST + n)),
				    .sin_addr.s_addr = htonl(ip)};
}

/* Which of the ports an address has, not what a kernel chose. */
static void put_name(const char *what, int i, int ret,
		     const struct sockaddr_in *a)
{
	int port = ntohs(a->sin_port);

	if (ret < 0)
		t_say("%s %d: %s\n", what, i, t_errno_name(errno));
	else if (port >= FIRST && port < FIRST + PORTS)
		t_say("%s %d: %x %d\n", what, i, ntohl(a->sin_addr.s_addr),
		      port - FIRST);
	else
		t_say("%s %d: %x %s\n", what, i, ntohl(a->sin_addr.s_addr),
		      port ? "some" : "none");
}

static void say(const char *what, int i, int k, long ret)
{
	if (ret < 0)
		t_say("%s %d %d: %s\n", what, i, k, t_errno_name(errno));
	else
		t_say("%s %d %d: %ld\n", what, i, k, ret);
}

static void drop(int i)
{
	struct linger l = {1, 0};

	/* Else some ports would be in TIME_WAIT, for how long depends. */
	if (i >= UDP)
		setsockopt(fds[i], SOL_SOCKET, SO_LINGER, &l, sizeof(l));
	close(fds[i]);
}

static void take(int i)
{
	int k = UDP + (int)t_rnd(&state, SOCKETS - UDP);
	int fd = accept4(fds[i], NULL, NULL, SOCK_NONBLOCK);

	say("accept", i, k, fd < 0 ? -1 : 0);
	if (fd < 0)
		return;
	drop(k);
	fds[k] = fd;
	port_of[k] = port_of[i];
	connected[k] = 1;
}

static void bind_op(int i)
{
	int n = (int)t_rnd(&state, PORTS), ret;
	struct sockaddr_in a =
		address(n, t_rnd(&state, 2) ? INADDR_LOOPBACK : INADDR_ANY);

	/* Linux lets a connection that was reset bind, for no purpose. */
	if (i >= UDP && connected[i])
		return;
	ret = bind(fds[i], (struct sockaddr *)&a, sizeof(a));
	if (ret == 0)
		port_of[i] = n;
	say("bind", i, n, ret);
}

static void connect_op(int i)
{
	int n = (int)t_rnd(&state, PORTS + 1), ret;
	struct sockaddr_in a = address(n, INADDR_LOOPBACK);

	if (n == PORTS)
		a.sin_family = AF_UNSPEC;
	/* A stream to itself is refused here: docs/SYSCALLS.md. */
	if (i >= UDP && n == port_of[i])
		return;
	ret = connect(fds[i], (struct sockaddr *)&a, sizeof(a));
	if (n == PORTS)
		connected[i] = 0;
	else if (ret == 0)
		connected[i] = 1;
	say("connect", i, n, ret);
}

static void send_op(int i)
{
	char data[100];
	int n = t_rnd(&state, 10) ? 1 + (int)t_rnd(&state, 100) : 0,
	    to = (int)t_rnd(&state, PORTS);
	struct sockaddr_in a = address(to, INADDR_LOOPBACK);

	memset(data, (int)('a' + t_rnd(&state, 26)), sizeof(data));
	if (i < UDP && t_rnd(&state, 2))
		say("sendto", i, to,
		    sendto(fds[i], data, (size_t)n, MSG_NOSIGNAL,
			   (struct sockaddr *)&a, sizeof(a)));
	else
		say("send", i, n, send(fds[i], data, (size_t)n, MSG_NOSIGNAL));
}

static void recv_op(int i)
{
	static const int flags[] = {0, 0, 0, MSG_PEEK, MSG_TRUNC};
	struct sockaddr_in a = {.sin_family = AF_INET};
	char data[200] = "";
	size_t room = t_rnd(&state, 4) ? sizeof(data) : t_rnd(&state, 40);
	socklen_t len = sizeof(a);
	int f = flags[t_rnd(&state, i < UDP ? 5 : 4)];
	ssize_t n =
		recvfrom(fds[i], data, room, f, (struct sockaddr *)&a, &len);

	say("recv", i, (int)room, n);
	if (n > 0)
		t_say(" %x\n", data[0]);
	if (n >= 0 && i < UDP)
		put_name(" from", i, 0, &a);
}

static void names_op(int i)
{
	struct sockaddr_in a = {0};
	socklen_t len = sizeof(a);
	int ret = getsockname(fds[i], (struct sockaddr *)&a, &len);

	put_name("own", i, ret, &a);
	len = sizeof(a);
	ret = getpeername(fds[i], (struct sockaddr *)&a, &len);
	put_name("peer", i, ret, &a);
}

static int tcp_state(int i)
{
	struct tcp_info info = {0};
	socklen_t len = sizeof(info);

	getsockopt(fds[i], SOL_TCP, TCP_INFO, &info, &len);
	/* How soon a FIN is acknowledged is a matter of timers. */
	if (info.tcpi_state == TCP_FIN_WAIT1)
		return TCP_FIN_WAIT2;
	return info.tcpi_state;
}

static void options_op(int i)
{
	static const int names[] = {SO_ERROR, SO_ACCEPTCONN, SO_TYPE};
	int k = (int)t_rnd(&state, 3), v = 0;
	socklen_t len = sizeof(v);

	say("option", i, k,
	    getsockopt(fds[i], SOL_SOCKET, names[k], &v, &len) ? -1 : v);
	say("waiting", i, 0, ioctl(fds[i], FIONREAD, &v) ? -1 : v);
	if (i >= UDP)
		t_say("state %d: %d\n", i, tcp_state(i));
}

static void poll_op(void)
{
	struct pollfd p[SOCKETS];

	for (int i = 0; i < SOCKETS; i++)
		p[i] = (struct pollfd){fds[i], POLLIN | POLLOUT | POLLRDHUP, 0};
	t_say("poll %d:", poll(p, SOCKETS, 0));
	for (int i = 0; i < SOCKETS; i++)
		t_say(" %x", p[i].revents);
	t_say("\n");
}

static void shutdown_op(int i)
{
	int how = (int)t_rnd(&state, 12);

	/* What becomes of a stream that is shut down before it is connected is
	 * no use to anybody. */
	if (how >= 4 || (i >= UDP && tcp_state(i) == TCP_CLOSE))
		return;
	say("shutdown", i, how, shutdown(fds[i], how));
}

static void one(void)
{
	int i = (int)t_rnd(&state, SOCKETS), n;

	switch (t_rnd(&state, 20)) {
	case 0:
		t_say("new %d\n", i);
		drop(i);
		fresh(i);
		break;
	case 1:
	case 2:
		bind_op(i);
		break;
	case 3:
		n = 1 + (int)t_rnd(&state, 4);
		say("listen", i, n, listen(fds[i], n));
		break;
	case 4:
	case 5:
	case 6:
		connect_op(i);
		break;
	case 7:
	case 8:
		take(i);
		break;
	case 9:
		shutdown_op(i);
		break;
	case 10:
	case 11:
		names_op(i);
		break;
	case 12:
		options_op(i);
		break;
	case 13:
		poll_op();
		break;
	case 14:
	case 15:
	case 16:
		send_op(i);
		break;
	default:
		recv_op(i);
		break;
	}
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	for (int i = 0; i < SOCKETS; i++)
		fresh(i);
	for (int i = 0; i < OPS; i++)
		one();
	for (int i = 0; i < SOCKETS; i++)
		drop(i);
	return 0;
}
