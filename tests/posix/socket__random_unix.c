/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AF_UNIX by chance: the same sequence of operations on sockets of the three
 * types, with names in the filesystem and abstract ones, must give the same
 * results on Linux and here.
 */
#include "t.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#define SOCKETS 9
#define NAMES	5
#define OPS	6000

static uint64_t state = 4711;

static int fds[SOCKETS];
static const int types[3] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};

/* Of each type there are three. */
static int fresh(int i)
{
	return socket(AF_UNIX, types[i % 3] | SOCK_NONBLOCK, 0);
}

/* Name n: of a file, or from 3 on abstract. */
static socklen_t name(struct sockaddr_un *a, int n)
{
	memset(a, 0, sizeof(*a));
	a->sun_family = AF_UNIX;
	if (n < 3) {
		snprintf(a->sun_path, sizeof(a->sun_path), "s%d", n);
		return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 3);
	}
	snprintf(a->sun_path + 1, sizeof(a->sun_path) - 1, "random%d", n);
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 8);
}

/* Which name an address is. */
static void put_name(const char *what, int i, int ret,
		     const struct sockaddr_un *a, socklen_t len)
{
	size_t n = len - offsetof(struct sockaddr_un, sun_path);

	if (ret < 0)
		t_say("%s %d: %s\n", what, i, t_errno_name(errno));
	else if (len <= sizeof(a->sun_family))
		t_say("%s %d: %u none\n", what, i, (unsigned int)len);
	else
		t_say("%s %d: %c%.*s %u\n", what, i, a->sun_path[0] ?: '@',
		      (int)n - 1, a->sun_path + 1, (unsigned int)len);
}

static void say(const char *what, int i, int k, long ret)
{
	if (ret < 0)
		t_say("%s %d %d: %s\n", what, i, k, t_errno_name(errno));
	else
		t_say("%s %d %d: %ld\n", what, i, k, ret);
}

static void take(int i, int k)
{
	int fd = accept4(fds[i], NULL, NULL, SOCK_NONBLOCK);

	say("accept", i, k, fd < 0 ? -1 : 0);
	if (fd < 0)
		return;
	/* A socket of the same type gives its place. */
	close(fds[k]);
	fds[k] = fd;
}

static void pair(int i, int k)
{
	int p[2], ret = socketpair(AF_UNIX, types[i % 3] | SOCK_NONBLOCK, 0, p);

	say("pair", i, k, ret);
	if (ret || i == k)
		return;
	close(fds[i]);
	close(fds[k]);
	fds[i] = p[0];
	fds[k] = p[1];
}

static void send_op(int i)
{
	static const int flags[] = {0, 0, 0, MSG_EOR, MSG_OOB};
	char data[100];
	int n = t_rnd(&state, 10) ? 1 + (int)t_rnd(&state, 100) : 0,
	    f = flags[t_rnd(&state, 5)];

	/* Whether an empty record that nobody read is data that were lost
	 * depends on the version of Linux. */
	if (!n && i % 3 == 2)
		n = 1;
	/* Data out of band are a matter of configuration. */
	if (f == MSG_OOB)
		f = MSG_MORE;
	memset(data, (int)('a' + t_rnd(&state, 26)), sizeof(data));
	n = (int)send(fds[i], data, (size_t)n, f | MSG_NOSIGNAL | MSG_DONTWAIT);
	/* Which of two reasons not to send a datagram comes first depends on
	 * the version of Linux. */
	if (n < 0 && i % 3 == 1 && errno == ENOTCONN)
		errno = EPIPE;
	say("send", i, f, n);
}

static void sendto_op(int i)
{
	struct sockaddr_un a;
	int n = (int)t_rnd(&state, NAMES);
	socklen_t len = name(&a, n);

	say("sendto", i, n,
	    sendto(fds[i], "to", 2, MSG_NOSIGNAL, (struct sockaddr *)&a, len));
}

static void recv_op(int i)
{
	static const int flags[] = {0, 0, 0, MSG_PEEK, MSG_TRUNC, MSG_WAITALL};
	struct sockaddr_un a;
	char data[200] = "";
	struct iovec v = {data,
			  t_rnd(&state, 4) ? sizeof(data) : t_rnd(&state, 40)};
	struct msghdr m = {.msg_name = &a,
			   .msg_namelen = sizeof(a),
			   .msg_iov = &v,
			   .msg_iovlen = 1};
	ssize_t n = recvmsg(fds[i], &m, flags[t_rnd(&state, 6)] | MSG_DONTWAIT);

	say("recv", i, (int)v.iov_len, n);
	if (n < 0)
		return;
	t_say(" %x %x %x\n", data[0], n ? data[(n < 200 ? n : 200) - 1] : 0,
	      m.msg_flags);
	if (i % 3 == 1)
		put_name(" from", i, 0, &a, m.msg_namelen);
}

static void names_op(int i)
{
	struct sockaddr_un a;
	socklen_t len = sizeof(a);
	int ret = getsockname(fds[i], (struct sockaddr *)&a, &len);

	put_name("own", i, ret, &a, len);
	len = sizeof(a);
	ret = getpeername(fds[i], (struct sockaddr *)&a, &len);
	put_name("peer", i, ret, &a, len);
}

static void options_op(int i)
{
	static const int names[] = {SO_ERROR, SO_ACCEPTCONN, SO_TYPE};
	int k = (int)t_rnd(&state, 3), v = 0;
	socklen_t len = sizeof(v);

	say("option", i, k,
	    getsockopt(fds[i], SOL_SOCKET, names[k], &v, &len) ? -1 : v);
	say("waiting", i, 0, ioctl(fds[i], FIONREAD, &v) ? -1 : v);
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

static void connect_op(int i)
{
	struct sockaddr_un a;
	int n = (int)t_rnd(&state, NAMES + 1);
	socklen_t len = name(&a, n);

	if (n == NAMES) {
		a.sun_family = AF_UNSPEC;
		len = sizeof(a.sun_family);
	}
	say("connect", i, n, connect(fds[i], (struct sockaddr *)&a, len));
}

static void one(void)
{
	int i = (int)t_rnd(&state, SOCKETS),
	    k = i % 3 + 3 * (int)t_rnd(&state, 3);
	struct sockaddr_un a;
	char path[4];
	int n = (int)t_rnd(&state, NAMES);

	switch (t_rnd(&state, 20)) {
	case 0:
		t_say("new %d\n", i);
		close(fds[i]);
		fds[i] = fresh(i);
		break;
	case 1:
	case 2:
		say("bind", i, n,
		    bind(fds[i], (struct sockaddr *)&a, name(&a, n)));
		break;
	case 3:
		n = (int)t_rnd(&state, 3);
		say("listen", i, n, listen(fds[i], n));
		break;
	case 4:
	case 5:
	case 6:
		connect_op(i);
		break;
	case 7:
	case 8:
		take(i, k);
		break;
	case 9:
		n = (int)t_rnd(&state, 4);
		say("shutdown", i, n, shutdown(fds[i], n));
		break;
	case 10:
		if (t_rnd(&state, 3) == 0)
			pair(i, k);
		break;
	case 11:
		snprintf(path, sizeof(path), "s%d", n % 3);
		if (t_rnd(&state, 2))
			say("unlink", 0, n % 3, unlink(path));
		break;
	case 12:
		names_op(i);
		break;
	case 13:
		options_op(i);
		break;
	case 14:
		poll_op();
		break;
	case 15:
		sendto_op(i);
		break;
	case 16:
	case 17:
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
		fds[i] = fresh(i);
	for (int i = 0; i < OPS; i++)
		one();
	for (int i = 0; i < SOCKETS; i++)
		close(fds[i]);
	return 0;
}
