/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * EPIPE and SIGPIPE (send(2), write(2)): every call that writes to a stream
 * whose other end is gone, with and without MSG_NOSIGNAL.
 */
#include "inet.h"
#include <sys/sendfile.h>
#include <sys/uio.h>

static volatile int pipes;

static void on_pipe(int sig)
{
	pipes++;
}

static void say(const char *what, long ret)
{
	t_val(what, ret < 0 ? -errno : ret);
	t_val("SIGPIPE", pipes);
	pipes = 0;
}

static void all(int fd)
{
	struct iovec v = {"x", 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
	struct mmsghdr mm = {.msg_hdr = m};
	int f = open("f", O_RDONLY), p[2];

	say("write", write(fd, "x", 1));
	say("write of nothing", write(fd, "", 0));
	say("writev", writev(fd, &v, 1));
	say("send", send(fd, "x", 1, 0));
	say("send, MSG_NOSIGNAL", send(fd, "x", 1, MSG_NOSIGNAL));
	say("sendmsg", sendmsg(fd, &m, 0));
	say("sendmsg, MSG_NOSIGNAL", sendmsg(fd, &m, MSG_NOSIGNAL));
	say("sendmmsg", sendmmsg(fd, &mm, 1, 0));
	say("sendmmsg, MSG_NOSIGNAL", sendmmsg(fd, &mm, 1, MSG_NOSIGNAL));
	say("sendfile", sendfile(fd, f, NULL, 1));
	pipe(p);
	write(p[1], "x", 1);
	say("splice", splice(p[0], NULL, fd, NULL, 1, 0));
	close(p[0]);
	close(p[1]);
	close(f);
}

static void tcp(int family)
{
	struct linger hard = {1, 0};
	int s[2];

	t_say("-- shut down by oneself\n");
	in_tcp(family, s);
	shutdown(s[0], SHUT_WR);
	all(s[0]);
	close(s[0]);
	close(s[1]);
	t_say("-- reset by the other, which is told once\n");
	in_tcp(family, s);
	setsockopt(s[1], SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(s[1]);
	in_wait(s[0], POLLHUP);
	all(s[0]);
	close(s[0]);
	t_say("-- never connected\n");
	s[0] = socket(family, SOCK_STREAM, 0);
	all(s[0]);
	close(s[0]);
}

static void local(int type)
{
	int s[2];

	t_say("== UNIX %d\n", type);
	socketpair(AF_UNIX, type, 0, s);
	shutdown(s[0], SHUT_WR);
	all(s[0]);
	close(s[0]);
	close(s[1]);
	t_say("-- closed by the other\n");
	socketpair(AF_UNIX, type, 0, s);
	close(s[1]);
	all(s[0]);
	close(s[0]);
}

static void datagrams(int family)
{
	int fd = in_bound(family, SOCK_DGRAM);

	in_connect(fd, family, in_port(fd));
	shutdown(fd, SHUT_WR);
	say("send", send(fd, "x", 1, 0));
	say("MSG_NOSIGNAL", send(fd, "x", 1, MSG_NOSIGNAL));
	close(fd);
}

/* Blocked or ignored: the error alone. */
static void without(void)
{
	sigset_t set, was;
	int s[2];

	t_say("== ignored, blocked\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	close(s[1]);
	signal(SIGPIPE, SIG_IGN);
	say("ignored", send(s[0], "x", 1, 0));
	signal(SIGPIPE, on_pipe);
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	sigprocmask(SIG_BLOCK, &set, &was);
	say("blocked", send(s[0], "x", 1, 0));
	sigpending(&set);
	t_val("pending", sigismember(&set, SIGPIPE));
	sigprocmask(SIG_SETMASK, &was, NULL);
	t_val("then", pipes);
	pipes = 0;
	close(s[0]);
}

int main(void)
{
	t_file("f", "text of a file");
	signal(SIGPIPE, on_pipe);
	in_both(tcp);
	local(SOCK_STREAM);
	local(SOCK_DGRAM);
	local(SOCK_SEQPACKET);
	in_both(datagrams);
	without();
	signal(SIGPIPE, SIG_DFL);
	return 0;
}
