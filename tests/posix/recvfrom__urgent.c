/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MSG_OOB where there is no urgent data (recv(2), tcp(7)). To send some is
 * refused by Posixen (sendto(2) in docs/SYSCALLS.md), so that is not tried on
 * streams.
 */
#include "inet.h"

static void tcp(int family)
{
	int s[2], l = in_listener(family, 1), n = -1;
	char b[4];

	in_tcp(family, s);
	t_val("none", VAL(recv(s[0], b, 1, MSG_OOB)));
	t_val("not at a mark", VAL(ioctl(s[0], SIOCATMARK, &n)));
	t_val("mark", n);
	send(s[1], "ab", 2, 0);
	in_wait(s[0], POLLIN);
	t_val("with data", VAL(recv(s[0], b, 1, MSG_OOB)));
	t_val("peek", VAL(recv(s[0], b, 1, MSG_OOB | MSG_PEEK)));
	in_set(s[0], SOL_SOCKET, SO_OOBINLINE, 1);
	t_val("in line", VAL(recv(s[0], b, 1, MSG_OOB)));
	t_val("the data is there", VAL(recv(s[0], b, 4, 0)));
	t_val("listener", VAL(recv(l, b, 1, MSG_OOB)));
	close(s[1]);
	close(s[0]);
	s[0] = socket(family, SOCK_STREAM, 0);
	t_val("not connected", VAL(recv(s[0], b, 1, MSG_OOB)));
	close(s[0]);
	close(l);
}

static void udp(int family)
{
	int s[2];
	char b[4];

	in_udp(family, s);
	t_val("send", VAL(send(s[0], "a", 1, MSG_OOB)));
	send(s[0], "b", 1, 0);
	in_wait(s[1], POLLIN);
	t_val("recv", VAL(recv(s[1], b, 4, MSG_OOB | MSG_DONTWAIT)));
	t_val("again", VAL(recv(s[1], b, 4, MSG_DONTWAIT)));
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	in_both(tcp);
	in_both(udp);
	return 0;
}
