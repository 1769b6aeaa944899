/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fds.c: the descriptor table against this machine's Linux, by the same random
 * calls on both, among the numbers from 100 on. With RLIMIT_NOFILE at 600.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <linux/close_range.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include "../unit.h"
#include <posixen/syscalls.h>
#include "fake.h"

#define LIMIT 600

static long host(long r)
{
	return r < 0 ? -errno : r;
}
#define HOST(...) host(syscall(__VA_ARGS__))

static int any_fd(void)
{
	static const int odd[] = {-1, 599, 600, 601, 100000, INT32_MAX};

	return random() % 30 ? 100 + (int)(random() % 120) : odd[random() % 6];
}

static void same(const char *what, long a, long b, long ours, long linux_)
{
	if (ours != linux_)
		printf("%s(%ld, %ld): ours %ld, Linux %ld\n", what, a, b, ours,
		       linux_);
	CHECK(ours == linux_);
}

static void dup_from(int fd)
{
	int cmd = random() % 2 ? F_DUPFD : F_DUPFD_CLOEXEC;
	long min = random() % 40 ? 100 + random() % 150
				 : (long)(random() % 2) * 700 - 50;

	same("F_DUPFD", fd, min,
	     sys_fcntl(fd, cmd, (unsigned long)(min < 0 ? 1 << 30 : min)),
	     HOST(SYS_fcntl, fd, cmd, min < 0 ? 1 << 30 : min));
}

static void step(void)
{
	int a = any_fd(), b = any_fd();
	unsigned int flags;

	switch (random() % 10) {
	case 0:
	case 1:
	case 2:
		dup_from(a);
		break;
	case 3:
		same("dup2", a, b, sys_dup2(a, b), HOST(SYS_dup2, a, b));
		break;
	case 4:
		flags = random() % 6 ? (random() % 2 ? O_CLOEXEC : 0) : 1;
		same("dup3", a, b, sys_dup3(a, b, (int)flags),
		     HOST(SYS_dup3, a, b, flags));
		break;
	case 5:
	case 6:
		same("close", a, 0, sys_close(a), HOST(SYS_close, a));
		break;
	case 7:
		same("F_GETFD", a, 0, sys_fcntl(a, F_GETFD, 0),
		     HOST(SYS_fcntl, a, F_GETFD, 0));
		break;
	case 8:
		same("F_SETFD", a, b, sys_fcntl(a, F_SETFD, (unsigned)b & 1),
		     HOST(SYS_fcntl, a, F_SETFD, b & 1));
		break;
	default:
		/* Few enough that the table fills up now and then. */
		if (a < 0 || random() % 12)
			break;
		flags = (unsigned)random() % 8;
		b = random() % 8 ? a + (int)(random() % 20) : b;
		same("close_range", a, b,
		     sys_close_range((unsigned)a, (unsigned)b, flags & ~2u),
		     HOST(SYS_close_range, a, b, flags & ~2u));
	}
}

/* Until there are no more, and then again. */
static void fill_up(void)
{
	long o, h;

	do {
		o = sys_fcntl(100, F_DUPFD, 100);
		h = HOST(SYS_fcntl, 100, F_DUPFD, 100);
		same("to the limit", o, h, o, h);
	} while (o >= 0 && h >= 0);
	CHECK(o == -EMFILE);
	CHECK(sys_close_range(101, ~0u, 0) == 0);
	CHECK(HOST(SYS_close_range, 101, ~0u, 0) == 0);
}

int main(void)
{
	struct rlimit lim = {LIMIT, LIMIT};

	fake_init();
	CHECK(vfs_init() == 0);
	CHECK(fake_start() == 0);
	fake_set_limit(RLIMIT_NOFILE, LIMIT);
	setrlimit(RLIMIT_NOFILE, &lim);
	syscall(SYS_close_range, 3, ~0u, 0);
	CHECK(sys_openat(AT_FDCWD, "/", O_RDONLY, 0) == 0);
	srandom(3);
	for (int i = 0; i < 30000; i++) {
		if (i % 5000 == 0) {
			sys_dup2(0, 100);
			syscall(SYS_dup2, 0, 100);
			fill_up();
		}
		step();
	}
	fake_stop();
	return unit_done();
}
