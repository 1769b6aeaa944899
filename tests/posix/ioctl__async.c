/* SPDX-License-Identifier: BSD-2-Clause */
/* ioctl(FIOASYNC, FIOSETOWN, SIOCSPGRP ...): O_ASYNC the other way. */
#include "t.h"
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <linux/sockios.h>

static volatile sig_atomic_t signals;

static void on_sigio(int sig)
{
	signals++;
}

static void async(const char *name, int fd)
{
	int n = 1;

	t_ret(name, ioctl(fd, FIOASYNC, &n));
	t_is("flag", fcntl(fd, F_GETFL) & O_ASYNC);
	n = 0;
	t_ret("off", ioctl(fd, FIOASYNC, &n));
	t_is("flag", fcntl(fd, F_GETFL) & O_ASYNC);
}

static void owner(int fd, unsigned long set, unsigned long get)
{
	int n = getpid();

	t_ret("set", ioctl(fd, set, &n));
	n = 0;
	t_ret("get", ioctl(fd, get, &n));
	t_is("me", n == getpid());
	n = -getpgrp();
	t_ret("set group", ioctl(fd, set, &n));
	t_is("same as fcntl", fcntl(fd, F_GETOWN) == -getpgrp());
	n = 4000000;
	t_ret("nobody's", ioctl(fd, set, &n));
	t_ret("nowhere", ioctl(fd, set, T_BAD));
	t_ret("nowhere", ioctl(fd, get, T_BAD));
}

static void signalled(int to, int from)
{
	int n = 1;

	signals = 0;
	t_ret("async", ioctl(to, FIOASYNC, &n));
	t_ret("async again", ioctl(to, FIOASYNC, &n));
	n = getpid();
	t_ret("own", fcntl(to, F_SETOWN, n));
	write(from, "1", 1);
	t_val("signals", signals);
	write(from, "2", 1);
	t_val("signals", signals);
	n = 0;
	t_ret("off", ioctl(to, FIOASYNC, &n));
	write(from, "3", 1);
	t_val("signals", signals);
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_sigio};
	int s[2], p[2], f;

	sigaction(SIGIO, &sa, NULL);
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	pipe(p);
	f = open("file", O_RDWR | O_CREAT, 0600);
	async("socket", s[0]);
	async("pipe", p[0]);
	async("file", f);
	async("eventfd", eventfd(0, 0));
	async("epoll", epoll_create1(0));
	async("null", open("/dev/null", O_RDWR));
	async("directory", open(".", O_RDONLY));
	t_ret("from nowhere", ioctl(s[0], FIOASYNC, T_BAD));
	owner(s[0], FIOSETOWN, FIOGETOWN);
	owner(s[0], SIOCSPGRP, SIOCGPGRP);
	t_ret("of a pipe", ioctl(p[0], FIOGETOWN, &f));
	signalled(s[0], s[1]);
	signalled(p[0], p[1]);
	return 0;
}
