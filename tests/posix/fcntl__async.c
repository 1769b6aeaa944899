/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fcntl(F_SETOWN, F_SETSIG, F_SETFL with O_ASYNC ...): whom a file that becomes
 * ready signals, and with what.
 */
#include "t.h"
#include <sys/socket.h>
#include <time.h>

#define RT (SIGRTMIN + 3)

static sigset_t set;

static const char *code_name(int code)
{
	switch (code) {
	case POLL_IN:
		return "POLL_IN";
	case POLL_OUT:
		return "POLL_OUT";
	case POLL_ERR:
		return "POLL_ERR";
	case POLL_HUP:
		return "POLL_HUP";
	case SI_KERNEL:
		return "SI_KERNEL";
	case SI_SIGIO:
		return "SI_SIGIO";
	}
	return "?";
}

/* What has come; the descriptor as its place among fds. */
static void came(const char *name, const int *fds)
{
	struct timespec none = {0, 0};
	siginfo_t si;
	int sig, n = 0;

	while ((sig = sigtimedwait(&set, &si, &none)) > 0) {
		n++;
		if (sig == SIGIO) {
			t_say("%s: SIGIO %s\n", name, code_name(si.si_code));
			continue;
		}
		t_say("%s: %s %s band %lx fd %d\n", name,
		      sig == RT	       ? "RT"
		      : sig == SIGCHLD ? "CHLD"
				       : "other",
		      code_name(si.si_code), (long)si.si_band,
		      si.si_fd == fds[0]   ? 0
		      : si.si_fd == fds[1] ? 1
					   : -1);
	}
	if (!n)
		t_say("%s: nothing\n", name);
}

static void on(int fd)
{
	t_ret("O_ASYNC", fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC));
	t_is("flag", fcntl(fd, F_GETFL) & O_ASYNC);
}

static void owners(int fd)
{
	struct f_owner_ex o = {0, 0};

	t_val("owner at first", fcntl(fd, F_GETOWN));
	t_val("signal at first", fcntl(fd, F_GETSIG));
	t_ret("get ex", fcntl(fd, F_GETOWN_EX, &o));
	t_val("type", o.type);
	t_val("pid", o.pid);
	t_ret("own", fcntl(fd, F_SETOWN, getpid()));
	t_is("is me", fcntl(fd, F_GETOWN) == getpid());
	t_ret("get ex", fcntl(fd, F_GETOWN_EX, &o));
	t_val("type", o.type);
	t_is("me", o.pid == getpid());
	t_ret("group", fcntl(fd, F_SETOWN, -getpgrp()));
	t_ret("get ex", fcntl(fd, F_GETOWN_EX, &o));
	t_val("type", o.type);
	t_is("group", o.pid == getpgrp());
	o = (struct f_owner_ex){F_OWNER_TID, gettid()};
	t_ret("thread", fcntl(fd, F_SETOWN_EX, &o));
	t_is("is me", fcntl(fd, F_GETOWN) == gettid());
	o.type = 3;
	t_ret("bad type", fcntl(fd, F_SETOWN_EX, &o));
	o = (struct f_owner_ex){F_OWNER_PID, 4000000};
	t_ret("nobody's", fcntl(fd, F_SETOWN_EX, &o));
	t_ret("nobody's", fcntl(fd, F_SETOWN, 4000000));
	t_ret("no group", syscall(SYS_fcntl, fd, F_SETOWN, -4000000));
	t_ret("smallest", fcntl(fd, F_SETOWN, INT32_MIN));
	t_ret("set nowhere", fcntl(fd, F_SETOWN_EX, T_BAD));
	t_ret("get nowhere", fcntl(fd, F_GETOWN_EX, T_BAD));
	t_is("still me", fcntl(fd, F_GETOWN) == gettid());
	t_ret("signal 65", fcntl(fd, F_SETSIG, 65));
	t_ret("signal -1", fcntl(fd, F_SETSIG, -1));
	t_ret("signal 64", fcntl(fd, F_SETSIG, 64));
	t_val("signal", fcntl(fd, F_GETSIG));
	t_ret("signal 0", fcntl(fd, F_SETSIG, 0));
	t_ret("nobody", fcntl(fd, F_SETOWN, 0));
	t_val("owner", fcntl(fd, F_GETOWN));
}

static void pipes(void)
{
	char buf[65536];
	int p[2];

	pipe2(p, O_NONBLOCK);
	owners(p[0]);
	on(p[0]);
	write(p[1], "a", 1);
	came("nobody owns it", p);
	fcntl(p[0], F_SETOWN, getpid());
	write(p[1], "b", 1);
	came("written", p);
	fcntl(p[0], F_SETSIG, RT);
	write(p[1], "c", 1);
	write(p[1], "d", 1);
	came("written twice", p);
	fcntl(p[0], F_SETSIG, SIGCHLD);
	write(p[1], "c", 1);
	came("as SIGCHLD", p);
	fcntl(p[0], F_SETSIG, RT);
	read(p[0], buf, sizeof(buf));
	came("read", p);
	fcntl(p[1], F_SETOWN, -getpgrp());
	fcntl(p[1], F_SETSIG, RT);
	fcntl(p[0], F_SETFL, O_NONBLOCK);
	on(p[1]);
	memset(buf, 'x', sizeof(buf));
	while (write(p[1], buf, sizeof(buf)) > 0)
		;
	came("filled", p);
	read(p[0], buf, sizeof(buf));
	came("emptied", p);
	fcntl(p[1], F_SETFL, O_NONBLOCK);
	on(p[0]);
	close(p[1]);
	came("writer gone", p);
	close(p[0]);
	came("closed", p);
	pipe2(p, O_NONBLOCK);
	fcntl(p[1], F_SETOWN, getpid());
	fcntl(p[1], F_SETSIG, RT);
	on(p[1]);
	close(p[0]);
	came("reader gone", p);
	close(p[1]);
}

static void sockets(int type)
{
	struct f_owner_ex o = {F_OWNER_TID, gettid()};
	char c[4];
	int s[2];

	t_val("type of sockets", type);
	socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, s);
	fcntl(s[0], F_SETOWN_EX, &o);
	fcntl(s[0], F_SETSIG, RT);
	write(s[1], "0", 1);
	came("no O_ASYNC", s);
	on(s[0]);
	came("readable before", s);
	write(s[1], "1", 1);
	came("written", s);
	read(s[0], c, sizeof(c));
	came("read", s);
	fcntl(s[0], F_SETFL, O_NONBLOCK);
	write(s[1], "2", 1);
	came("off", s);
	on(s[0]);
	fcntl(s[0], F_SETSIG, 0);
	write(s[1], "3", 1);
	write(s[1], "4", 1);
	came("two as SIGIO", s);
	fcntl(s[0], F_SETSIG, RT);
	if (type != SOCK_DGRAM) {
		shutdown(s[1], SHUT_WR);
		came("shut", s);
		close(s[1]);
		came("peer gone", s);
	}
	close(s[0]);
	came("closed", s);
}

static void others(void)
{
	int fd = open("file", O_RDWR | O_CREAT, 0600);

	t_ret("owner of a file", fcntl(fd, F_SETOWN, getpid()));
	t_is("kept", fcntl(fd, F_GETOWN) == getpid());
	on(fd);
	write(fd, "x", 1);
	came("file written", &fd);
	close(fd);
	fd = open("file", O_PATH);
	t_ret("O_PATH", fcntl(fd, F_SETOWN, getpid()));
	t_ret("O_PATH", fcntl(fd, F_GETSIG));
	close(fd);
	t_ret("closed", fcntl(fd, F_GETOWN));
}

int main(void)
{
	sigemptyset(&set);
	sigaddset(&set, SIGIO);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, RT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	pipes();
	sockets(SOCK_STREAM);
	sockets(SOCK_DGRAM);
	sockets(SOCK_SEQPACKET);
	others();
	return 0;
}
