/* SPDX-License-Identifier: BSD-2-Clause */
/* shutdown(fd, how): half-open connections in each direction, SIGPIPE, resets.
 */
#include "inet.h"

static volatile int pipes;

static void on_pipe(int sig)
{
	pipes++;
}

static void both_polls(const char *what, int s[2])
{
	t_say("%s: events %x and %x\n", what, in_poll(s[0]), in_poll(s[1]));
}

static void errors(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);
	int u = socket(family, SOCK_DGRAM, 0);

	t_val("not connected", VAL(shutdown(fd, SHUT_RDWR)));
	t_val("how 3", VAL(shutdown(fd, 3)));
	t_val("how -1", VAL(shutdown(fd, -1)));
	t_val("datagrams", VAL(shutdown(u, SHUT_RDWR)));
	t_val("events of a new one", in_poll(fd));
	t_val("send", VAL(send(fd, "x", 1, 0)));
	t_val("SIGPIPE", pipes);
	t_val("recv", VAL(recv(fd, &u, 1, 0)));
	close(fd);
	close(u);
}

static void write_side(int family)
{
	int s[2];
	char b[8];

	in_tcp(family, s);
	both_polls("connected", s);
	send(s[0], "last", 4, 0);
	t_val("SHUT_WR", VAL(shutdown(s[0], SHUT_WR)));
	t_val("events", in_wait(s[1], POLLRDHUP));
	in_settle();
	both_polls("half closed", s);
	t_val("recv", VAL(recv(s[1], b, 8, 0)));
	t_val("end", VAL(recv(s[1], b, 8, 0)));
	t_val("end", VAL(recv(s[1], b, 8, 0)));
	pipes = 0;
	t_val("send", VAL(send(s[0], "x", 1, 0)));
	t_val("SIGPIPE", pipes);
	t_val("without", VAL(send(s[0], "x", 1, MSG_NOSIGNAL)));
	t_val("SIGPIPE", pipes);
	t_val("the other way", VAL(send(s[1], "back", 4, 0)));
	t_val("recv", VAL(recv(s[0], b, 8, 0)));
	t_val("again", VAL(shutdown(s[0], SHUT_WR)));
	t_val("the other side too", VAL(shutdown(s[1], SHUT_WR)));
	in_wait(s[0], POLLRDHUP);
	in_settle();
	both_polls("closed", s);
	t_val("recv", VAL(recv(s[0], b, 8, 0)));
	t_val("then shutdown", VAL(shutdown(s[0], SHUT_RDWR)));
	in_show_peer("peer", s[0], 0);
	close(s[0]);
	close(s[1]);
}

static void read_side(int family)
{
	int s[2];
	char b[8];

	in_tcp(family, s);
	t_val("SHUT_RD", VAL(shutdown(s[0], SHUT_RD)));
	both_polls("shut", s);
	t_val("recv", VAL(recv(s[0], b, 8, 0)));
	t_val("the other sends", VAL(send(s[1], "abc", 3, 0)));
	in_settle();
	t_val("what came is there", VAL(recv(s[0], b, 8, 0)));
	t_val("recv", VAL(recv(s[0], b, 8, 0)));
	t_val("send", VAL(send(s[0], "abcd", 4, 0)));
	t_val("recv", VAL(recv(s[1], b, 8, 0)));
	close(s[0]);
	close(s[1]);
}

static void full(int family)
{
	int s[2];
	char b[8];

	in_tcp(family, s);
	t_val("SHUT_RDWR", VAL(shutdown(s[0], SHUT_RDWR)));
	in_wait(s[1], POLLRDHUP);
	in_settle();
	both_polls("shut", s);
	t_val("recv", VAL(recv(s[0], b, 8, 0)));
	t_val("send", VAL(send(s[0], b, 8, MSG_NOSIGNAL)));
	t_val("recv of the other", VAL(recv(s[1], b, 8, 0)));
	close(s[0]);
	close(s[1]);
}

/* close() with data unread, or with SO_LINGER of 0 seconds, is a reset. */
static void resets(int family)
{
	struct linger lin = {1, 0};
	int s[2];
	char b[8];

	in_tcp(family, s);
	send(s[1], "unread", 6, 0);
	in_wait(s[0], POLLIN);
	close(s[0]);
	t_val("unread data: events", in_wait(s[1], POLLIN));
	in_settle();
	t_val("events", in_poll(s[1]));
	t_val("recv", VAL(recv(s[1], b, 8, 0)));
	t_val("then", VAL(recv(s[1], b, 8, 0)));
	t_val("send", VAL(send(s[1], "x", 1, MSG_NOSIGNAL)));
	t_val("events", in_poll(s[1]));
	close(s[1]);

	in_tcp(family, s);
	setsockopt(s[0], SOL_SOCKET, SO_LINGER, &lin, sizeof(lin));
	close(s[0]);
	t_val("linger 0: events", in_wait(s[1], POLLIN));
	t_val("SO_ERROR", in_opt(s[1], SOL_SOCKET, SO_ERROR));
	t_val("recv then", VAL(recv(s[1], b, 8, 0)));
	pipes = 0;
	t_val("send", VAL(send(s[1], "x", 1, 0)));
	t_val("SIGPIPE", pipes);
	in_show_peer("no peer", s[1], 0);
	close(s[1]);

	/* Data that came before a reset are lost, but not those before a FIN.
	 */
	in_tcp(family, s);
	send(s[0], "gone", 4, 0);
	in_wait(s[1], POLLIN);
	setsockopt(s[0], SOL_SOCKET, SO_LINGER, &lin, sizeof(lin));
	close(s[0]);
	in_wait(s[1], POLLHUP);
	in_settle();
	t_val("data and reset", VAL(recv(s[1], b, 8, 0)));
	t_val("then", VAL(recv(s[1], b, 8, 0)));
	close(s[1]);

	/* The first send after the other is gone is answered by a reset. */
	in_tcp(family, s);
	close(s[0]);
	in_wait(s[1], POLLRDHUP);
	pipes = 0;
	t_val("first send", VAL(send(s[1], "x", 1, 0)));
	in_wait(s[1], POLLHUP);
	in_settle();
	t_val("second", VAL(send(s[1], "x", 1, 0)));
	t_val("SIGPIPE", pipes);
	t_val("recv", VAL(recv(s[1], b, 8, 0)));
	close(s[1]);
}

static void udp(int family)
{
	int s[2];
	char b[8];

	in_udp(family, s);
	t_val("connected datagrams", VAL(shutdown(s[0], SHUT_RD)));
	t_val("recv", VAL(recv(s[0], b, 8, 0)));
	t_val("events", in_poll(s[0]));
	t_val("SHUT_WR", VAL(shutdown(s[0], SHUT_WR)));
	pipes = 0;
	t_val("send", VAL(send(s[0], "x", 1, 0)));
	t_val("SIGPIPE", pipes);
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_pipe};

	sigaction(SIGPIPE, &sa, NULL);
	in_both(errors);
	in_both(write_side);
	in_both(read_side);
	in_both(full);
	in_both(resets);
	in_both(udp);
	return 0;
}
