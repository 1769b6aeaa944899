/* SPDX-License-Identifier: BSD-2-Clause */
/* msghdr and cmsghdr: 8 bytes of length each, whatever lay there before. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define MANY 300 /* descriptors: more than 1 KiB of control data */

static void control(int from, int to, int fd, int count)
{
	size_t room = CMSG_SPACE(count * sizeof(int));
	char *out = malloc(room), *in = malloc(room), byte = 'x';
	struct iovec iov = {&byte, 1};
	struct msghdr msg;
	struct cmsghdr *c;
	int fds = 0;

	memset(out, 0xff, room);
	memset(in, 0xff, room);
	memset(&msg, 0xff, sizeof(msg));
	msg.msg_name = NULL;
	msg.msg_namelen = 0;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = out;
	msg.msg_controllen = room;
	c = CMSG_FIRSTHDR(&msg);
	c->cmsg_len = CMSG_LEN(count * sizeof(int));
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	for (int i = 0; i < count; i++)
		memcpy(CMSG_DATA(c) + i * sizeof(int), &fd, sizeof(int));
	errno = 0;
	printf("%d: sent %d", count, (int)sendmsg(from, &msg, 0));
	if (errno) {
		printf(" errno %d\n", errno);
		free(out);
		free(in);
		return;
	}
	memset(&msg, 0xff, sizeof(msg));
	msg.msg_name = NULL;
	msg.msg_namelen = 0;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = in;
	msg.msg_controllen = room;
	printf(" received %d", (int)recvmsg(to, &msg, 0));
	printf(" controllen %zu iovlen %zu flags %x", msg.msg_controllen,
	       msg.msg_iovlen, msg.msg_flags);
	for (c = CMSG_FIRSTHDR(&msg); c; c = CMSG_NXTHDR(&msg, c)) {
		printf(" [%zu %d %d]", c->cmsg_len, c->cmsg_level,
		       c->cmsg_type);
		for (size_t i = 0; i < c->cmsg_len - CMSG_LEN(0);
		     i += sizeof(int)) {
			int got;

			memcpy(&got, CMSG_DATA(c) + i, sizeof(got));
			close(got);
			fds++;
		}
	}
	printf(" %d descriptors\n", fds);
	free(out);
	free(in);
}

static void many(int from, int to)
{
	struct mmsghdr out[2], in[3];
	char text[2][4] = {"one", "two"}, got[3][8];
	struct iovec oiov[2], iiov[3];
	int count;

	memset(out, 0xff, sizeof(out));
	memset(in, 0xff, sizeof(in));
	for (int i = 0; i < 2; i++) {
		oiov[i] = (struct iovec){text[i], 4};
		out[i].msg_hdr =
			(struct msghdr){.msg_iov = &oiov[i], .msg_iovlen = 1};
	}
	for (int i = 0; i < 3; i++) {
		iiov[i] = (struct iovec){got[i], sizeof(got[i])};
		in[i].msg_hdr =
			(struct msghdr){.msg_iov = &iiov[i], .msg_iovlen = 1};
	}
	count = sendmmsg(from, out, 2, 0);
	printf("sendmmsg %d: %u %u\n", count, out[0].msg_len, out[1].msg_len);
	count = recvmmsg(to, in, 3, MSG_DONTWAIT, NULL);
	printf("recvmmsg %d", count);
	for (int i = 0; i < count; i++)
		printf(" %u %s %zu", in[i].msg_len, got[i],
		       in[i].msg_hdr.msg_controllen);
	printf("\n");
}

void test_message(void)
{
	int s[2], d[2];

	printf("%zu %zu %zu\n", sizeof(struct msghdr), sizeof(struct cmsghdr),
	       CMSG_SPACE(1));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, s) ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, d))
		return;
	control(s[0], s[1], 1, 1);
	control(s[0], s[1], 1, 3);
	control(s[0], s[1], 1, 200);
	control(s[0], s[1], 1, MANY);
	many(d[0], d[1]);
	printf("%d %d\n", (int)recvmsg(-1, NULL, 0), errno);
	printf("%d %d\n", (int)sendmsg(-1, NULL, 0), errno);
	close(s[0]);
	close(s[1]);
	close(d[0]);
	close(d[1]);
}
