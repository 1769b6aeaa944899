/* SPDX-License-Identifier: BSD-2-Clause */
/* sendmsg(), recvmsg(), writev(): very many and very long parts. */
#include "inet.h"
#include <limits.h>
#include <sys/uio.h>

#define MANY 1024

static struct iovec v[MANY + 1];
static char out[MANY * 64], in[MANY * 64];

static long put(int fd, size_t nr, int flags)
{
	struct msghdr m = {.msg_iov = v, .msg_iovlen = nr};

	return VAL(sendmsg(fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT | flags));
}

static long get(int fd, size_t nr, int flags)
{
	struct msghdr m = {.msg_iov = v, .msg_iovlen = nr};

	return VAL(recvmsg(fd, &m, MSG_DONTWAIT | flags));
}

static void parts(char *mem, size_t each, size_t step)
{
	for (size_t i = 0; i <= MANY; i++)
		v[i] = (struct iovec){mem + i % MANY * step, each};
}

static void empty(int fd)
{
	in_settle();
	while (recv(fd, in, sizeof(in), MSG_DONTWAIT) > 0)
		continue;
}

static void try(const char *name, int s[2])
{
	long n, all;

	t_say("== %s\n", name);
	/* One byte of each 64, read back into parts of 3. */
	parts(out, 1, 64);
	t_val("1,024 bytes in as many parts", put(s[0], MANY, 0));
	in_wait(s[1], POLLIN);
	memset(in, 0, sizeof(in));
	parts(in, 3, 3);
	for (all = 0; all < MANY; all += n) {
		n = get(s[1], MANY, 0);
		if (n <= 0)
			break;
		if (all + n < MANY)
			in_wait(s[1], POLLIN);
	}
	t_val("back", all);
	for (n = 0; n < MANY && in[n] == out[n * 64]; n++)
		continue;
	t_val("the same", n);
	parts(out, 1, 64);
	t_val("1,025 parts", put(s[0], MANY + 1, 0));
	t_val("1,025 parts back", get(s[1], MANY + 1, 0));
	t_val("writev of 1,025", VAL(writev(s[0], v, MANY + 1)));
	t_val("readv of 1,025", VAL(readv(s[1], v, MANY + 1)));
	t_val("-1 parts", put(s[0], -1, 0));
	t_val("writev of -1", VAL(writev(s[0], v, -1)));
	v[0].iov_base = T_BAD;
	t_val("a bad first part", put(s[0], MANY, 0));
	empty(s[1]);
	v[0] = (struct iovec){out, 1};
	v[1].iov_len = -1;
	t_val("a negative length", put(s[0], 3, 0));
	t_val("writev", VAL(writev(s[0], v, 3)));
	t_val("a negative length to read", get(s[1], 3, 0));
	parts(out, 0, 64);
	t_val("parts of nothing", put(s[0], MANY, 0));
	empty(s[1]);
	t_val("no address", (v[5].iov_base = T_BAD, put(s[0], MANY, 0)));
	empty(s[1]);
	for (int i = 0; i <= MANY; i++)
		v[i] = (struct iovec){NULL, 0};
	v[MANY - 1] = (struct iovec){out, 7};
	t_val("only the last has some", put(s[0], MANY, 0));
	in_wait(s[1], POLLIN);
	t_val("it came", VAL(recv(s[1], in, sizeof(in), 0)));
	v[0] = (struct iovec){T_BAD, 0x7ffff000};
	t_val("2 GB of a bad address", put(s[0], 1, 0));
	close(s[0]);
	close(s[1]);
}

/*
 * What is larger than a datagram can be. Posixen has 40 bytes less over IPv6
 * (sendto(2) in docs/SYSCALLS.md): its stack counts the header.
 */
static void limits(int family, size_t here, size_t max)
{
	static char big[70000];
	int s[2];

	in_udp(family, s);
	for (int i = 0; i < 2; i++)
		in_set(s[i], SOL_SOCKET, i ? SO_RCVBUF : SO_SNDBUF, 200000);
	t_val("the largest", VAL(send(s[0], big, here, 0)));
	in_wait(s[1], POLLIN);
	t_val("came", VAL(recv(s[1], big, sizeof(big), MSG_DONTWAIT)));
	t_val("one more", VAL(send(s[0], big, max + 1, 0)));
	t_val("65,535", VAL(send(s[0], big, 65535, 0)));
	t_val("65,536", VAL(send(s[0], big, 65536, 0)));
	t_val("MSG_MORE", VAL(send(s[0], big, 40000, MSG_MORE)));
	t_val("too much of it", VAL(send(s[0], big, 40000, 0)));
	t_val("nothing came", VAL(recv(s[1], big, 1, MSG_DONTWAIT)));
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	int s[2];

	for (size_t i = 0; i < sizeof(out); i++)
		out[i] = i / 64 * 13;
	in_tcp(AF_INET, s);
	try("TCP", s);
	in_udp(AF_INET, s);
	try("UDP", s);
	in_udp(AF_INET6, s);
	try("UDP, INET6", s);
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	try("UNIX stream", s);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
	try("UNIX datagram", s);
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s);
	try("UNIX seqpacket", s);
	t_say("== INET limits\n");
	limits(AF_INET, 65507, 65507);
	t_say("== INET6 limits\n");
	limits(AF_INET6, 65487, 65527);
	return 0;
}
