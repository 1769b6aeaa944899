/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll_ctl(epfd, op, fd, event): see epoll_ctl(2). */
#include "t.h"
#include <sys/epoll.h>

static struct epoll_event ev;

static void ctl(const char *what, int ep, int op, int fd, unsigned int events)
{
	ev.events = events;
	ev.data.u64 = 42;
	t_ret(what, epoll_ctl(ep, op, fd, &ev));
}

static void loops(void)
{
	int e[8];

	for (int i = 0; i < 8; i++)
		e[i] = epoll_create1(0);
	ctl("itself", e[0], EPOLL_CTL_ADD, e[0], EPOLLIN);
	ctl("another", e[0], EPOLL_CTL_ADD, e[1], EPOLLIN);
	ctl("a loop", e[1], EPOLL_CTL_ADD, e[0], EPOLLIN);
	ctl("third", e[1], EPOLL_CTL_ADD, e[2], EPOLLIN);
	ctl("a longer loop", e[2], EPOLL_CTL_ADD, e[0], EPOLLIN);
	ctl("exclusive", e[3], EPOLL_CTL_ADD, e[4], EPOLLIN | EPOLLEXCLUSIVE);
	for (int i = 0; i < 8; i++)
		close(e[i]);
}

int main(void)
{
	int ep, p[2], q[2], fd;

	t_file("f", "");
	fd = open("f", O_RDWR);
	ep = epoll_create1(0);
	pipe(p);
	ctl("add", ep, EPOLL_CTL_ADD, p[0], EPOLLIN);
	ctl("add twice", ep, EPOLL_CTL_ADD, p[0], EPOLLIN);
	ctl("modify", ep, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET);
	ctl("modify what is not there", ep, EPOLL_CTL_MOD, p[1], EPOLLIN);
	ctl("delete what is not there", ep, EPOLL_CTL_DEL, p[1], EPOLLIN);
	t_ret("delete without event", epoll_ctl(ep, EPOLL_CTL_DEL, p[0], NULL));
	ctl("gone", ep, EPOLL_CTL_DEL, p[0], 0);
	ctl("regular file", ep, EPOLL_CTL_ADD, fd, EPOLLIN);
	ctl("directory", ep, EPOLL_CTL_ADD, open(".", O_RDONLY), EPOLLIN);
	ctl("/dev/null", ep, EPOLL_CTL_ADD, open("/dev/null", O_RDWR), EPOLLIN);
	ctl("operation", ep, 99, p[0], EPOLLIN);
	ctl("not an epoll", p[0], EPOLL_CTL_ADD, p[1], EPOLLIN);
	ctl("epfd closed", 99, EPOLL_CTL_ADD, p[1], EPOLLIN);
	ctl("fd closed", ep, EPOLL_CTL_ADD, 99, EPOLLIN);
	t_ret("bad event", epoll_ctl(ep, EPOLL_CTL_ADD, p[0], T_BAD));
	ctl("exclusive", ep, EPOLL_CTL_ADD, p[0], EPOLLIN | EPOLLEXCLUSIVE);
	ctl("modify it", ep, EPOLL_CTL_MOD, p[0], EPOLLIN);
	ctl("exclusive and once", ep, EPOLL_CTL_ADD, p[1],
	    EPOLLOUT | EPOLLEXCLUSIVE | EPOLLONESHOT);
	ctl("modify to exclusive", ep, EPOLL_CTL_MOD, p[0],
	    EPOLLIN | EPOLLEXCLUSIVE);
	loops();

	/* A duplicate keeps the item alive; the last close removes it. */
	pipe(q);
	ctl("pipe", ep, EPOLL_CTL_ADD, q[0], EPOLLIN);
	fd = dup(q[0]);
	close(q[0]);
	write(q[1], "x", 1);
	t_val("a duplicate is open", epoll_wait(ep, &ev, 1, 0));
	t_val("data", ev.data.u64);
	close(fd);
	t_val("all closed", epoll_wait(ep, &ev, 1, 0));
	return 0;
}
