/* SPDX-License-Identifier: BSD-2-Clause */
/* mq.h: what the tests of POSIX message queues share. The calls are made bare:
 * names have no slash in front, and the C library checks nothing. */
#ifndef TESTS_POSIX_MQ_H
#define TESTS_POSIX_MQ_H

#include "t.h"
#include <mqueue.h>
#include <time.h>

static inline long mqo(const char *name, int flags, int mode, long msgs,
		       long size)
{
	struct mq_attr a;

	memset(&a, 0, sizeof(a));
	a.mq_maxmsg = msgs;
	a.mq_msgsize = size;
	return syscall(SYS_mq_open, name, flags, mode, msgs ? &a : NULL);
}

static inline long mqs(long q, const char *text, unsigned int prio)
{
	return syscall(SYS_mq_timedsend, q, text, strlen(text), prio, NULL);
}

/* Receive and say what came. */
static inline long mqr(const char *what, long q)
{
	char buf[8193];
	unsigned int prio = 77;
	long n = syscall(SYS_mq_timedreceive, q, buf, 8192, &prio, NULL);

	if (n < 0) {
		t_ret(what, n);
		return n;
	}
	buf[n] = 0;
	t_say("%s: %ld bytes \"%.20s\" at %u\n", what, n, buf, prio);
	return n;
}

static inline void mqa(const char *what, long q)
{
	struct mq_attr a;
	long ret;

	memset(&a, 0x55, sizeof(a));
	ret = syscall(SYS_mq_getsetattr, q, NULL, &a);
	if (ret < 0)
		t_ret(what, ret);
	else
		t_say("%s: flags %lo, %ld of %ld messages of %ld\n", what,
		      (long)a.mq_flags, (long)a.mq_curmsgs, (long)a.mq_maxmsg,
		      (long)a.mq_msgsize);
}

/* Root may go beyond these limits on Linux, but not in a container. */
static inline void mq_limit(const char *name, const char *value)
{
	char path[100];
	int fd;

	snprintf(path, sizeof(path), "/proc/sys/fs/mqueue/%s", name);
	fd = open(path, O_WRONLY);
	if (write(fd, value, strlen(value)) < 0)
		t_say("%s = %s: %s\n", name, value, t_errno_name(errno));
	close(fd);
}

/* The realtime clock ms from now. */
static inline struct timespec mq_in(long ms)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	return t;
}

#endif
