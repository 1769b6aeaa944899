/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TCP_MAXSEG: its range, what is told of it before and with a connection, and
 * that both sides keep it, whichever asked. Linux subtracts the 12 bytes of
 * timestamps from what it tells of a connection; here are none.
 */
#include "inet.h"

static int mss(int fd)
{
	return in_opt(fd, IPPROTO_TCP, TCP_MAXSEG);
}

static int set(int fd, int n)
{
	return in_set(fd, IPPROTO_TCP, TCP_MAXSEG, n);
}

/* Both directions carry data; no side has a larger segment than n. */
static void connected(int c, int s, int n)
{
	static char buf[20000];
	struct tcp_info i;
	socklen_t len = sizeof(i);

	t_is("its end", mss(c) <= n && mss(c) >= n - 12);
	t_is("the other's", mss(s) <= n && mss(s) >= n - 12);
	getsockopt(s, IPPROTO_TCP, TCP_INFO, &i, &len);
	t_is("tcpi_snd_mss", i.tcpi_snd_mss == (unsigned int)mss(s));
	t_val("send", VAL(send(c, buf, sizeof(buf), 0)));
	t_val("recv", VAL(recv(s, buf, sizeof(buf), MSG_WAITALL)));
	t_val("send back", VAL(send(s, buf, sizeof(buf), 0)));
	t_val("recv back", VAL(recv(c, buf, sizeof(buf), MSG_WAITALL)));
	t_val("set when connected", set(c, 500));
	t_is("no effect", mss(c) <= n && mss(c) >= n - 12);
	close(c);
	close(s);
}

static void range(int family)
{
	static const int values[] = {88,    87, 32767, 32768, 1000,
				     65536, -1, 1,     536,   0};
	int fd = socket(family, SOCK_STREAM, 0);

	t_val("to begin with", mss(fd));
	for (unsigned int i = 0; i < sizeof(values) / sizeof(*values); i++) {
		t_val("set", set(fd, values[i]));
		t_val("get", mss(fd));
	}
	close(fd);
}

static void client(int family)
{
	int l = in_listener(family, 5), c = socket(family, SOCK_STREAM, 0);

	t_val("set", set(c, 700));
	t_val("connect", in_connect(c, family, in_port(l)));
	connected(c, accept(l, NULL, NULL), 700);
	close(l);
}

static void listener(int family)
{
	int l = in_listener(family, 5), c = socket(family, SOCK_STREAM, 0);

	t_val("set", set(l, 600));
	t_val("get", mss(l));
	t_val("connect", in_connect(c, family, in_port(l)));
	connected(c, accept(l, NULL, NULL), 600);
	t_val("the listener's", mss(l));
	close(l);
}

/* The smaller of the two. */
static void both(int family)
{
	int l = in_listener(family, 5), c = socket(family, SOCK_STREAM, 0);

	set(l, 900);
	set(c, 800);
	t_val("connect", in_connect(c, family, in_port(l)));
	connected(c, accept(l, NULL, NULL), 800);
	close(l);
}

int main(void)
{
	in_both(range);
	in_both(client);
	in_both(listener);
	in_both(both);
	return 0;
}
