/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setsockopt() that changes what packets do: groups on the loopback interface,
 * hop limits, SO_BROADCAST; and raw sockets: an echo of ICMP to oneself.
 */
#include "inet.h"
#include <netinet/icmp6.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>

static void groups(void)
{
	int a = in_bound(AF_INET, SOCK_DGRAM),
	    b = socket(AF_INET, SOCK_DGRAM, 0);
	struct ip_mreqn m = {.imr_ifindex = 1};
	union in_addr_any x;
	socklen_t n;
	char buf[8];

	n = in_any(AF_INET, 0, &x);
	bind(b, &x.sa, n);
	m.imr_multiaddr.s_addr = inet_addr("239.1.2.3");
	t_val("join",
	      VAL(setsockopt(b, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m))));
	t_val("join again",
	      VAL(setsockopt(b, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m))));
	t_val("by the interface",
	      VAL(setsockopt(a, IPPROTO_IP, IP_MULTICAST_IF, &m, sizeof(m))));
	in_lo(AF_INET, in_port(b), &x);
	x.v4.sin_addr = m.imr_multiaddr;
	t_val("send", VAL(sendto(a, "abc", 3, 0, &x.sa, n)));
	t_val("it comes", in_wait(b, POLLIN));
	t_val("recv", VAL(recv(b, buf, 8, MSG_DONTWAIT)));
	in_set(a, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
	t_val("no loop", VAL(sendto(a, "abc", 3, 0, &x.sa, n)));
	t_val("leave", VAL(setsockopt(b, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m,
				      sizeof(m))));
	t_val("leave again", VAL(setsockopt(b, IPPROTO_IP, IP_DROP_MEMBERSHIP,
					    &m, sizeof(m))));
	m.imr_multiaddr.s_addr = inet_addr("127.0.0.1");
	t_val("not a group",
	      VAL(setsockopt(b, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m))));
	close(a);
	close(b);
}

static unsigned short sum(const void *p, size_t n)
{
	const unsigned short *w = p;
	unsigned int s = 0;

	for (; n > 1; n -= 2)
		s += *w++;
	s = (s >> 16) + (s & 0xffff);
	return ~(s + (s >> 16));
}

static void echo(void)
{
	int fd = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
	union in_addr_any x;
	socklen_t n = in_lo(AF_INET, 0, &x);
	struct {
		struct icmphdr h;
		char data[16];
	} q = {.h = {.type = ICMP_ECHO}, .data = "are you there"};
	char in[128];
	struct iphdr *ip = (struct iphdr *)in;
	struct icmphdr *h;

	q.h.un.echo.id = htons(77);
	q.h.checksum = sum(&q, sizeof(q));
	t_val("send", VAL(sendto(fd, &q, sizeof(q), 0, &x.sa, n)));
	/* The question to oneself is heard as well. */
	for (int i = 0; i < 2; i++) {
		t_val("it comes", in_wait(fd, POLLIN));
		t_val("recv", VAL(recv(fd, in, sizeof(in), MSG_DONTWAIT)));
		h = (struct icmphdr *)(in + ip->ihl * 4);
		t_say("type %d id %d ttl %d: %s\n", h->type,
		      ntohs(h->un.echo.id), ip->ttl, (char *)(h + 1));
	}
	close(fd);
}

static void echo6(void)
{
	int fd = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6), seen = 0;
	union in_addr_any x;
	socklen_t n = in_lo(AF_INET6, 0, &x);
	struct {
		struct icmp6_hdr h;
		char data[16];
	} q = {.h = {.icmp6_type = ICMP6_ECHO_REQUEST},
	       .data = "are you there"},
	  in;

	t_val("send", VAL(sendto(fd, &q, sizeof(q), 0, &x.sa, n)));
	for (int i = 0; i < 2 && in_wait(fd, POLLIN); i++) {
		recv(fd, &in, sizeof(in), MSG_DONTWAIT);
		if (in.h.icmp6_type == ICMP6_ECHO_REPLY)
			seen += !memcmp(in.data, q.data, 16);
	}
	t_val("answers", seen);
	close(fd);
}

/* A checksum whose place is behind the end of the message. */
static void checksum_place(void)
{
	int fd = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
	static char big[4096];
	union in_addr_any a;

	if (fd < 0)
		t_skip("no raw sockets");
	t_val("ICMPv6 of 3 bytes",
	      VAL(sendto(fd, big, 3, 0, &a.sa, in_lo(AF_INET6, 0, &a))));
	close(fd);
	fd = socket(AF_INET6, SOCK_RAW, 253);
	t_ret("IPV6_CHECKSUM", in_set(fd, IPPROTO_IPV6, 7, 60000));
	t_val("far behind the end",
	      VAL(sendto(fd, big, 100, 0, &a.sa, in_lo(AF_INET6, 0, &a))));
	t_ret("IPV6_CHECKSUM", in_set(fd, IPPROTO_IPV6, 7, 98));
	t_val("just within",
	      VAL(sendto(fd, big, 100, 0, &a.sa, in_lo(AF_INET6, 0, &a))));
	t_val("just not",
	      VAL(sendto(fd, big, 99, 0, &a.sa, in_lo(AF_INET6, 0, &a))));
	close(fd);
}

int main(void)
{
	groups();
	echo();
	echo6();
	checksum_place();
	return 0;
}
