/* SPDX-License-Identifier: BSD-2-Clause */
/* recvmmsg(fd, vec, n, flags, timeout): see recvmmsg(2). */
#include "t.h"
#include <pthread.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

static struct mmsghdr m[5];
static struct iovec v[5];
static char b[5][8];

static void prepare(void)
{
	memset(m, 0, sizeof(m));
	memset(b, '.', sizeof(b));
	for (int i = 0; i < 5; i++) {
		v[i] = (struct iovec){b[i], 8};
		m[i].msg_hdr.msg_iov = &v[i];
		m[i].msg_hdr.msg_iovlen = 1;
		m[i].msg_len = 77;
	}
}

static void show(const char *what, int fd, unsigned int n, int flags,
		 struct timespec *ts)
{
	int r;

	prepare();
	r = syscall(SYS_recvmmsg, fd, m, n, flags, ts);
	t_val(what, r);
	for (int i = 0; i < r; i++)
		t_say("length %u flags %#x text %.3s\n", m[i].msg_len,
		      m[i].msg_hdr.msg_flags, b[i]);
	if (r >= 0)
		t_val("next", m[r].msg_len);
}

static void *later(void *arg)
{
	usleep(20000);
	send(*(int *)arg, "late", 4, 0);
	return NULL;
}

int main(void)
{
	struct timespec bad = {0, -1}, zero = {0, 0}, some = {5, 0};
	struct timeval tv = {0, 20000};
	int fd = open("/dev/null", O_RDWR), p[2];
	pthread_t t;

	prepare();
	t_val("not open", recvmmsg(99, m, 1, 0, NULL));
	t_val("no socket", recvmmsg(fd, m, 1, 0, NULL));
	t_val("bad time first", recvmmsg(fd, m, 1, 0, &bad));
	socketpair(AF_UNIX, SOCK_DGRAM, 0, p);
	t_val("bad address of time",
	      syscall(SYS_recvmmsg, p[0], m, 1, 0, T_BAD));
	t_val("compat", syscall(SYS_recvmmsg, p[0], m, 1, 0x80000000, NULL));
	show("none wanted", p[1], 0, 0, NULL);
	show("do not wait", p[1], 2, MSG_DONTWAIT, NULL);
	send(p[0], "one", 3, 0);
	send(p[0], "second one", 10, 0);
	show("two there", p[1], 4, MSG_DONTWAIT, NULL);
	send(p[0], "one", 3, 0);
	show("wait for one", p[1], 4, MSG_WAITFORONE, NULL);
	pthread_create(&t, NULL, later, &p[0]);
	show("one comes", p[1], 4, MSG_WAITFORONE, NULL);
	pthread_join(t, NULL);
	send(p[0], "a", 1, 0);
	send(p[0], "b", 1, 0);
	show("no time", p[1], 4, 0, &zero);
	show("time enough", p[1], 1, 0, &some);
	t_is("some is left", some.tv_sec == 4 && some.tv_nsec > 0);
	setsockopt(p[1], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	send(p[0], "a", 1, 0);
	show("SO_RCVTIMEO", p[1], 4, 0, NULL);
	send(p[0], "a", 1, 0);
	send(p[0], "b", 1, 0);
	prepare();
	v[1].iov_base = T_BAD;
	t_val("second is bad", syscall(SYS_recvmmsg, p[1], m, 2, 0, NULL));
	show("told now", p[1], 1, MSG_DONTWAIT, NULL);
	t_val("once", recv(p[1], b, 1, MSG_DONTWAIT));
	return 0;
}
