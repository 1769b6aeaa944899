/* SPDX-License-Identifier: BSD-2-Clause */
/* sendto(), recvfrom() of datagrams: see udp(7), send(2), recv(2). */
#include "inet.h"
#include <sys/time.h>

static char big[70000], in[70000];

static void sizes(int family)
{
	static const int n[] = {0,    1,     1000,  1472,  1473,
				9000, 65000, 65507, 65508, 70000};
	int s[2];

	in_udp(family, s);
	for (unsigned int i = 0; i < sizeof(n) / sizeof(n[0]); i++) {
		/* Linux sends 20 bytes more over IPv6, whose header is not part
		 * of what is counted; lwIP counts all in 16 bits. */
		int size = n[i] == 65507 && family == AF_INET6	 ? 65487
			   : n[i] == 65508 && family == AF_INET6 ? 65528
								 : n[i];
		long r = VAL(send(s[0], big, size, 0));

		t_say("%d: ", n[i]);
		t_val("send", r);
		if (r >= 0) {
			memset(in, 0, sizeof(in));
			t_val("recv", VAL(recv(s[1], in, sizeof(in), 0)));
			t_is("the same", !memcmp(in, big, size));
		}
	}
	close(s[0]);
	close(s[1]);
}

static void arguments(int family)
{
	int a = in_bound(family, SOCK_DGRAM), b = in_bound(family, SOCK_DGRAM);
	union in_addr_any x, from;
	socklen_t n = in_lo(family, in_port(b), &x), len;
	unsigned char fill;
	char buf[16];

	t_val("no name", VAL(send(a, "x", 1, 0)));
	t_val("bad name", VAL(sendto(a, "x", 1, 0, T_BAD, n)));
	t_val("short name", VAL(sendto(a, "x", 1, 0, &x.sa, n - 8)));
	t_val("negative", VAL(sendto(a, "x", 1, 0, &x.sa, -1)));
	t_val("long", VAL(sendto(a, "x", 1, 0, &x.sa, 200)));
	t_val("bad data", VAL(sendto(a, T_BAD, 1, 0, &x.sa, n)));
	/* Linux refuses it of IPv4 only. */
	if (family == AF_INET)
		t_val("MSG_OOB", VAL(sendto(a, "x", 1, MSG_OOB, &x.sa, n)));
	t_val("good", VAL(sendto(a, "abc", 3, 0, &x.sa, n)));
	len = sizeof(from);
	t_val("recvfrom", VAL(recvfrom(b, buf, 16, 0, &from.sa, &len)));
	in_show("from", &from, len, in_port(a));
	sendto(a, "abc", 3, 0, &x.sa, n);
	len = 4;
	/* No byte of the port, which is another in each run. */
	fill = (unsigned char)~in_port(a);
	memset(&from, fill, sizeof(from));
	t_val("short name", VAL(recvfrom(b, buf, 16, 0, &from.sa, &len)));
	t_say("length %u, byte 3 %s, byte 4 %s\n", len,
	      ((unsigned char *)&from)[3] != fill ? "set" : "not",
	      ((unsigned char *)&from)[4] != fill ? "set" : "not");
	sendto(a, "abc", 3, 0, &x.sa, n);
	len = -1;
	t_val("negative", VAL(recvfrom(b, buf, 16, 0, &from.sa, &len)));
	t_val("it is gone", VAL(recv(b, buf, 16, MSG_DONTWAIT)));
	sendto(a, "abc", 3, 0, &x.sa, n);
	t_val("bad name", VAL(recvfrom(b, buf, 16, 0, T_BAD, &len)));
	t_val("it is gone", VAL(recv(b, buf, 16, MSG_DONTWAIT)));
	sendto(a, "abc", 3, 0, &x.sa, n);
	t_val("bad buffer", VAL(recv(b, T_BAD, 16, 0)));
	t_val("it is gone", VAL(recv(b, buf, 16, MSG_DONTWAIT)));
	x.sa.sa_family = 77;
	t_val("family", VAL(sendto(a, "x", 1, 0, &x.sa, n)));
	in_lo(family, 0, &x);
	t_val("port 0", VAL(sendto(a, "x", 1, 0, &x.sa, n)));
	close(a);
	a = socket(family, SOCK_DGRAM, 0);
	in_lo(family, in_port(b), &x);
	t_val("not bound", VAL(sendto(a, "abc", 3, 0, &x.sa, n)));
	in_show_own("now it is", a, 0);
	close(a);
	close(b);
}

static void flags(int family)
{
	struct timeval tv = {0, 30000};
	char buf[16] = "";
	int s[2], n;

	in_udp(family, s);
	t_val("MSG_DONTWAIT", VAL(recv(s[1], buf, 16, MSG_DONTWAIT)));
	setsockopt(s[1], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	t_val("SO_RCVTIMEO", VAL(recv(s[1], buf, 16, 0)));
	send(s[0], "abcdef", 6, 0);
	in_wait(s[1], POLLIN);
	t_val("MSG_PEEK", VAL(recv(s[1], buf, 3, MSG_PEEK)));
	t_val("PEEK and TRUNC", VAL(recv(s[1], buf, 3, MSG_PEEK | MSG_TRUNC)));
	t_val("FIONREAD", (ioctl(s[1], FIONREAD, &n), n));
	t_val("MSG_TRUNC", VAL(recv(s[1], buf, 2, MSG_TRUNC)));
	buf[2] = '\0';
	t_str("what fits", buf);
	t_val("FIONREAD", (ioctl(s[1], FIONREAD, &n), n));
	send(s[0], "one", 3, 0);
	send(s[0], "", 0, 0);
	send(s[0], "three", 5, 0);
	t_val("WAITALL of datagrams", VAL(recv(s[1], buf, 16, MSG_WAITALL)));
	t_val("events of an empty one", in_poll(s[1]));
	t_val("an empty one", VAL(recv(s[1], buf, 16, 0)));
	t_val("less room", VAL(recv(s[1], buf, 2, 0)));
	t_val("the rest is lost", VAL(recv(s[1], buf, 16, MSG_DONTWAIT)));
	t_val("MSG_MORE", VAL(send(s[0], "ab", 2, MSG_MORE)));
	t_val("nothing yet", VAL(recv(s[1], buf, 16, MSG_DONTWAIT)));
	t_val("the rest", VAL(send(s[0], "cd", 2, 0)));
	in_wait(s[1], POLLIN);
	t_val("together", VAL(recv(s[1], buf, 16, MSG_DONTWAIT)));
	t_val("write", VAL(write(s[0], "w", 1)));
	t_val("read", VAL(read(s[1], buf, 16)));
	t_val("write of nothing", VAL(write(s[0], "", 0)));
	t_val("read", VAL(read(s[1], buf, 16)));
	t_val("MSG_ERRQUEUE", VAL(recv(s[1], buf, 16, MSG_ERRQUEUE)));
	t_val("events", in_poll(s[1]));
	close(s[0]);
	close(s[1]);
}

/* In order, none lost while they fit. */
static void many(int family)
{
	int s[2], n = 0, v, wrong = 0;

	in_udp(family, s);
	for (int i = 0; i < 100; i++)
		send(s[0], &i, sizeof(i), 0);
	in_settle();
	while (recv(s[1], &v, sizeof(v), MSG_DONTWAIT) == sizeof(v))
		wrong += v != n++;
	t_val("came", n);
	t_val("out of order", wrong);
	close(s[0]);
	close(s[1]);
}

static void broadcast(void)
{
	int fd = in_bound(AF_INET, SOCK_DGRAM);
	union in_addr_any a;
	socklen_t n = in_lo(AF_INET, 9, &a);

	a.v4.sin_addr.s_addr = 0xffffffff;
	t_val("SO_BROADCAST", in_opt(fd, SOL_SOCKET, SO_BROADCAST));
	t_val("to everybody", VAL(sendto(fd, "x", 1, 0, &a.sa, n)));
	t_val("connect", VAL(connect(fd, &a.sa, n)));
	close(fd);
}

int main(void)
{
	for (unsigned int i = 0; i < sizeof(big); i++)
		big[i] = i * 7 + i / 256;
	in_both(sizes);
	in_both(arguments);
	in_both(flags);
	in_both(many);
	broadcast();
	return 0;
}
