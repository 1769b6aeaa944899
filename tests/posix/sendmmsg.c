/* SPDX-License-Identifier: BSD-2-Clause */
/* sendmmsg(fd, vec, n, flags): see sendmmsg(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/uio.h>

int main(void)
{
	struct iovec v[4] = {{"one", 3}, {"three", 5}, {"", 0}, {T_BAD, 2}};
	struct mmsghdr m[20];
	int fd = open("/dev/null", O_RDWR), p[2], n;
	char buf[10];

	memset(m, 0, sizeof(m));
	for (int i = 0; i < 20; i++) {
		m[i].msg_hdr.msg_iov = &v[i % 3];
		m[i].msg_hdr.msg_iovlen = 1;
		m[i].msg_len = 77;
	}
	t_val("not open", sendmmsg(99, m, 1, 0));
	t_val("no socket", sendmmsg(fd, m, 1, 0));
	close(fd);
	socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, p);
	t_val("compat", syscall(SYS_sendmmsg, p[0], m, 1, 0x80000000));
	t_val("none", sendmmsg(p[0], m, 0, 0));
	t_val("bad vector", syscall(SYS_sendmmsg, p[0], T_BAD, 1, 0));
	t_val("three", sendmmsg(p[0], m, 3, 0));
	for (int i = 0; i < 4; i++)
		t_val("length", m[i].msg_len);
	for (int i = 0; i < 4; i++)
		t_val("recv", recv(p[1], buf, 10, 0));
	m[2].msg_hdr.msg_iov = &v[3];
	t_val("third is bad", syscall(SYS_sendmmsg, p[0], m, 4, 0));
	t_val("not told later", syscall(SYS_sendmmsg, p[0], m, 1, 0));
	t_val("bad is first", syscall(SYS_sendmmsg, p[0], m + 2, 1, 0));
	while (recv(p[1], buf, 10, 0) > 0)
		;
	close(p[1]);
	t_val("closed", sendmmsg(p[0], m, 2, 0));
	close(p[0]);
	socketpair(AF_UNIX, SOCK_STREAM, 0, p);
	n = syscall(SYS_sendmmsg, p[0], m, 2, 0);
	t_val("stream", n);
	t_val("together", recv(p[1], buf, 10, 0));
	return 0;
}
