/* SPDX-License-Identifier: BSD-2-Clause */
/* mq_getsetattr(q, new, old): see mq_getattr(3). */
#include "mq.h"

static long set(long q, long flags)
{
	struct mq_attr a;

	memset(&a, 0x77, sizeof(a));
	a.mq_flags = flags;
	return syscall(SYS_mq_getsetattr, q, &a, NULL);
}

int main(void)
{
	long q = mqo("q", O_RDWR | O_CREAT, 0600, 4, 10), r;
	struct mq_attr a, old;
	int fd;

	mqa("new", q);
	t_ret("set", set(q, O_NONBLOCK));
	mqa("set", q);
	t_val("fcntl", fcntl(q, F_GETFL) & O_NONBLOCK);
	r = mqo("q", O_RDWR, 0, 0, 0);
	mqa("another opening", r);
	t_ret("other flags", set(q, O_NONBLOCK | O_APPEND));
	t_ret("unset", set(q, 0));
	mqa("unset", q);
	fcntl(q, F_SETFL, O_NONBLOCK);
	mqa("by fcntl", q);
	mqs(q, "text", 1);
	mqs(r, "more", 1);
	memset(&a, 0, sizeof(a));
	memset(&old, 0x11, sizeof(old));
	t_ret("both", syscall(SYS_mq_getsetattr, q, &a, &old));
	t_say("%lo %ld %ld\n", (long)old.mq_flags, (long)old.mq_maxmsg,
	      (long)old.mq_curmsgs);
	t_bytes("behind", (char *)&old + 32, 32);
	t_ret("neither", syscall(SYS_mq_getsetattr, q, NULL, NULL));
	t_ret("bad new", syscall(SYS_mq_getsetattr, q, T_BAD, NULL));
	t_ret("bad old", syscall(SYS_mq_getsetattr, q, NULL, T_BAD));
	t_ret("no descriptor", syscall(SYS_mq_getsetattr, 99, NULL, NULL));
	a.mq_flags = 1;
	t_ret("flags come first", syscall(SYS_mq_getsetattr, 99, &a, NULL));
	t_file("file", "");
	fd = open("file", O_RDWR);
	t_ret("no queue", syscall(SYS_mq_getsetattr, fd, NULL, &old));
	close(fd);
	close(q);
	close(r);
	syscall(SYS_mq_unlink, "q");
	return 0;
}
