/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_openpt(3), grantpt(3), unlockpt(3), ptsname_r(3): as musl has them, and
 * each makes the image contain pseudo-terminals.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include "syscall.h"
#include "px_pty.h"

int posix_openpt(int flags)
{
	int fd;

	PX_NEEDS_PTY;
	fd = open("/dev/ptmx", flags);
	/* POSIX has another word for "no more of them" than Linux. */
	if (fd < 0 && errno == ENOSPC)
		errno = EAGAIN;
	return fd;
}

/* devpts gives the node its owner and mode when it is made. */
int grantpt(int fd)
{
	PX_NEEDS_PTY;
	return 0;
}

int unlockpt(int fd)
{
	int off = 0;

	PX_NEEDS_PTY;
	return ioctl(fd, TIOCSPTLCK, &off);
}

int __ptsname_r(int fd, char *buf, size_t size)
{
	int nr, n;
	long err;

	PX_NEEDS_PTY;
	err = __syscall(SYS_ioctl, fd, TIOCGPTN, &nr);
	if (err)
		return -err;
	n = snprintf(buf, buf ? size : 0, "/dev/pts/%d", nr);
	return !buf || n >= size ? ERANGE : 0;
}

weak_alias(__ptsname_r, ptsname_r);
