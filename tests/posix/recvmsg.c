/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * recvmsg(fd, msg, flags): see recvmsg(2). Ancillary data is in sendmsg.c. musl
 * copies the header before the call, so bad ones are passed with syscall(2).
 */
#include "t.h"
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

static char one[4], two[4];

static void show(const char *what, int fd, struct msghdr *m, int flags)
{
	ssize_t n;

	memset(one, '.', 4);
	memset(two, '.', 4);
	m->msg_flags = 0x1234;
	n = syscall(SYS_recvmsg, fd, m, flags);
	t_val(what, n);
	if (n < 0)
		return;
	t_bytes("one", one, 4);
	t_bytes("two", two, 4);
	t_say("flags %#x namelen %d control %zu\n", m->msg_flags,
	      (int)m->msg_namelen, (size_t)m->msg_controllen);
}

static void errors(void)
{
	struct iovec v = {one, 4}, bad = {T_BAD, 4};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
	struct sockaddr_un a;
	int fd = open("/dev/null", O_RDWR), p[2];

	t_val("not open", recvmsg(99, &m, 0));
	t_val("no socket", recvmsg(fd, &m, 0));
	t_val("both wrong", syscall(SYS_recvmsg, fd, T_BAD, 0));
	socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, p);
	t_val("bad header", syscall(SYS_recvmsg, p[0], T_BAD, 0));
	t_val("compat", syscall(SYS_recvmsg, p[0], &m, 0x80000000));
	m.msg_iovlen = 1025;
	t_val("too many", syscall(SYS_recvmsg, p[0], &m, 0));
	m.msg_iovlen = 1;
	m.msg_iov = T_BAD;
	t_val("bad vector", recvmsg(p[0], &m, 0));
	m.msg_iov = &bad;
	send(p[1], "x", 1, 0);
	t_val("bad buffer", recvmsg(p[0], &m, 0));
	m.msg_iov = &v;
	m.msg_name = &a;
	m.msg_namelen = -1;
	send(p[1], "x", 1, 0);
	t_val("negative name", syscall(SYS_recvmsg, p[0], &m, 0));
	t_val("nothing was taken", recv(p[0], one, 1, 0));
	m.msg_name = T_BAD;
	m.msg_namelen = 10;
	send(p[1], "x", 1, 0);
	t_val("bad name, but none to tell", recvmsg(p[0], &m, 0));
	t_val("taken", recv(p[0], one, 1, 0));
	close(p[0]);
	close(p[1]);
}

int main(void)
{
	struct iovec v[2] = {{one, 3}, {two, 4}};
	struct msghdr m = {.msg_iov = v, .msg_iovlen = 2};
	struct sockaddr_un a = {AF_UNIX, "s"}, from;
	int p[2];

	errors();
	socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, p);
	send(p[0], "abcdefghij", 10, 0);
	show("cut", p[1], &m, 0);
	send(p[0], "abcdefghij", 10, 0);
	show("real length", p[1], &m, MSG_TRUNC);
	send(p[0], "abcde", 5, 0);
	show("peek", p[1], &m, MSG_PEEK);
	m.msg_controllen = 100;
	show("no control buffer", p[1], &m, 0);
	m.msg_name = &from;
	m.msg_namelen = sizeof(from);
	m.msg_controllen = 0;
	send(p[0], "abc", 3, 0);
	show("unnamed", p[1], &m, 0);
	bind(p[0], (void *)&a, sizeof(a));
	m.msg_namelen = sizeof(from);
	send(p[0], "abc", 3, 0);
	show("named", p[1], &m, MSG_CMSG_CLOEXEC);
	t_bytes("name", &from, 5);
	m.msg_namelen = 4;
	memset(&from, 0x55, sizeof(from));
	send(p[0], "abc", 3, 0);
	show("short name", p[1], &m, 0);
	t_bytes("name", &from, 5);
	show("none", p[1], &m, 0);
	m.msg_iovlen = 0;
	send(p[0], "abc", 3, 0);
	show("no buffers", p[1], &m, 0);
	shutdown(p[1], SHUT_RD);
	show("shut down", p[1], &m, 0);
	fcntl(p[1], F_SETFL, 0);
	show("shut down, waiting", p[1], &m, 0);
	close(p[0]);
	close(p[1]);
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	m.msg_iovlen = 2;
	m.msg_namelen = sizeof(from);
	send(p[0], "abcdefghij", 10, 0);
	show("stream", p[1], &m, 0);
	close(p[0]);
	show("rest", p[1], &m, 0);
	show("end", p[1], &m, 0);
	return 0;
}
