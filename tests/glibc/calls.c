/* SPDX-License-Identifier: BSD-2-Clause */
/* System calls that glibc has functions for and musl has not. */
#define _GNU_SOURCE
#include "test.h"
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

static char a[8], b[8];

static void vectors(int fd)
{
	struct iovec iov[2] = {{a, 3}, {b, 4}};

	SHOW(preadv2(fd, iov, 2, 2, 0));
	printf("%.3s %.4s\n", a, b);
	SHOW(lseek(fd, 1, SEEK_SET));
	SHOW(preadv64v2(fd, iov, 1, -1, 0));
	SHOW(lseek(fd, 0, SEEK_CUR));
	SHOW(pwritev2(fd, iov, 2, 20, 0));
	SHOW(pwritev64v2(fd, iov, 1, -1, 0));
	SHOW(lseek(fd, 0, SEEK_CUR));
	SHOW_ERRNO(preadv2(fd, iov, 2, 0, 0x4000));
}

static void descriptors(int fd)
{
	int x = dup(fd), y = dup(fd), z = dup(fd);

	SHOW(close_range(x, y, 0));
	SHOW_ERRNO(fcntl64(x, F_GETFD));
	SHOW_ERRNO(fcntl64(z, F_GETFD));
	SHOW(close_range(z, z, CLOSE_RANGE_CLOEXEC));
	SHOW(fcntl64(z, F_GETFD));
	SHOW(fcntl64(z, F_SETFD, 0));
	SHOW(fcntl64(z, F_GETFD));
	SHOW_ERRNO(close_range(5, 4, 0));
	closefrom(z);
	SHOW_ERRNO(fcntl64(z, F_GETFD));
	SHOW_ERRNO(fcntl64(fd, F_GETFD));
}

void test_calls(void)
{
	int fd = open("/tmp/calls", O_RDWR | O_CREAT | O_TRUNC, 0640);
	struct statx stx;
	unsigned cpu = 99;

	fchmod(fd, 0640);
	SHOW(write(fd, "0123456789", 10));
	vectors(fd);
	SHOW(statx(AT_FDCWD, "/tmp/calls", 0, STATX_BASIC_STATS, &stx));
	printf("%o %d\n", stx.stx_mode, (int)stx.stx_size);
	SHOW_ERRNO(statx(AT_FDCWD, "/tmp/none", 0, STATX_SIZE, &stx));
	SHOW(renameat2(AT_FDCWD, "/tmp/calls", AT_FDCWD, "/tmp/calls2", 0));
	SHOW_ERRNO(renameat2(AT_FDCWD, "/tmp/calls2", AT_FDCWD, "/tmp/calls2",
			     1U << 20));
	SHOW(unlink("/tmp/calls2"));
	SHOW(getcpu(&cpu, NULL));
	SHOW(cpu < 99);
	descriptors(fd);
	close(fd);
	SHOW(gnu_dev_major(gnu_dev_makedev(0x12345, 0x6789a)));
	SHOW(gnu_dev_minor(gnu_dev_makedev(0x12345, 0x6789a)));
	SHOW(gnu_dev_makedev(0x12345, 0x6789a));
	cpu_set_t *set = CPU_ALLOC(100);
	SHOW(set != NULL);
	CPU_ZERO_S(CPU_ALLOC_SIZE(100), set);
	CPU_SET_S(70, CPU_ALLOC_SIZE(100), set);
	SHOW(CPU_COUNT_S(CPU_ALLOC_SIZE(100), set));
	CPU_FREE(set);
}
