/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll(7) by chance: the same sequence of operations on pipes, event counters
 * and instances in one another, in every mode, must report the same events in
 * the same order on Linux and here.
 */
#include "t.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#define PIPES  4
#define EVENTS 3
#define EPOLLS 3
#define FDS    (2 * PIPES + EVENTS + EPOLLS)
#define OPS    6000

static uint64_t state = 4711;

/* Pipes' two ends, then counters, then instances. */
static int fds[FDS];
static int *const eps = fds + 2 * PIPES + EVENTS;

static char buf[70000];

static void new_pipe(int i)
{
	int p[2];

	pipe2(p, O_NONBLOCK);
	fds[2 * i] = p[0];
	fds[2 * i + 1] = p[1];
}

static void pipe_op(int i)
{
	t_say("pipe %d: ", i);
	switch (t_rnd(&state, 12)) {
	case 0:
		/* Close one end, and the other later. */
		t_say("close one\n");
		close(fds[2 * i + t_rnd(&state, 2)]);
		break;
	case 1:
		t_say("new\n");
		close(fds[2 * i]);
		close(fds[2 * i + 1]);
		new_pipe(i);
		break;
	case 2:
	case 3:
	case 4:
		t_val("read",
		      read(fds[2 * i], buf, t_rnd(&state, 4) ? 1 : 70000));
		break;
	case 5:
		t_val("fill", write(fds[2 * i + 1], buf, 70000));
		break;
	default:
		t_val("write",
		      write(fds[2 * i + 1], buf, 1 + t_rnd(&state, 3)));
		break;
	}
}

static void event_op(int i)
{
	uint64_t n = 1 + t_rnd(&state, 3);

	t_say("event %d: ", i);

	if (t_rnd(&state, 3))
		t_val("count", write(fds[2 * PIPES + i], &n, 8));
	else
		t_val("take", read(fds[2 * PIPES + i], &n, 8));
}

static void control_op(void)
{
	static const uint32_t masks[] = {
		EPOLLIN,  EPOLLOUT, EPOLLIN | EPOLLOUT,	   EPOLLIN | EPOLLRDHUP,
		EPOLLPRI, 0,	    EPOLLIN | EPOLLRDNORM, EPOLLIN | EPOLLPRI};
	static const uint32_t modes[] = {0,
					 0,
					 0,
					 EPOLLET,
					 EPOLLET,
					 EPOLLONESHOT,
					 EPOLLONESHOT,
					 EPOLLET | EPOLLONESHOT};
	int op = t_rnd(&state, 8), fd = t_rnd(&state, FDS),
	    ep = t_rnd(&state, EPOLLS), err;
	struct epoll_event ev = {.events = masks[t_rnd(&state, 8)] |
					   modes[t_rnd(&state, 8)],
				 .data.u64 = fd};

	/* To ask an end of a pipe for what it never does is an edge on Linux or
	 * not by the queue that it happens to use. */
	if (fd < 2 * PIPES)
		ev.events &= fd & 1 ? ~(EPOLLIN | EPOLLRDNORM) : ~EPOLLOUT;
	if (op == 0)
		op = EPOLL_CTL_DEL;
	else
		op = op < 4 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
	err = epoll_ctl(eps[ep], op, fds[fd], &ev) < 0 ? errno : 0;
	t_say("ctl %d %d %d %x: %s\n", ep, op, fd, ev.events,
	      err ? t_errno_name(err) : "ok");
}

static void wait_op(int i)
{
	struct epoll_event out[FDS];
	int n = epoll_wait(eps[i], out, 1 + t_rnd(&state, FDS), 0);

	t_say("wait %d: %d", i, n);
	for (int k = 0; k < n; k++)
		t_say(" %d=%x", (int)out[k].data.u64, out[k].events);
	t_say("\n");
}

static void poll_op(void)
{
	struct pollfd p[FDS];
	int n;

	for (int i = 0; i < FDS; i++)
		p[i] = (struct pollfd){fds[i], POLLIN | POLLOUT | POLLRDHUP, 0};
	n = poll(p, FDS, 0);
	t_say("poll %d:", n);
	for (int i = 0; i < FDS; i++)
		t_say(" %x", p[i].revents);
	t_say("\n");
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	for (int i = 0; i < PIPES; i++)
		new_pipe(i);
	for (int i = 0; i < EVENTS; i++)
		fds[2 * PIPES + i] = eventfd(0, EFD_NONBLOCK);
	for (int i = 0; i < EPOLLS; i++)
		eps[i] = epoll_create1(0);
	for (int i = 0; i < OPS; i++) {
		switch (t_rnd(&state, 8)) {
		case 0:
		case 1:
			control_op();
			break;
		case 2:
		case 3:
			pipe_op(t_rnd(&state, PIPES));
			break;
		case 4:
			event_op(t_rnd(&state, EVENTS));
			break;
		case 5:
			if (!t_rnd(&state, 4))
				poll_op();
			break;
		default:
			wait_op(t_rnd(&state, EPOLLS));
		}
	}
	return 0;
}
