/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * accept4(fd, name, len, flags): see accept(2). musl's accept4() falls back on
 * accept() at EINVAL, so flags are tried with syscall(2).
 */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

static struct sockaddr_un at = {AF_UNIX, "l"};

static int accept_with(int l, int flags)
{
	int c = socket(AF_UNIX, SOCK_STREAM, 0), fd;

	connect(c, (void *)&at, sizeof(at));
	fd = accept4(l, NULL, NULL, flags);
	if (fd < 0)
		t_ret("accept4", fd);
	close(c);
	return fd;
}

int main(void)
{
	int fd = open("/dev/null", O_RDWR), l;

	t_val("not open", accept4(99, NULL, NULL, 0));
	t_val("no socket", accept4(fd, NULL, NULL, 0));
	t_val("unknown flag", syscall(SYS_accept4, fd, NULL, NULL, 1));
	t_val("not open first", syscall(SYS_accept4, 99, NULL, NULL, 1));
	close(fd);
	l = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(l, (void *)&at, sizeof(at));
	listen(l, 5);
	fd = accept_with(l, 0);
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("close on exec", fcntl(fd, F_GETFD));
	close(fd);
	fd = accept_with(l, SOCK_NONBLOCK);
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("close on exec", fcntl(fd, F_GETFD));
	close(fd);
	fd = accept_with(l, SOCK_CLOEXEC);
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("close on exec", fcntl(fd, F_GETFD));
	close(fd);
	/* SOCK_NONBLOCK is for the new one. */
	fcntl(l, F_SETFL, O_NONBLOCK);
	t_val("none there", accept4(l, NULL, NULL, SOCK_CLOEXEC));
	close(l);
	return 0;
}
