/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * More connections in TIME_WAIT than are kept (tcp_max_tw_buckets in tcp(7)),
 * whose sockets stay open: they have ended, and are nobody else's connection.
 */
#include "inet.h"
#include <sys/resource.h>

#define MANY  1200
#define FRESH 100

static int old[MANY];

static void open_old(int l, int family)
{
	char b;

	for (int i = 0; i < MANY; i++) {
		int c, err;

		old[i] = socket(family, SOCK_STREAM, 0);
		err = in_connect(old[i], family, in_port(l));
		c = accept(l, NULL, NULL);
		if (err || c < 0)
			t_ret("connect", err ? err : -errno);
		/* Who closes first has TIME_WAIT. */
		shutdown(old[i], SHUT_WR);
		if (read(c, &b, 1) != 0)
			t_ret("read", -errno);
		close(c);
		if (read(old[i], &b, 1) != 0)
			t_ret("read", -errno);
	}
}

/* The table is looked at every now and then, while something goes on. */
static void go_on(int family)
{
	int s[2];
	char b;

	in_tcp(family, s);
	for (int i = 0; i < 20; i++) {
		write(s[0], "x", 1);
		read(s[1], &b, 1);
		usleep(20000);
	}
	close(s[0]);
	close(s[1]);
}

/* Some connections more, and they work while the old sockets are closed. */
static void use_fresh(int l, int family)
{
	int s[FRESH][2], ended = 0, answered = 0;
	char b = 'x';

	for (int i = 0; i < FRESH; i++) {
		s[i][0] = socket(family, SOCK_STREAM, 0);
		if (in_connect(s[i][0], family, in_port(l)))
			t_ret("connect", -errno);
		s[i][1] = accept(l, NULL, NULL);
	}
	for (int i = 0; i < MANY; i++) {
		ended += read(old[i], &b, 1) == 0;
		close(old[i]);
	}
	t_say("%d have ended\n", ended);
	for (int i = 0; i < FRESH; i++) {
		write(s[i][0], "x", 1);
		if (in_wait(s[i][1], POLLIN) & POLLIN)
			answered += read(s[i][1], &b, 1) == 1;
		close(s[i][0]);
		close(s[i][1]);
	}
	t_say("%d are as new\n", answered);
}

int main(void)
{
	struct rlimit r = {2 * MANY, 2 * MANY};
	int l;

	t_ret("setrlimit", ERR(setrlimit(RLIMIT_NOFILE, &r)));
	l = in_listener(AF_INET, 10);
	open_old(l, AF_INET);
	go_on(AF_INET);
	use_fresh(l, AF_INET);
	close(l);
	return 0;
}
