/* SPDX-License-Identifier: BSD-2-Clause */
/* sendmsg(), recvmsg(), sendmmsg(), recvmmsg(): see send(2), recv(2). */
#include "inet.h"
#include <sys/uio.h>

static void vectors(int family)
{
	struct iovec v[3] = {{"ab", 2}, {NULL, 0}, {"cde", 3}}, r[2];
	struct msghdr m = {.msg_iov = v, .msg_iovlen = 3};
	char a[4], b[8];
	int s[2];

	in_udp(family, s);
	t_val("sendmsg", VAL(sendmsg(s[0], &m, 0)));
	r[0] = (struct iovec){a, 2};
	r[1] = (struct iovec){b, 8};
	m = (struct msghdr){.msg_iov = r, .msg_iovlen = 2};
	t_val("recvmsg", VAL(recvmsg(s[1], &m, 0)));
	t_bytes("one", a, 2);
	t_bytes("two", b, 3);
	t_val("flags", m.msg_flags);
	t_val("control", m.msg_controllen);
	send(s[0], "123456", 6, 0);
	r[0].iov_len = 3;
	m = (struct msghdr){.msg_iov = r, .msg_iovlen = 1};
	t_val("cut off", VAL(recvmsg(s[1], &m, 0)));
	t_val("MSG_TRUNC is told", m.msg_flags & MSG_TRUNC);
	send(s[0], "123456", 6, 0);
	m = (struct msghdr){.msg_iov = r, .msg_iovlen = 1};
	t_val("MSG_TRUNC is asked", VAL(recvmsg(s[1], &m, MSG_TRUNC)));
	send(s[0], "123456", 6, 0);
	m = (struct msghdr){0};
	t_val("no room at all", VAL(recvmsg(s[1], &m, 0)));
	t_val("flags", m.msg_flags);
	m = (struct msghdr){0};
	t_val("nothing to send", VAL(sendmsg(s[0], &m, 0)));
	t_val("an empty one", VAL(recv(s[1], b, 8, MSG_DONTWAIT)));
	m = (struct msghdr){.msg_iov = T_BAD, .msg_iovlen = 1};
	t_val("bad vector", VAL(sendmsg(s[0], &m, 0)));
	m = (struct msghdr){.msg_iov = v, .msg_iovlen = 1025};
	t_val("too long a vector", VAL(syscall(SYS_sendmsg, s[0], &m, 0)));
	t_val("bad message", VAL(syscall(SYS_sendmsg, s[0], T_BAD, 0)));
	t_val("bad message", VAL(syscall(SYS_recvmsg, s[1], T_BAD, 0)));
	v[0] = (struct iovec){T_BAD, 3};
	m = (struct msghdr){.msg_iov = v, .msg_iovlen = 1};
	t_val("bad data", VAL(sendmsg(s[0], &m, 0)));
	close(s[0]);
	close(s[1]);
}

static void names(int family)
{
	int a = in_bound(family, SOCK_DGRAM), b = in_bound(family, SOCK_DGRAM);
	union in_addr_any x;
	struct iovec v = {"abc", 3};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_name = &x};
	char buf[8];

	m.msg_namelen = in_lo(family, in_port(b), &x);
	t_val("sendmsg", VAL(sendmsg(a, &m, 0)));
	v = (struct iovec){buf, 8};
	m.msg_namelen = sizeof(x);
	t_val("recvmsg", VAL(recvmsg(b, &m, 0)));
	in_show("from", &x, m.msg_namelen, in_port(a));
	m.msg_namelen = in_lo(family, in_port(b), &x);
	sendmsg(a, &m, 0);
	m.msg_name = NULL;
	m.msg_namelen = 99;
	t_val("no name wanted", VAL(recvmsg(b, &m, 0)));
	t_val("its length", m.msg_namelen);
	m.msg_name = &x;
	m.msg_namelen = -1;
	t_val("negative", VAL(sendmsg(a, &m, 0)));
	t_val("negative", VAL(recvmsg(b, &m, MSG_DONTWAIT)));
	close(a);
	close(b);
}

static void streams(int family)
{
	struct iovec v[3] = {{"ab", 2}, {"", 0}, {"cde", 3}};
	union in_addr_any x;
	struct msghdr m = {.msg_iov = v, .msg_iovlen = 3};
	char buf[8];
	int s[2];

	in_tcp(family, s);
	t_val("sendmsg", VAL(sendmsg(s[0], &m, 0)));
	v[0] = (struct iovec){buf, 8};
	m = (struct msghdr){.msg_iov = v,
			    .msg_iovlen = 1,
			    .msg_name = &x,
			    .msg_namelen = sizeof(x)};
	t_val("recvmsg", VAL(recvmsg(s[1], &m, 0)));
	t_bytes("data", buf, 5);
	t_val("length of the name", m.msg_namelen);
	t_val("flags", m.msg_flags);
	t_val("writev", VAL(writev(s[0], v, 1)));
	t_val("readv", VAL(readv(s[1], v, 1)));
	close(s[0]);
	close(s[1]);
}

/* Address and hop limit of what came, ip(7) and ipv6(7). */
static void control(int family)
{
	char buf[8], room[256];
	struct iovec v = {buf, 8};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = room};
	struct cmsghdr *c;
	int s[2];

	in_udp(family, s);
	if (family == AF_INET) {
		t_val("PKTINFO", in_set(s[1], IPPROTO_IP, IP_PKTINFO, 1));
		t_val("RECVTTL", in_set(s[1], IPPROTO_IP, IP_RECVTTL, 1));
	} else {
		t_val("PKTINFO",
		      in_set(s[1], IPPROTO_IPV6, IPV6_RECVPKTINFO, 1));
		t_val("RECVHOPLIMIT",
		      in_set(s[1], IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1));
	}
	send(s[0], "abc", 3, 0);
	m.msg_controllen = sizeof(room);
	t_val("recvmsg", VAL(recvmsg(s[1], &m, 0)));
	t_val("room used", m.msg_controllen);
	t_val("flags", m.msg_flags);
	for (c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
		t_say("level %d type %d length %zu\n", c->cmsg_level,
		      c->cmsg_type, (size_t)c->cmsg_len);
		if (c->cmsg_len == CMSG_LEN(sizeof(int)))
			t_val("  value", *(int *)CMSG_DATA(c));
		else
			t_bytes("  data", CMSG_DATA(c),
				c->cmsg_len - CMSG_LEN(0));
	}
	send(s[0], "abc", 3, 0);
	m.msg_controllen = 20;
	t_val("little room", VAL(recvmsg(s[1], &m, 0)));
	t_val("CTRUNC", m.msg_flags & MSG_CTRUNC);
	send(s[0], "abc", 3, 0);
	m.msg_control = NULL;
	m.msg_controllen = 0;
	t_val("no room", VAL(recvmsg(s[1], &m, 0)));
	t_val("CTRUNC", m.msg_flags & MSG_CTRUNC);
	/* What is sent. */
	memset(room, 0, sizeof(room));
	m.msg_control = room;
	m.msg_controllen = CMSG_SPACE(sizeof(int));
	c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = 99;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	t_val("unknown", VAL(sendmsg(s[0], &m, 0)));
	c->cmsg_len = 3;
	t_val("too short", VAL(sendmsg(s[0], &m, 0)));
	c->cmsg_len = 1000;
	t_val("too long", VAL(sendmsg(s[0], &m, 0)));
	c->cmsg_level = family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
	c->cmsg_type = family == AF_INET ? IP_TTL : IPV6_HOPLIMIT;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	*(int *)CMSG_DATA(c) = 33;
	t_val("a hop limit", VAL(sendmsg(s[0], &m, 0)));
	m.msg_controllen = sizeof(room);
	t_val("recvmsg", VAL(recvmsg(s[1], &m, MSG_DONTWAIT)));
	for (c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c))
		if (c->cmsg_len == CMSG_LEN(sizeof(int)))
			t_val("  value", *(int *)CMSG_DATA(c));
	close(s[0]);
	close(s[1]);
}

/* What one datagram says of itself stands above the socket's own; -1 over IPv6
 * is the socket's own (RFC 3542, 6.3 and 6.5). */
static void one_value(int family, int s[2], int type, int value)
{
	char buf[8], room[256] = {0};
	struct iovec v = {buf, 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = room};
	struct cmsghdr *c;

	m.msg_controllen = CMSG_SPACE(sizeof(int));
	c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
	c->cmsg_type = type;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	*(int *)CMSG_DATA(c) = value;
	t_say("type %d value %d\n", type, value);
	t_val("  sendmsg", VAL(sendmsg(s[0], &m, 0)));
	in_settle();
	m.msg_controllen = sizeof(room);
	if (recvmsg(s[1], &m, MSG_DONTWAIT) < 0)
		return;
	/* Linux 6.18 sends 255 as the class where -1 is said, 6.1 the own. */
	for (c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c))
		if (value == -1 && c->cmsg_type == IPV6_TCLASS)
			t_say("    came\n");
		else if (c->cmsg_len == CMSG_LEN(1))
			t_val("    came", *CMSG_DATA(c));
		else
			t_val("    came", *(int *)CMSG_DATA(c));
}

static void own_values(int family)
{
	static const int values[] = {-2, -1, 0, 1, 34, 255, 256};
	int s[2];

	in_udp(family, s);
	if (family == AF_INET) {
		in_set(s[0], IPPROTO_IP, IP_TTL, 44);
		in_set(s[0], IPPROTO_IP, IP_TOS, 0x20);
		in_set(s[1], IPPROTO_IP, IP_RECVTTL, 1);
		in_set(s[1], IPPROTO_IP, IP_RECVTOS, 1);
	} else {
		in_set(s[0], IPPROTO_IPV6, IPV6_UNICAST_HOPS, 44);
		in_set(s[0], IPPROTO_IPV6, IPV6_TCLASS, 0x20);
		in_set(s[1], IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
		in_set(s[1], IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
	}
	for (unsigned int i = 0; i < sizeof(values) / sizeof(*values); i++) {
		one_value(family, s, family == AF_INET ? IP_TTL : IPV6_HOPLIMIT,
			  values[i]);
		one_value(family, s, family == AF_INET ? IP_TOS : IPV6_TCLASS,
			  values[i]);
	}
	close(s[0]);
	close(s[1]);
}

static void several(int family)
{
	struct mmsghdr m[4];
	struct iovec v[4];
	char b[4][8];
	struct timespec ts = {0, 0};
	int s[2];

	in_udp(family, s);
	memset(m, 0, sizeof(m));
	for (int i = 0; i < 4; i++) {
		v[i] = (struct iovec){"abcdef", i + 1};
		m[i].msg_hdr.msg_iov = &v[i];
		m[i].msg_hdr.msg_iovlen = 1;
	}
	t_val("sendmmsg", VAL(sendmmsg(s[0], m, 4, 0)));
	for (int i = 0; i < 4; i++) {
		t_val("  sent", m[i].msg_len);
		v[i] = (struct iovec){b[i], 8};
		m[i].msg_len = 77;
	}
	in_settle();
	t_val("recvmmsg of three", VAL(recvmmsg(s[1], m, 3, 0, NULL)));
	for (int i = 0; i < 4; i++)
		t_val("  came", m[i].msg_len);
	t_val("WAITFORONE", VAL(recvmmsg(s[1], m, 4, MSG_WAITFORONE, NULL)));
	t_val("DONTWAIT", VAL(recvmmsg(s[1], m, 4, MSG_DONTWAIT, NULL)));
	send(s[0], "x", 1, 0);
	in_settle();
	t_val("no time", VAL(recvmmsg(s[1], m, 4, 0, &ts)));
	t_val("none", VAL(recvmmsg(s[1], m, 0, 0, NULL)));
	t_val("bad vector",
	      VAL(syscall(SYS_recvmmsg, s[1], T_BAD, 4, MSG_DONTWAIT, NULL)));
	t_val("bad vector", VAL(syscall(SYS_sendmmsg, s[0], T_BAD, 4, 0)));
	t_val("sendmmsg of none", VAL(sendmmsg(s[0], m, 0, 0)));
	for (int i = 0; i < 4; i++)
		v[i] = (struct iovec){i == 2 ? T_BAD : "abc", 3};
	t_val("the third is bad", VAL(sendmmsg(s[0], m, 4, 0)));
	t_val("bad descriptor", VAL(sendmmsg(-1, m, 4, 0)));
	t_val("no socket", VAL(sendmmsg(1, m, 4, 0)));
	t_val("no socket", VAL(recvmmsg(1, m, 4, 0, NULL)));
	ts.tv_nsec = -1;
	t_val("bad time", VAL(recvmmsg(s[1], m, 4, MSG_DONTWAIT, &ts)));
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	in_both(vectors);
	in_both(names);
	in_both(streams);
	in_both(control);
	in_both(own_values);
	in_both(several);
	return 0;
}
