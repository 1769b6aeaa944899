/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What goes through a pseudo-terminal, and ioctl_tty(2) of both its sides. The
 * test begins as the leader of a session that has no terminal.
 * t: alone
 */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdbool.h>
#include <termios.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

static int m, s;
static volatile int seen[65];

static void on_signal(int sig)
{
	seen[sig]++;
}

static void begin(void)
{
	if (openpty(&m, &s, NULL, NULL, NULL))
		t_skip("no pseudo-terminal");
}

static void end(void)
{
	close(s);
	close(m);
}

static void nonblock(int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* The master's work is done by others on Linux: a moment later. */
static void ready(int fd, int events, const char *what)
{
	struct pollfd p = {.fd = fd, .events = events};

	if (poll(&p, 1, 2000) != 1)
		t_say("%s: nothing came\n", what);
}

static void show(const char *what, int fd)
{
	char buf[256];
	ssize_t n;

	ready(fd, POLLIN, what);
	n = read(fd, buf, sizeof(buf));
	if (n > 0)
		t_bytes(what, buf, n);
	else
		t_val(what, n);
}

static void type(const char *keys)
{
	if (write(m, keys, strlen(keys)) != (ssize_t)strlen(keys))
		t_say("not all typed\n");
}

static void events(const char *what, int fd)
{
	struct pollfd p = {.fd = fd,
			   .events = POLLIN | POLLOUT | POLLPRI | POLLRDNORM};

	poll(&p, 1, 0);
	t_say("%s:%s%s%s%s%s\n", what, p.revents & POLLIN ? " in" : "",
	      p.revents & POLLOUT ? " out" : "",
	      p.revents & POLLPRI ? " pri" : "",
	      p.revents & POLLERR ? " err" : "",
	      p.revents & POLLHUP ? " hup" : "");
}

static void settings(void (*change)(struct termios *t))
{
	struct termios t;

	tcgetattr(s, &t);
	change(&t);
	t_ret("tcsetattr", tcsetattr(s, TCSANOW, &t));
}

static void raw(struct termios *t)
{
	cfmakeraw(t);
}

static void no_flow(struct termios *t)
{
	t->c_iflag &= ~IXON;
}

static void flow_on(struct termios *t)
{
	t->c_iflag |= IXON;
}

static void data(void)
{
	struct termios t;
	int n;

	begin();
	tcgetattr(s, &t);
	t_say("termios: %x %x %x %x\n", t.c_iflag, t.c_oflag,
	      t.c_cflag & ~CBAUD, t.c_lflag);
	t_bytes("characters", t.c_cc, 17);
	events("master, nothing", m);
	events("slave, nothing", s);
	type("one\r");
	show("echo", m);
	ready(s, POLLIN, "line");
	t_ret("FIONREAD", ioctl(s, FIONREAD, &n));
	t_val("bytes", n);
	events("slave, a line", s);
	show("line", s);
	type("ab\177c\n");
	show("line, edited", s);
	show("its echo", m);
	type("\004");
	show("end of file", s);
	t_val("write", write(s, "x\ny", 3));
	ready(m, POLLIN, "out");
	t_ret("FIONREAD", ioctl(m, FIONREAD, &n));
	t_val("bytes", n);
	show("processed", m);
	settings(raw);
	type("\003\n");
	show("raw", s);
	t_val("write", write(s, "x\ny", 3));
	show("not processed", m);
	t_ret("tcdrain", tcdrain(s));
	t_ret("TIOCOUTQ", ioctl(s, TIOCOUTQ, &n));
	t_val("bytes", n);
	end();
}

static void flushes(void)
{
	begin();
	settings(raw);
	nonblock(m);
	nonblock(s);
	show("empty master", m);
	t_val("empty slave", read(s, (char[1]){0}, 1));
	type("typed");
	ready(s, POLLIN, "typed");
	t_ret("tcflush in", tcflush(s, TCIFLUSH));
	t_val("flushed", read(s, (char[1]){0}, 1));
	t_val("write", write(s, "shown", 5));
	ready(m, POLLIN, "shown");
	t_ret("tcflush of the master", tcflush(m, TCIFLUSH));
	t_val("flushed", read(m, (char[1]){0}, 1));
	t_ret("tcflush bad", tcflush(s, 3));
	t_val("write", write(s, "seen", 4));
	ready(m, POLLIN, "seen");
	t_ret("tcflush out", tcflush(s, TCOFLUSH));
	show("what had arrived", m);
	type("keys");
	ready(s, POLLIN, "keys");
	t_ret("tcflush out, master", tcflush(m, TCOFLUSH));
	show("what had arrived", s);
	t_ret("tcflow", tcflow(s, TCOOFF));
	t_val("stopped", write(s, "x", 1));
	events("slave, stopped", s);
	t_ret("tcflow", tcflow(s, TCOON));
	t_val("going", write(s, "x", 1));
	show("shown", m);
	end();
}

/* More than fits, through non-blocking sides: all of it, in order. */
static void bulk(void)
{
	static char out[60000], in[60000];
	size_t sent = 0, got = 0;
	bool full = false;
	ssize_t n;

	begin();
	settings(raw);
	nonblock(m);
	nonblock(s);
	for (size_t i = 0; i < sizeof(out); i++)
		out[i] = (char)(i * 7 + i / 256);
	for (int way = 0; way < 2; way++) {
		int from = way ? m : s, to = way ? s : m;

		sent = got = 0;
		full = false;
		while (got < sizeof(in)) {
			n = write(from, out + sent, sizeof(out) - sent);
			if (n > 0)
				sent += n;
			else if (n < 0 && errno == EAGAIN)
				full = true;
			ready(to, POLLIN, "bulk");
			n = read(to, in + got, sizeof(in) - got);
			if (n > 0)
				got += n;
			else if (errno != EAGAIN)
				break;
		}
		t_is("it was full", full || sent == sizeof(out));
		t_val("moved", got);
		t_is("the same", !memcmp(in, out, sizeof(in)));
	}
	end();
}

static void hang_ups(void)
{
	char c;

	begin();
	t_val("write", write(s, "last", 4));
	close(s);
	ready(m, POLLIN, "last");
	events("slave closed", m);
	show("what it left", m);
	events("all read", m);
	t_val("read", read(m, &c, 1));
	t_val("write to nobody", write(m, "k\n", 2));
	s = ioctl(m, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	t_ret("slave again", s);
	show("typed meanwhile", s);
	type("unread\n");
	ready(s, POLLIN, "unread");
	close(m);
	t_val("read", read(s, &c, 1));
	t_val("write", write(s, "x", 1));
	events("master closed", s);
	t_ret("tcgetattr", ioctl(s, TCGETS, &(struct termios){0}));
	t_ret("TIOCSPGRP", ioctl(s, TIOCSPGRP, &m));
	t_is("isatty", isatty(s));
	close(s);
}

static void *close_later(void *arg)
{
	usleep(50000);
	close(*(int *)arg);
	return NULL;
}

static void *type_later(void *arg)
{
	usleep(50000);
	write(m, "later\n", 6);
	return NULL;
}

static void blocking(void)
{
	struct epoll_event ev = {.events = EPOLLIN | EPOLLET};
	int ep = epoll_create1(0);
	pthread_t t;
	char buf[16];

	begin();
	pthread_create(&t, NULL, type_later, NULL);
	t_val("read that waits", read(s, buf, sizeof(buf)));
	pthread_join(t, NULL);
	show("echo", m);
	epoll_ctl(ep, EPOLL_CTL_ADD, m, &ev);
	t_val("epoll, nothing", epoll_wait(ep, &ev, 1, 0));
	t_val("write", write(s, "x", 1));
	t_val("epoll", epoll_wait(ep, &ev, 1, 2000));
	t_is("in", ev.events == EPOLLIN);
	show("read", m);
	pthread_create(&t, NULL, close_later, &s);
	t_val("read until the slave goes", read(m, buf, sizeof(buf)));
	pthread_join(t, NULL);
	close(m);
	begin();
	pthread_create(&t, NULL, close_later, &m);
	t_val("read until the master goes", read(s, buf, sizeof(buf)));
	pthread_join(t, NULL);
	close(s);
	close(ep);
}

static void packets(void)
{
	int on = 1, off = 0, n = -1;

	begin();
	nonblock(m);
	t_ret("TIOCPKT", ioctl(m, TIOCPKT, &on));
	t_ret("TIOCGPKT", ioctl(m, TIOCGPKT, &n));
	t_val("packet mode", n);
	t_ret("TIOCPKT of a slave", ioctl(s, TIOCPKT, &on));
	t_val("write", write(s, "ab", 2));
	show("data", m);
	tcflush(s, TCIOFLUSH);
	events("flushed", m);
	show("flush", m);
	events("told", m);
	settings(no_flow);
	show("no flow", m);
	settings(flow_on);
	show("flow", m);
	tcflow(s, TCOOFF);
	show("stopped", m);
	tcflow(s, TCOON);
	show("started", m);
	type("\003");
	show("signal's key", m);
	show("its echo", m);
	type("\023");
	show("Ctrl-S", m);
	type("\021");
	show("Ctrl-Q", m);
	close(s);
	ioctl(m, TIOCGPKT, &n);
	t_val("packet mode without a slave", n);
	s = ioctl(m, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	t_ret("off", ioctl(m, TIOCPKT, &off));
	t_val("write", write(s, "c", 1));
	show("plain", m);
	end();
}

static void size(void)
{
	struct winsize w = {.ws_row = 24, .ws_col = 80}, got;

	t_ret("TIOCGWINSZ", ioctl(s, TIOCGWINSZ, &got));
	t_say("%d by %d\n", got.ws_row, got.ws_col);
	t_ret("TIOCSWINSZ", ioctl(m, TIOCSWINSZ, &w));
	ioctl(s, TIOCGWINSZ, &got);
	t_say("%d by %d\n", got.ws_row, got.ws_col);
	t_val("SIGWINCH", seen[SIGWINCH]);
	ioctl(m, TIOCSWINSZ, &w);
	t_val("of the same size", seen[SIGWINCH]);
	t_ret("TIOCSWINSZ bad", ioctl(m, TIOCSWINSZ, T_BAD));
}

static void wait_signal(int sig)
{
	for (int i = 0; i < 200 && !seen[sig]; i++)
		usleep(10000);
	t_val(strsignal(sig), seen[sig]);
	seen[sig] = 0;
}

static void session(void)
{
	int n = -1, fd;

	for (int i = 1; i < 32; i++)
		signal(i, on_signal);
	begin();
	t_ret("TIOCGSID, none", ioctl(s, TIOCGSID, &n));
	t_ret("TIOCGPGRP, none", ioctl(s, TIOCGPGRP, &n));
	t_ret("of the master", ioctl(m, TIOCGPGRP, &n));
	t_val("group", n);
	t_ret("TIOCGSID of the master", ioctl(m, TIOCGSID, &n));
	t_ret("TIOCNOTTY, none", ioctl(s, TIOCNOTTY, 0));
	type("\003");
	usleep(20000);
	t_val("SIGINT without a session", seen[SIGINT]);
	size();
	t_ret("TIOCSCTTY", ioctl(s, TIOCSCTTY, 0));
	t_ret("once more", ioctl(s, TIOCSCTTY, 0));
	t_ret("TIOCGSID", ioctl(s, TIOCGSID, &n));
	t_is("ours", n == getsid(0));
	t_ret("TIOCGPGRP", ioctl(s, TIOCGPGRP, &n));
	t_is("ours", n == getpgrp());
	t_ret("of the master", ioctl(m, TIOCGPGRP, &n));
	t_is("ours", n == getpgrp());
	n = getpgrp();
	t_ret("TIOCSPGRP", ioctl(s, TIOCSPGRP, &n));
	n = -3;
	t_ret("TIOCSPGRP negative", ioctl(s, TIOCSPGRP, &n));
	fd = open("/dev/tty", O_RDWR);
	t_ret("/dev/tty", fd);
	t_val("write", write(fd, "tty", 3));
	tcflush(s, TCIFLUSH);
	close(fd);
	ioctl(m, TIOCSWINSZ, &(struct winsize){.ws_row = 3});
	wait_signal(SIGWINCH);
	type("\003");
	wait_signal(SIGINT);
	type("\034");
	wait_signal(SIGQUIT);
	t_ret("TIOCSIG", ioctl(m, TIOCSIG, SIGINT));
	wait_signal(SIGINT);
	t_ret("TIOCSIG bad", ioctl(m, TIOCSIG, SIGHUP));
	t_ret("TIOCNOTTY", ioctl(s, TIOCNOTTY, 0));
	wait_signal(SIGHUP);
	wait_signal(SIGCONT);
	t_ret("/dev/tty", open("/dev/tty", O_RDWR));
	close(s);
	s = ioctl(m, TIOCGPTPEER, O_RDWR);
	t_ret("taken by its open", ioctl(s, TIOCGSID, &n));
	close(m);
	wait_signal(SIGHUP);
	wait_signal(SIGCONT);
	t_ret("/dev/tty", open("/dev/tty", O_RDWR));
	close(s);
}

int main(void)
{
	data();
	flushes();
	bulk();
	hang_ups();
	blocking();
	packets();
	session();
	return 0;
}
