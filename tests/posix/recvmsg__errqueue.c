/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IP_RECVERR, IPV6_RECVERR and MSG_ERRQUEUE: ip(7), ipv6(7), recv(2). A socket
 * that is not connected hears of its errors, too, and each waits in a queue.
 * The datagrams are empty: how much of one comes back is the complainer's
 * affair.
 */
#include "inet.h"
#include <linux/errqueue.h>

static int closed_port(int family)
{
	int fd = socket(family, SOCK_DGRAM, 0);
	union in_addr_any a;
	int port;

	bind(fd, &a.sa, in_lo(family, 0, &a));
	port = in_port(fd);
	close(fd);
	return port;
}

static void show_cmsg(struct cmsghdr *c)
{
	struct {
		struct sock_extended_err ee;
		union in_addr_any from;
	} e;

	memset(&e, 0, sizeof(e));
	t_val("level", c->cmsg_level);
	t_val("type", c->cmsg_type);
	t_val("len", c->cmsg_len);
	memcpy(&e, CMSG_DATA(c), c->cmsg_len - sizeof(*c));
	t_val("errno", e.ee.ee_errno);
	t_val("origin", e.ee.ee_origin);
	t_val("icmp type", e.ee.ee_type);
	t_val("icmp code", e.ee.ee_code);
	t_val("pad, info, data", e.ee.ee_pad | e.ee.ee_info | e.ee.ee_data);
	in_show("offender", &e.from,
		e.from.sa.sa_family == AF_INET ? sizeof(e.from.v4)
					       : sizeof(e.from.v6),
		0);
}

static void show_error(int fd, int port, size_t room)
{
	char data[8], control[256];
	union in_addr_any a;
	struct iovec iov = {data, sizeof(data)};
	struct msghdr m = {.msg_name = &a,
			   .msg_namelen = sizeof(a),
			   .msg_iov = &iov,
			   .msg_iovlen = 1,
			   .msg_control = control,
			   .msg_controllen = room};
	long n;

	memset(&a, 0, sizeof(a));
	n = VAL(recvmsg(fd, &m, MSG_ERRQUEUE));
	t_val("queue", n);
	if (n < 0)
		return;
	t_val("flags", m.msg_flags);
	in_show("sent to", &a, m.msg_namelen, port);
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c))
		show_cmsg(c);
}

static int poll_now(int fd)
{
	struct pollfd p = {fd, POLLIN | POLLOUT | POLLPRI, 0};

	poll(&p, 1, 0);
	return p.revents;
}

static int so_error(int fd)
{
	int n = -1;
	socklen_t len = sizeof(n);

	getsockopt(fd, SOL_SOCKET, SO_ERROR, &n, &len);
	return n;
}

static void wait_error(int fd)
{
	struct pollfd p = {fd, 0, 0};

	t_val("an error comes", poll(&p, 1, 2000));
	in_settle();
}

static void one(const char *what, int family, int to_family, int level,
		int name)
{
	int fd = socket(family, SOCK_DGRAM, 0), n = -1;
	int port = closed_port(to_family);
	socklen_t len = sizeof(n), alen;
	union in_addr_any a;
	char b[4];

	t_say("-- %s\n", what);
	n = -1;
	alen = in_lo(to_family, port, &a);
	if (family != to_family) {
		inet_pton(AF_INET6, "::ffff:127.0.0.1", &a.v6.sin6_addr);
		a.v6.sin6_family = AF_INET6;
		a.v6.sin6_port = htons(port);
		alen = sizeof(a.v6);
	}
	t_val("get", VAL(getsockopt(fd, level, name, &n, &len)));
	t_val("off", n);
	t_val("not asked for", VAL(sendto(fd, b, 0, 0, &a.sa, alen)));
	in_settle();
	t_val("nothing", poll_now(fd));
	in_set(fd, level, name, 5);
	t_val("get", VAL(getsockopt(fd, level, name, &n, &len)));
	t_val("on", n);
	show_error(fd, port, 256);

	t_val("send", VAL(sendto(fd, b, 0, 0, &a.sa, alen)));
	wait_error(fd);
	t_val("poll", poll_now(fd));
	t_val("recv takes the error", VAL(recv(fd, b, 4, MSG_DONTWAIT)));
	t_val("but once", VAL(recv(fd, b, 4, MSG_DONTWAIT)));
	t_val("the queue is left", poll_now(fd));
	show_error(fd, port, 256);
	t_val("empty", poll_now(fd));
	show_error(fd, port, 256);

	/* Two: the next one's error shows when the first is taken. */
	t_val("send", VAL(sendto(fd, b, 0, 0, &a.sa, alen)));
	wait_error(fd);
	t_val("so_error", so_error(fd));
	t_val("send", VAL(sendto(fd, b, 0, 0, &a.sa, alen)));
	wait_error(fd);
	t_val("send gets the error", VAL(sendto(fd, b, 0, 0, &a.sa, alen)));
	show_error(fd, port, 256);
	t_val("so_error of the next", so_error(fd));
	t_val("cut", 0);
	show_error(fd, port, 20);
	t_val("so_error", so_error(fd));

	/* Switched off: what waits is gone. */
	t_val("send", VAL(sendto(fd, b, 0, 0, &a.sa, alen)));
	wait_error(fd);
	in_set(fd, level, name, 0);
	show_error(fd, port, 256);
	t_val("so_error", so_error(fd));
	t_val("poll", poll_now(fd));
	close(fd);
}

static void connected(int family, int level, int name)
{
	int fd = socket(family, SOCK_DGRAM, 0), port = closed_port(family);
	union in_addr_any a;

	t_say("-- connected\n");
	connect(fd, &a.sa, in_lo(family, port, &a));
	in_set(fd, level, name, 1);
	t_val("send", VAL(send(fd, "", 0, 0)));
	wait_error(fd);
	show_error(fd, port, 256);
	t_val("so_error", so_error(fd));
	close(fd);
}

int main(void)
{
	one("ip", AF_INET, AF_INET, IPPROTO_IP, IP_RECVERR);
	one("ipv6", AF_INET6, AF_INET6, IPPROTO_IPV6, IPV6_RECVERR);
	one("ip over ipv6", AF_INET6, AF_INET, IPPROTO_IP, IP_RECVERR);
	connected(AF_INET, IPPROTO_IP, IP_RECVERR);
	connected(AF_INET6, IPPROTO_IPV6, IPV6_RECVERR);
	return 0;
}
