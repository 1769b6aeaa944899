/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A client that comes back at once from the port it had, while the server's end
 * of the connection before is in TIME_WAIT. It is accepted wherever its new
 * sequence numbers begin: of the old one's there are a few more each time, so
 * that they begin behind its end, just there, and beyond.
 */
#include "inet.h"

#define ROUNDS 600

static char data[ROUNDS];

/* Linux may still be about to forget the last connection of that name. */
static int connect_again(int fd, int family, int port)
{
	int err, tries = 0;

	while ((err = in_connect(fd, family, port)) == -EADDRNOTAVAIL &&
	       ++tries < 100)
		usleep(1000);
	return err;
}

/* Bound to port, or to some port if it is 0. */
static int client(int family, int port)
{
	int fd = socket(family, SOCK_STREAM, 0);
	union in_addr_any a;

	in_set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	if (bind(fd, &a.sa, in_lo(family, port, &a)) < 0)
		t_ret("bind", -errno);
	return fd;
}

static void again(int family)
{
	int l = in_listener(family, 5), port = 0, good = 0;

	for (int i = 1; i < ROUNDS; i++) {
		int c = client(family, port), s, err;
		char b;

		if (!port)
			port = in_port(c);
		err = connect_again(c, family, in_port(l));
		if (err) {
			t_say("after %d bytes: ", i - 1);
			t_ret("connect", err);
			close(c);
			continue;
		}
		s = accept(l, NULL, NULL);
		send(c, data, i, 0);
		good += recv(s, data, i, MSG_WAITALL) == i;
		close(s);
		if (recv(c, &b, 1, 0) != 0)
			t_ret("recv", -errno);
		close(c);
	}
	t_val("connections", good);
	close(l);
}

int main(void)
{
	in_both(again);
	return 0;
}
